#include "models/numbers.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/models/make.hpp"

namespace roofbeam {
namespace {

Numbers toy_numbers() {
  const auto platform = make::platform();
  return numbers_of(platform, platform.engines[0], make::runtime());
}

const Number& at(const Numbers& numbers, std::string_view name) {
  const auto index = numbers.find(name);
  REQUIRE_MESSAGE(index, name);
  return numbers.list[*index];
}

TEST_CASE("every number has a name, an SI value and an effect") {
  const auto numbers = toy_numbers();
  struct Row {
    const char* name;
    double value;
    Effect effect;
  };
  const Row rows[] = {
      {"platform.engines.cpu.clock", 1e9, Effect::rate},
      {"platform.engines.cpu.cores", 1, Effect::lowering},
      {"platform.engines.cpu.vector_bits", 128, Effect::structure},
      {"platform.engines.cpu.macs_per_cycle.fp32", 4, Effect::rate},
      {"platform.engines.cpu.energy.mac.fp32", 1e-12, Effect::rate},
      {"platform.memory.L1.size", 1000, Effect::structure},
      {"platform.memory.DRAM.bandwidth", 1e9, Effect::rate},
      {"runtime.dispatch", 0, Effect::rate},
      {"runtime.vector_instructions.exponential", 1, Effect::structure},
      {"runtime.kernels.1.efficiency", 1, Effect::lowering},
  };
  for (const auto& row : rows) {
    CHECK(at(numbers, row.name).value == row.value);
    CHECK(at(numbers, row.name).effect == row.effect);
  }
  CHECK_FALSE(numbers.find("platform.engines.cpu.macs_per_cycle.int8"));
}

TEST_CASE("a limit that nobody states is infinite") {
  CHECK(at(toy_numbers(), "platform.energy.budget").value ==
        std::numeric_limits<double>::infinity());
  CHECK(at(toy_numbers(), "platform.memory.DRAM.core_bandwidth").value ==
        std::numeric_limits<double>::infinity());
}

TEST_CASE("other engines and what serves them only have no effect") {
  auto platform = make::platform();
  platform.engines.push_back(make::engine());
  platform.engines[1].name = "gpu";
  platform.memory[0].engines = {"gpu"};
  const auto numbers = numbers_of(platform, platform.engines[0], make::runtime());
  CHECK(at(numbers, "platform.engines.cpu.clock").effect == Effect::rate);
  CHECK(at(numbers, "platform.engines.gpu.clock").effect == Effect::none);
  CHECK(at(numbers, "platform.memory.L1.size").effect == Effect::none);
  CHECK(at(numbers, "platform.memory.DRAM.size").effect == Effect::structure);
}

TEST_CASE("what is written is read again, for the whole catalogue") {
  for (const auto& name : catalog_platforms()) {
    auto platform = load_platform(name);
    auto runtime = load_runtime(platform.engines[0].runtime);
    const auto before = numbers_of(platform, platform.engines[0], runtime);
    std::vector<double> values;
    for (const auto& number : before.list) values.push_back(2 * number.value);
    set_numbers(values, platform, runtime);
    const auto after = numbers_of(platform, platform.engines[0], runtime);
    CHECK(after.shape == before.shape);
    REQUIRE(after.list.size() == before.list.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool unknown = std::isnan(values[i]);  // the power of an engine that states none
      CHECK((unknown ? std::isnan(after.list[i].value) : after.list[i].value == values[i]));
      CHECK(after.list[i].name == before.list[i].name);
    }
  }
}

TEST_CASE("a power that stays unknown is no difference; one that is stated is") {
  const auto with = [](const std::vector<Setting>& overrides) {
    const auto platform = load_platform("allwinner-d1", overrides);
    return numbers_of(platform, platform.engines[0], load_runtime("ncnn"));
  };
  const auto found = differences(with({}), with({{"engines.cpu.clock", "2 GHz"}}));
  REQUIRE(found);
  for (const Difference& one : *found) CHECK_FALSE(std::isnan(one.value));
  const auto known = differences(with({}), with({{"engines.cpu.energy", "{active: 2 W}"}}));
  REQUIRE(known);
  REQUIRE(known->size() == 1);
  CHECK(known->front().value == 2);
}

TEST_CASE("a setting is the numbers that it changes, with all that follow from them") {
  const auto at_clock = [](const std::string& clock) {
    const auto platform = load_platform("cortex-a78", {{"engines.cpu.clock", clock}});
    return numbers_of(platform, platform.engines[0], load_runtime("xnnpack"));
  };
  const auto base = at_clock("2 GHz");
  const auto changed = differences(base, at_clock("3 GHz"));
  REQUIRE(changed);
  REQUIRE_FALSE(changed->empty());
  CHECK(base.list[changed->front().number].name == "platform.engines.cpu.clock");
  CHECK(changed->front().value == 3e9);
  for (const auto& difference : *changed) {  // caches that serve so many bytes a cycle follow
    CHECK(difference.value == doctest::Approx(1.5 * base.list[difference.number].value));
  }
  CHECK(differences(base, base)->empty());
}

// What settings change, beside the descriptor as it stands.
std::vector<double> values_with(const std::string& platform, const std::vector<Setting>& settings) {
  const auto loaded = load_platform(platform, settings);
  const auto numbers = numbers_of(loaded, loaded.engines[0], load_runtime("onnxruntime"));
  std::vector<double> values;
  for (const auto& number : numbers.list) values.push_back(number.value);
  return values;
}

TEST_CASE("settings that touch different numbers compose to what both give together") {
  struct Row {
    const char* platform;
    std::vector<Setting> settings;
  };
  const Row rows[] = {
      {"cortex-a78",
       {{"engines.cpu.clock", "1.1 GHz"},
        {"memory.DRAM.bandwidth", "9 GB/s"},
        {"memory.L2.size", "300 KiB"},
        {"engines.cpu.pipes", "1"},
        {"engines.cpu.overlap", "0.5"},
        {"energy.idle", "50 mW"},
        {"energy.budget", "1 W"}}},
      {"cortex-m7",
       {{"engines.cpu.clock", "100 MHz"},
        {"engines.cpu.issue", "1"},
        {"memory.flash.bandwidth", "90 MB/s"},
        {"energy.idle", "5 mW"}}},
      {"xbox-series-s",
       {{"engines.gpu.clock", "1 GHz"},
        {"engines.gpu.launch", "9 us"},
        {"memory.DRAM.bandwidth", "90 GB/s"}}},
  };
  int composed_pairs = 0;
  for (const auto& row : rows) {
    const auto base = values_with(row.platform, {});
    for (const auto& a : row.settings) {
      for (const auto& b : row.settings) {
        if (a.path == b.path) continue;
        const auto with_a = values_with(row.platform, {a});
        const auto with_b = values_with(row.platform, {b});
        auto composed = base;
        bool apart = true;
        for (std::size_t i = 0; i < base.size(); ++i) {
          apart = apart && (with_a[i] == base[i] || with_b[i] == base[i]);
          composed[i] = with_a[i] != base[i] ? with_a[i] : with_b[i];
        }
        if (!apart) continue;
        INFO(row.platform << ": " << a.path << ", " << b.path);
        CHECK(composed == values_with(row.platform, {a, b}));
        ++composed_pairs;
      }
    }
  }
  CHECK(composed_pairs > 40);
}

TEST_CASE("another shape is not a matter of numbers") {
  auto platform = make::platform();
  const auto runtime = make::runtime();
  const auto base = numbers_of(platform, platform.engines[0], runtime);
  auto changed = platform;
  changed.memory[0].per_core = true;
  CHECK_FALSE(differences(base, numbers_of(changed, changed.engines[0], runtime)));
  changed = platform;
  changed.engines[0].macs_per_cycle[Precision::int8] = 8;
  CHECK_FALSE(differences(base, numbers_of(changed, changed.engines[0], runtime)));
  auto other = runtime;
  other.kernels[0].tile.m = 2;
  CHECK_FALSE(differences(base, numbers_of(platform, platform.engines[0], other)));
  changed = platform;  // a budget is a limit like another
  changed.budget = make::si<Watts>(1);
  CHECK(differences(base, numbers_of(changed, changed.engines[0], runtime))->size() == 1);
}

}  // namespace
}  // namespace roofbeam
