// Prints how accurate forecasts are on public measurements (docs/accuracy.md), or fits a profile.
//
//   accuracy                        the table
//   accuracy --devices              and each device
//   accuracy --fit PROFILE FILE..   the profile's figures, fitted to these measurements, as lines
//                                   "name value" for bench/accuracy/write_profile.py
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

#include "bench/accuracy/protocols.hpp"
#include "scenarios/energy_given_latency.hpp"

namespace {

using namespace roofbeam;
using namespace roofbeam::accuracy;

constexpr int kRounds = 5;

void print_header() {
  fmt::print("{:<44} {:>7} {:>5} {:>7} {:>7} {:>6} {:>6} {:>6} {:>6} {:>5} {:>5}\n", "protocol",
             "devices", "rows", "median", "mean", "rank", "worst", "in10%", "in20%", "80%", "95%");
}

void print(const std::string& name, const Protocol& protocol) {
  const Summary s = summarise(protocol);
  fmt::print(
      "{:<44} {:>7} {:>5} {:>6.1f}% {:>6.1f}% {:>6.3f} {:>6.3f} {:>5.0f}% {:>5.0f}% {:>4.0f}% "
      "{:>4.0f}%\n",
      name, s.devices, s.rows, 100 * s.median, 100 * s.mean, s.rank_median, s.rank_worst,
      100 * s.within_10, 100 * s.within_20, 100 * s.coverage_80, 100 * s.coverage_95);
}

void print_devices(const Judgement& judgement) {
  for (std::size_t i = 0; i < judgement.unseen.devices.size(); ++i) {
    const auto unseen = error_statistics(judgement.unseen.devices[i].pairs);
    fmt::print(
        "    {:<34} {:>4} rows  unseen {:>5.1f} % (bias {:+.2f})  three {:>5.1f} %  others "
        "{:>5.1f} %  rank {:.3f}\n",
        judgement.unseen.devices[i].device, unseen.rows, 100 * unseen.mape, unseen.bias,
        100 * error_statistics(judgement.three.devices[i].pairs).mape,
        100 * error_statistics(judgement.others.devices[i].pairs).mape, unseen.spearman);
  }
}

std::vector<Row> of_threads(std::vector<Row> rows, bool one) {
  std::erase_if(rows, [&](const Row& row) { return (row.workload.threads == 1) != one; });
  return rows;
}

std::vector<Row> floats(std::vector<Row> rows) {
  std::erase_if(rows, [](const Row& row) { return is_integer(row.workload.precision); });
  return rows;
}

void drop_rare(std::vector<Row>& rows, std::size_t least) {
  std::map<std::string, std::size_t> count;
  for (const Row& row : rows) ++count[row.device];
  std::erase_if(rows, [&](const Row& row) { return count[row.device] < least; });
}

void judge_ncnn(bool devices) {
  const Runtime runtime = load_runtime("ncnn");
  const auto rows = load_rows({{"ncnn_readme.csv"}, "ncnn", EngineKind::cpu, 8}, runtime);
  auto single = floats(of_threads(rows, true));
  drop_rare(single, 8);
  const ProfileFit of_single = fit(runtime, single, figures_of(runtime, single), kRounds);
  const Judgement judged = judge(runtime, single, of_single);
  print("ncnn, one thread: device unseen", judged.unseen);
  print("  + 3 networks measured on it", judged.three);
  print("  + all networks but the tested one", judged.others);
  if (devices) print_devices(judged);
  const auto scaling = judge_scaling(runtime, single, of_single, judged.errors);
  print("ncnn, scaled from another device, 3 known", scaling.model);
  print("  by a constant ratio", scaling.ratio);
  auto several = floats(of_threads(rows, false));
  drop_rare(several, 8);
  const Judgement many =
      judge(runtime, several, fit(runtime, several, figures_of(runtime, several), kRounds));
  print("ncnn, several threads: device unseen", many.unseen);
  print("  + 3 networks measured on it", many.three);
  if (devices) print_devices(many);
}

void append(Protocol& all, Protocol more, const std::string& what) {
  for (Judged& device : more.devices) {
    device.device += what;
    all.devices.push_back(std::move(device));
  }
}

// Machines are few: what is asked is how a measured one does on a network that it did not run.
void judge_onnxruntime(bool devices) {
  const Runtime runtime = load_runtime("onnxruntime");
  const auto judge_file = [&](const std::string& file, const std::string& name) {
    auto rows = floats(load_rows({{file}, "onnxruntime", EngineKind::cpu, 8}, runtime));
    for (Row& row : rows) row.device += fmt::format(" x{}", row.workload.threads);
    const Judgement judged =
        judge(runtime, rows, fit(runtime, rows, figures_of(runtime, rows), kRounds));
    print(name, judged.others);
    if (devices) print_devices(judged);
  };
  judge_file("onnxruntime_xeon.csv", "ONNX Runtime 1.30, Xeon: network unseen");
  judge_file("ppl_nn.csv", "ONNX Runtime 1.8, x86: network unseen");
}

// A profile of literature figures: every device is unseen.
void judge_xnnpack() {
  const Runtime runtime = load_runtime("xnnpack");
  const auto rows = floats(load_rows(
      {{"xnnpack_readme.csv", "mlperf_inference_edge.csv"}, "xnnpack", EngineKind::cpu, 8},
      runtime));
  std::map<std::string, std::vector<Pair>> pairs;
  for (const Row& row : rows) {
    const Prediction prediction = forecast(row, runtime);
    pairs[row.device].push_back(
        {prediction.latency.si(), row.measured, prediction.latency_error.deviation});
  }
  Protocol protocol;
  for (auto& [device, list] : pairs) protocol.devices.push_back({device, std::move(list)});
  print("XNNPACK, nothing fitted", protocol);
}

void judge_gpus(bool devices) {
  const Runtime runtime = load_runtime("ncnn-vulkan");
  const auto rows = load_rows({{"ncnn_readme.csv"}, "ncnn-vulkan", EngineKind::gpu, 8}, runtime);
  const Judgement judged =
      judge(runtime, rows, fit(runtime, rows, figures_of(runtime, rows), kRounds));
  print("GPUs, ncnn Vulkan: device unseen", judged.unseen);
  print("  + 3 networks measured on it", judged.three);
  if (devices) print_devices(judged);
}

// Every profile of microcontrollers that two boards or more were measured with.
void judge_microcontrollers(bool devices) {
  Judgement all;
  for (const std::string& name : catalog_runtimes()) {
    const Runtime runtime = load_runtime(name);
    const auto rows =
        load_rows({{"mlperf_tiny.csv", "stm32_modelzoo.csv"}, name, EngineKind::mcu, 3}, runtime);
    std::set<std::string> boards;
    for (const Row& row : rows) boards.insert(row.device);
    if (boards.size() < 2) continue;
    Judgement judged =
        judge(runtime, rows, fit(runtime, rows, figures_of(runtime, rows), kRounds), 1);
    append(all.unseen, std::move(judged.unseen), ' ' + name);
    append(all.three, std::move(judged.three), ' ' + name);
    append(all.others, std::move(judged.others), ' ' + name);
  }
  print("Cortex-M: board unseen", all.unseen);
  print("  + 1 network measured on it", all.three);
  if (devices) print_devices(all);
}

// Each network by the energies of the others of its submission.
void judge_energy() {
  ForecastOptions options;
  options.networks = {ROOFBEAM_SOURCE_DIR "/networks"};
  const auto measured =
      read_measurements(ROOFBEAM_SOURCE_DIR "/scenarios/measurements/mlperf_tiny_energy.csv");
  const auto energy = energy_given_latency(forecast(measured.rows, options).rows);
  fmt::print("{:<44} {:>7} {:>5} {:>6.1f}% {:>6.1f}%\n", "Cortex-M energy, latency known", "-",
             energy.model.rows, 100 * energy.model.median_ape, 100 * energy.model.mape);
  fmt::print("{:<44} {:>7} {:>5} {:>6.1f}% {:>6.1f}%\n", "  by constant power", "-",
             energy.constant_power.rows, 100 * energy.constant_power.median_ape,
             100 * energy.constant_power.mape);
}

std::vector<Row> integers(std::vector<Row> rows) {
  std::erase_if(rows, [](const Row& row) { return !is_integer(row.workload.precision); });
  return rows;
}

// One stage of a fit: what these rows tell of these figures, all others held.
void fit_stage(Runtime& runtime, const std::vector<Row>& rows, std::vector<Figure> figures) {
  if (rows.empty() || figures.empty()) return;
  const ProfileFit found = fit(runtime, rows, std::move(figures), kRounds);
  runtime = with(runtime, found.figures, found.logs);
  for (std::size_t i = 0; i < found.figures.size(); ++i) {
    fmt::print("{} {:.4g}\n", found.figures[i].name, std::exp(found.logs[i]));
  }
}

// Without the figures of `known`: those are held.
std::vector<Figure> besides(std::vector<Figure> figures, const std::vector<Figure>& known) {
  std::erase_if(figures, [&](const Figure& figure) {
    return std::any_of(known.begin(), known.end(),
                       [&](const Figure& other) { return other.name == figure.name; });
  });
  return figures;
}

// What a device's common error has besides where its descriptor was written without sight of its
// measurements; those of the catalogue were not all (docs/accuracy.md). An estimate.
constexpr double kDescriptors = 0.14;

void print_errors(const ErrorModel& errors) {
  fmt::print("errors.common {:.2f}\nerrors.network {:.2f}\nerrors.call 0.3\n",
             std::hypot(errors.common, kDescriptors), errors.network);
  for (std::size_t i = 0; i < kErrorClasses; ++i) {
    fmt::print("errors.{} {:.2f}\n", error_class_name(i), errors.classes[i]);
  }
}

// Floats on one thread first: the cleanest rows. Integers and threads then only fit what is theirs.
int fit_profile(const std::string& name, const std::vector<std::string>& files) {
  Runtime runtime = load_runtime(name);
  const auto rows = load_rows({files, runtime.name, runtime.engines.front(), 4}, runtime);
  const auto single = floats(of_threads(rows, true));
  const auto ints = integers(of_threads(rows, true));
  const auto several = floats(of_threads(rows, false));
  const auto first = figures_of(runtime, single);
  fit_stage(runtime, single, first);
  fit_stage(runtime, ints, besides(figures_of(runtime, ints), first));
  fit_stage(runtime, several, besides(figures_of(runtime, several), first));
  const auto judged = single.empty() ? rows : single;
  print_errors(
      judge(runtime, judged, fit(runtime, judged, figures_of(runtime, judged), kRounds)).errors);
  fmt::print(stderr, "{} rows\n", rows.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 3 && std::strcmp(argv[1], "--fit") == 0) {
    return fit_profile(argv[2], {argv + 3, argv + argc});
  }
  print_header();
  const bool devices = argc > 1 && std::strcmp(argv[1], "--devices") == 0;
  judge_ncnn(devices);
  judge_onnxruntime(devices);
  judge_xnnpack();
  judge_gpus(devices);
  judge_microcontrollers(devices);
  judge_energy();
  return 0;
}
