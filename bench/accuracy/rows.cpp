#include "bench/accuracy/rows.hpp"

#include <algorithm>

#include "core/input_error.hpp"
#include "core/onnx/import.hpp"
#include "models/lower.hpp"
#include "models/predict.hpp"
#include "scenarios/forecaster.hpp"
#include "scenarios/runtime_of.hpp"

namespace roofbeam::accuracy {
namespace {

// ncnn-2021 has ncnn's kernels on narrower vectors.
bool is_variant(const Runtime& runtime, const Runtime& base) {
  return runtime.name == base.name ||
         (runtime.widest_vector && runtime.name.starts_with(base.name + '-'));
}

void drop_rare_devices(std::vector<Row>& rows, std::size_t least) {
  std::map<std::string, std::size_t> counts;
  for (const Row& row : rows) ++counts[row.device];
  std::erase_if(rows, [&](const Row& row) { return counts[row.device] < least; });
}

}  // namespace

std::vector<Row> load_rows(const Selection& selection, const Runtime& runtime) {
  std::vector<Row> rows;
  std::map<std::string, std::shared_ptr<const Platform>> platforms;
  ForecastOptions options;
  options.networks = {ROOFBEAM_SOURCE_DIR "/networks"};
  Locator locator(options);
  for (const std::string& file : selection.files) {
    for (const Measurement& m :
         read_measurements(ROOFBEAM_SOURCE_DIR "/scenarios/measurements/" + file).rows) {
      const auto target = locator.target(m);
      if (!target || !is_variant(*target->runtime, runtime) || m.flagged() || !m.latency) continue;
      if (target->engine->kind != selection.engine) continue;
      const Network* network = locator.network(m);
      if (network == nullptr) continue;
      try {
        Row row;
        row.platform = target->platform;
        row.engine = target->engine;
        row.workload = lower(*network, runtime, *target->engine, run_of(m, *target->engine));
        row.widest_vector = target->runtime->widest_vector;
        row.network = m.network;
        row.device = target->platform->name + '/' + target->engine->name;
        row.date = m.date;
        row.measured = m.latency->si();
        rows.push_back(std::move(row));
      } catch (const InputError&) {
        continue;  // not at this precision on this engine
      }
    }
  }
  drop_rare_devices(rows, selection.least_rows);
  return rows;
}

Prediction forecast(const Row& row, const Runtime& runtime) {
  Workload workload = row.workload;
  for (KernelCall& call : workload.calls) {
    const Kernel& kernel = runtime.kernels[static_cast<std::size_t>(call.kernel)];
    call.efficiency = kernel.efficiency;
    call.passes = kernel.passes;
    call.cycles = kernel.cycles;
  }
  if (row.widest_vector == runtime.widest_vector) {
    return predict(workload, *row.platform, *row.engine, runtime);
  }
  Runtime variant = runtime;
  variant.widest_vector = row.widest_vector;
  return predict(workload, *row.platform, *row.engine, variant);
}

}  // namespace roofbeam::accuracy
