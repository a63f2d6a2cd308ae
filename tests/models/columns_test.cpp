#include "models/columns.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "core/input_error.hpp"
#include "core/onnx/import.hpp"
#include "models/lower.hpp"
#include "models/predict.hpp"
#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

// A workload on a platform, as the sweep holds it.
struct Setup {
  Platform platform;
  std::size_t engine = 0;
  Runtime runtime;
  Workload workload;
  std::optional<Calibration> calibration;

  [[nodiscard]] const Engine& used() const { return platform.engines[engine]; }
  [[nodiscard]] Numbers numbers() const { return numbers_of(platform, used(), runtime); }
  [[nodiscard]] Prediction predicted(const std::vector<double>& values) const {
    Setup changed{platform, engine, runtime, {}, {}};
    set_numbers(values, changed.platform, changed.runtime);
    return predict(workload, changed.platform, changed.used(), changed.runtime,
                   calibration ? &*calibration : nullptr);
  }
  [[nodiscard]] ColumnModel compiled(std::vector<std::size_t> varied) const {
    return {workload, platform,          used(),
            runtime,  std::move(varied), calibration ? &*calibration : nullptr};
  }
};

constexpr std::size_t kOutputs = 8;

struct Results {
  explicit Results(std::size_t cases) {
    for (auto& column : columns) column.assign(cases, -1);
  }
  std::vector<double> columns[kOutputs];
  [[nodiscard]] CaseOutputs all() {
    return {columns[0], columns[1], columns[2], columns[3],
            columns[4], columns[5], columns[6], columns[7]};
  }
};

std::vector<double> expected(const Prediction& prediction) {
  return {prediction.latency.si(),
          prediction.energy.total().si(),
          prediction.energy.operations.si(),
          prediction.energy.traffic.si(),
          prediction.energy.power.si(),
          prediction.throttle,
          prediction.latency_error.deviation,
          prediction.energy_error.deviation};
}

using Cases = std::vector<std::vector<double>>;  // values of all numbers, one row a case

Results scored(const ColumnModel& model, const Cases& cases, SimdPath path) {
  std::vector<std::vector<double>> columns;
  for (const auto number : model.varied()) {
    auto& column = columns.emplace_back();
    for (const auto& row : cases) column.push_back(row[number]);
  }
  const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
  Results results(cases.size());
  model.evaluate(spans, cases.size(), results.all(), path);
  return results;
}

double off(double a, double b) { return a == b ? 0 : std::abs(a - b) / std::abs(b); }

void check_against_predict(const Setup& setup, const std::vector<std::size_t>& varied,
                           const Cases& cases) {
  const auto results = scored(setup.compiled(varied), cases, simd_paths().back());
  double worst = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto wanted = expected(setup.predicted(cases[i]));
    for (std::size_t output = 0; output < kOutputs; ++output) {
      worst = std::max(worst, off(results.columns[output][i], wanted[output]));
    }
  }
  INFO(setup.platform.name << ", " << setup.used().name << ", " << setup.runtime.name);
  CHECK(worst <= 1e-12);
}

std::vector<std::size_t> rates_of(const Numbers& numbers) {
  std::vector<std::size_t> rates;
  for (std::size_t i = 0; i < numbers.list.size(); ++i) {
    if (numbers.list[i].effect == Effect::rate) rates.push_back(i);
  }
  return rates;
}

std::vector<double> values_of(const Numbers& numbers) {
  std::vector<double> values;
  for (const auto& number : numbers.list) values.push_back(number.value);
  return values;
}

// Half and twice; what is nothing, a little.
std::vector<double> changes(const Number& number, double power) {
  if (number.name == "platform.energy.budget") return {0.5 * power, 0.9 * power, 2 * power};
  if (number.name.ends_with(".overlap")) return {0, 0.3, 1};
  if (number.value == 0) return {1e-6};
  return {0.5 * number.value, 2 * number.value};
}

// Every rate changed alone, and all of them.
Cases changed_rates(const Setup& setup, std::size_t most_changes = 3) {
  const auto numbers = setup.numbers();
  const auto base = values_of(numbers);
  const double power = setup.predicted(base).average_power().si();
  Cases cases = {base};
  auto all = base;
  for (const auto rate : rates_of(numbers)) {
    auto values = changes(numbers.list[rate], power);
    if (values.size() > most_changes) values.erase(values.begin(), values.end() - 1);
    for (const double value : values) {
      cases.push_back(base);
      cases.back()[rate] = value;
      all[rate] = value;
    }
  }
  cases.push_back(all);
  return cases;
}

Network network(const std::string& name) {
  return onnx::import(ROOFBEAM_SOURCE_DIR "/networks/" + name + ".onnx");
}

Setup set_up(const Network& network, const std::string& platform, std::size_t engine = 0,
             const std::string& runtime = "", const LowerOptions& options = {}) {
  Setup setup;
  setup.platform = load_platform(platform);
  setup.engine = engine;
  setup.runtime = load_runtime(runtime.empty() ? setup.used().runtime : runtime);
  setup.workload = lower(network, setup.runtime, setup.used(), options);
  return setup;
}

TEST_CASE("columns say what predict says, whatever rate of whatever platform changes") {
  const Network networks[] = {network("resnet8_mlperftiny"), network("mobilenet_v2_0.35_128")};
  std::map<std::string, Runtime> runtimes;
  std::size_t turn = 0;
  for (const auto& name : catalog_platforms()) {
    Setup setup;
    setup.platform = load_platform(name);
    for (setup.engine = 0; setup.engine < setup.platform.engines.size(); ++setup.engine) {
      const auto& runtime = setup.used().runtime;
      if (!runtimes.contains(runtime)) runtimes[runtime] = load_runtime(runtime);
      setup.runtime = runtimes[runtime];
      setup.workload = lower(networks[turn++ % 2], setup.runtime, setup.used());
      check_against_predict(setup, rates_of(setup.numbers()), changed_rates(setup, 1));
    }
  }
}

Setup any_setup(const std::string& which) {
  if (which == "cpu") return set_up(network("mobilenet_v3_small"), "apple-m1");
  if (which == "mcu") return set_up(network("resnet8_mlperftiny"), "cortex-m7");
  if (which == "npu or gpu") return set_up(network("mobilenet_v2_1.0_224"), "xbox-series-s");
  if (which == "shaders") {
    return set_up(network("mobilenet_v2_1.0_224"), "jetson-tx2-nx-gpu", 0, "ncnn-vulkan");
  }
  LowerOptions options;
  options.batch = 4;
  options.threads = 2;
  return set_up(network("bert_tiny_s128"), "core-i7-9750h", 0, "onnxruntime", options);
}

const char* const kSetups[] = {"cpu", "mcu", "npu or gpu", "shaders", "two threads"};

TEST_CASE("what does not vary is folded and changes nothing") {
  for (const auto* which : kSetups) {
    const auto setup = any_setup(which);
    const auto numbers = setup.numbers();
    const auto base = values_of(numbers);
    check_against_predict(setup, {}, {base});
    for (const auto rate : rates_of(numbers)) {
      Cases cases;
      for (const double value : changes(numbers.list[rate], 1)) {
        cases.push_back(base);
        cases.back()[rate] = value;
      }
      check_against_predict(setup, {rate}, cases);
    }
  }
}

TEST_CASE("columns compute and memory time overlap fully, not at all or by a share") {
  for (const auto* which : kSetups) {
    for (const double overlap : {0.0, 0.4, 1.0}) {
      auto setup = any_setup(which);
      setup.platform.engines[setup.engine].overlap.value = overlap;
      auto rates = rates_of(setup.numbers());
      const auto fixed = setup.numbers().find("platform.engines." + setup.used().name + ".overlap");
      std::erase(rates, *fixed);
      auto cases = changed_rates(setup);
      for (auto& row : cases) row[*fixed] = overlap;
      check_against_predict(setup, rates, cases);
    }
  }
}

TEST_CASE("calibrated columns are calibrated predictions") {
  for (const auto* which : kSetups) {
    auto setup = any_setup(which);
    auto prior = uncalibrated(setup.runtime.errors);
    const auto seen = setup.predicted(values_of(setup.numbers()));
    setup.calibration = calibrate(prior, {{seen, seen.latency * 1.7}, {seen, seen.latency * 1.5}});
    check_against_predict(setup, rates_of(setup.numbers()), changed_rates(setup));
  }
}

// More cases than a block holds, with a rest.
Cases many_cases(const Setup& setup, std::size_t count) {
  const auto few = changed_rates(setup);
  Cases cases;
  for (std::size_t i = 0; i < count; ++i) cases.push_back(few[i * 7 % few.size()]);
  return cases;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

TEST_CASE("every instruction set gives the same bits") {
  REQUIRE(simd_paths().front() == SimdPath::portable);
  for (const auto* which : kSetups) {
    const auto setup = any_setup(which);
    const auto model = setup.compiled(rates_of(setup.numbers()));
    const auto cases = many_cases(setup, 300);
    const auto portable = scored(model, cases, SimdPath::portable);
    for (const auto path : simd_paths()) {
      const auto results = scored(model, cases, path);
      for (std::size_t output = 0; output < kOutputs; ++output) {
        INFO(which << " on " << to_text(path) << ", output " << output);
        CHECK(same_bits(results.columns[output], portable.columns[output]));
      }
    }
  }
}

TEST_CASE("a case's bits depend neither on its neighbours nor on the outputs wanted") {
  const auto setup = any_setup("cpu");
  const auto model = setup.compiled(rates_of(setup.numbers()));
  const auto cases = many_cases(setup, 257);
  const auto together = scored(model, cases, simd_paths().back());
  for (const std::size_t i :
       {std::size_t{0}, std::size_t{127}, std::size_t{128}, std::size_t{256}}) {
    const auto alone = scored(model, {cases[i]}, simd_paths().back());
    for (std::size_t output = 0; output < kOutputs; ++output) {
      CHECK(alone.columns[output][0] == together.columns[output][i]);
    }
  }
  std::vector<std::vector<double>> columns;
  for (const auto number : model.varied()) {
    auto& column = columns.emplace_back();
    for (const auto& row : cases) column.push_back(row[number]);
  }
  const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
  std::vector<double> latency(cases.size());
  CaseOutputs only;
  only.latency = latency;
  model.evaluate(spans, cases.size(), only);
  CHECK(same_bits(latency, together.columns[0]));
}

TEST_CASE("more levels than have a loop of their own are scored too") {
  Setup setup;
  setup.platform = make::platform();
  setup.runtime = make::runtime();
  for (int level = 2; level < 8; ++level) {
    setup.platform.memory.insert(
        setup.platform.memory.end() - 1,
        make::cache("L" + std::to_string(level), 1000.0 * level, 90e9 / level));
  }
  for (const std::int64_t rows : {8, 16, 400}) {
    auto call = make::product(rows, 8, 1000, {8, 8, 1});
    call.weight_bytes = 32000;
    setup.workload.calls.push_back(call);
  }
  setup.workload.weight_bytes = 32000;
  for (const double overlap : {0.0, 0.5, 1.0}) {
    setup.platform.engines[0].overlap.value = overlap;
    auto rates = rates_of(setup.numbers());
    auto cases = changed_rates(setup);
    check_against_predict(setup, rates, cases);
  }
}

TEST_CASE("a product is worked out by hand for two clocks") {
  Setup setup;
  setup.platform = make::platform();
  setup.runtime = make::runtime();
  auto call = make::product(8, 8, 1000, {8, 8, 1});  // 64,000 MACs, 4 a cycle
  setup.workload.calls = {call, call, call};
  const auto numbers = setup.numbers();
  const auto clock = *numbers.find("platform.engines.cpu.clock");
  const auto model = setup.compiled({clock});
  const std::vector<double> clocks = {1e9, 0.1e9};
  const std::span<const double> columns[] = {clocks};
  std::vector<double> latency(2);
  CaseOutputs outputs;
  outputs.latency = latency;
  model.evaluate(columns, 2, outputs);
  CHECK(latency[0] == doctest::Approx(3 * 32e-6));   // DRAM: 32,000 bytes of weights at 1 GB/s
  CHECK(latency[1] == doctest::Approx(3 * 160e-6));  // compute: 16,000 cycles at 100 MHz
}

TEST_CASE("an empty workload takes no time and no energy") {
  Setup setup;
  setup.platform = make::platform();
  setup.runtime = make::runtime();
  const auto base = values_of(setup.numbers());
  const auto results = scored(setup.compiled({}), {base}, SimdPath::portable);
  CHECK(results.columns[0][0] == 0);
  CHECK(results.columns[1][0] == 0);
  CHECK(results.columns[5][0] == 1);
}

TEST_CASE("a number that changes more than rates is refused") {
  const auto setup = any_setup("cpu");
  const auto numbers = setup.numbers();
  CHECK_THROWS_WITH_AS(
      setup.compiled({*numbers.find("platform.memory.P-L2.size")}),
      "platform.memory.P-L2.size changes more than rates: the workload has to be compiled anew for "
      "each of its values",
      InputError);
  CHECK_THROWS_AS(setup.compiled({*numbers.find("runtime.serial_share")}), InputError);
}

}  // namespace
}  // namespace roofbeam
