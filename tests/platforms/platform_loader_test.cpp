#include <doctest/doctest.h>

#include <algorithm>

#include "platforms/platform.hpp"
#include "tests/platforms/support.hpp"

namespace roofbeam {
namespace {

using testing::message_of;
using testing::platform_of;
using testing::with;

// The sketch of the design, its gaps filled; nothing that the loader would have to assume twice.
const std::string kSketch = R"(platform: cortex-m7
title: Arm Cortex-M7, STM32H743 class
engines:
  - name: cpu
    kind: mcu                      # cpu | gpu | mcu | npu
    cores: 1
    clock: 480 MHz
    macs_per_cycle: {fp32: 1, int16: 2, int8: 2}      # per core, peak
    vector_bits: 32
    overlap: none                  # compute and memory time: full | none | a fraction
memory:                            # nearest first
  - {level: DTCM, size: 128 KiB, bandwidth: 3.84 GB/s, holds: [activations]}
  - {level: SRAM, size: 512 KiB, bandwidth: 1.92 GB/s, holds: [activations]}
  - {level: flash, size: 2 MiB, bandwidth: 1.54 GB/s, holds: [weights]}
energy: {mac: {int8: 0.3 pJ, fp32: 4.6 pJ}, byte: {SRAM: 9 pJ, flash: 20 pJ}, idle: 152 mW, active: 178 mW, budget: 100 mW}
)";

TEST_CASE("the sketch of the design loads") {
  const Platform platform = platform_of(kSketch);
  CHECK(platform.name == "cortex-m7");
  CHECK(platform.title == "Arm Cortex-M7, STM32H743 class");
  CHECK(platform.idle.value.si() == doctest::Approx(0.152));
  CHECK(platform.budget->value.si() == doctest::Approx(0.1));
  const Engine& cpu = platform.engine("cpu");
  CHECK(cpu.kind == EngineKind::mcu);
  CHECK(cpu.overlap.value == 0);
  CHECK(cpu.active.value.si() == doctest::Approx(0.178));
  CHECK(cpu.mac_energy[Precision::fp32]->value.si() == doctest::Approx(4.6e-12));
  CHECK(cpu.peak(Precision::int8, 1).si() == doctest::Approx(0.96e9));
  REQUIRE(platform.memory.size() == 3);
  CHECK(platform.memory[1].energy.value.si() == doctest::Approx(9e-12));
  CHECK(platform.memory[2].holds_weights);
  CHECK_FALSE(platform.memory[2].holds_activations);
}

TEST_CASE("what the sketch leaves out is listed as assumptions") {
  CHECK(platform_of(kSketch).assumptions ==
        std::vector<std::string>{
            "engine 'cpu' states no pipes: one is assumed, which follows from macs_per_cycle",
            "engine 'cpu' states no issue: one instruction a cycle is assumed",
            ("engine 'cpu' states no core_active: its power is taken not to depend on the cores in "
             "use"),
            "engine 'cpu' names no runtime: cmsis-nn is assumed",
            "level 'DTCM' states no energy per byte: it is taken to be part of the active power",
        });
}

TEST_CASE("pipes and vectors that are not stated follow from the MACs of a cycle") {
  const std::string eight = with(kSketch, "macs_per_cycle: {fp32: 1, int16: 2, int8: 2}",
                                 "macs_per_cycle: {fp32: 8, fp16: 16}");
  const Platform two = platform_of(with(eight, "vector_bits: 32", "vector_bits: 128"));
  CHECK(two.engine("cpu").pipes.value == 2);
  CHECK(two.assumptions[0] ==
        "engine 'cpu' states no pipes: 2 are assumed, which follows from macs_per_cycle");
  CHECK(two.engine("cpu").peak(Precision::fp32, 1).si() == doctest::Approx(8 * 480e6));
  const Platform wide = platform_of(with(eight, "    vector_bits: 32\n", ""));
  CHECK(wide.engine("cpu").pipes.value == 2);
  CHECK(wide.engine("cpu").vector_bits.value == 128);
  const Platform halved = platform_of(with(eight, "vector_bits: 32", "pipes: 2"));
  CHECK(halved.engine("cpu").vector_bits.value == 128);
}

TEST_CASE("a CPU that states no overlap is taken to be out of order") {
  const Platform cpu = platform_of(with(
      kSketch,
      "    overlap: none                  # compute and memory time: full | none | a fraction\n",
      ""));
  CHECK(cpu.engine("cpu").overlap.value == 1);  // a microcontroller
  const Platform core = platform_of(with(
      with(kSketch, "kind: mcu ", "kind: cpu "),
      "    overlap: none                  # compute and memory time: full | none | a fraction\n",
      ""));
  CHECK(core.engine("cpu").overlap.value == 0.8);
}

// The least that can be said of a platform.
const std::string kLeast = R"(platform: p
engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, macs_per_lane: {fp32: 1}}]
memory: [{level: DRAM, size: 8 GiB, bandwidth: 100 GB/s}]
)";

TEST_CASE("the least descriptor loads, and every gap is an assumption in plain words") {
  const Platform platform = platform_of(kLeast);
  CHECK(platform.engine("").peak(Precision::fp32, 4).si() == 4e9);
  CHECK(platform.engine("").overlap.value == 1);
  CHECK(platform.memory[0].holds_activations);
  CHECK(platform.memory[0].holds_weights);
  CHECK(platform.assumptions ==
        std::vector<std::string>{
            "engine 'gpu' states no pipes: one is assumed",
            "engine 'gpu' states no vector_bits: 32 are assumed",
            "engine 'gpu' states no overlap: compute and memory time are taken to overlap fully",
            "engine 'gpu' states no launch cost: launching a kernel is taken as free",
            "engine 'gpu' states no submit cost: 200 us once an inference",
            "engine 'gpu' states no architecture: shaders are taken to suit it",
            "engine 'gpu' states neither power nor energy: what it uses is unknown",
            "engine 'gpu' names no runtime: directml is assumed",
            "level 'DRAM' is the last and does not state what it holds: activations and weights",
        });
  CHECK_FALSE(platform.engine("").energy_known());
}

TEST_CASE("the energy of an engine is known by its power, or by that of a multiply-add") {
  const std::string least = kLeast;
  for (const char* energy : {"energy: {active: 2 W}\n", "energy: {mac: {fp32: 4 pJ}}\n"}) {
    const Platform platform = platform_of(least + energy);
    CHECK(platform.engine("").energy_known());
    CHECK(std::ranges::count(platform.assumptions, "the platform states no idle power: 0 W") == 1);
    CHECK(platform.assumptions.back() ==
          "level 'DRAM' states no energy per byte: it is taken to be part of the active power");
  }
  // What it idles at, and what bytes cost, say nothing of what work costs.
  CHECK_FALSE(platform_of(least + "energy: {idle: 1 W}\n").engine("").energy_known());
}

TEST_CASE("an origin beside a map of numbers holds for those that have none of their own") {
  const Platform platform = platform_of(
      kLeast +
      "energy: {mac: {fp32: 2 pJ, fp16: {value: 1 pJ, kind: measured, source: mine}, kind: "
      "estimated, source: a table}}\n");
  const auto& mac = platform.engine("").mac_energy;
  CHECK(mac[Precision::fp32]->origin.source == "a table");
  CHECK(mac[Precision::fp32]->origin.kind == config::OriginKind::estimated);
  CHECK(mac[Precision::fp16]->origin.source == "mine");
}

struct Overlap {
  const char* text;
  double share;
};

TEST_CASE("overlap is none, full or a share") {
  for (const Overlap& row : {Overlap{"none", 0}, {"full", 1}, {"0.25", 0.25}, {"80 %", 0.8}}) {
    const std::string text =
        with(kLeast, "clock: 1 GHz", std::string("clock: 1 GHz, overlap: ") + row.text);
    CHECK(platform_of(text).engine("").overlap.value == doctest::Approx(row.share));
  }
}

TEST_CASE("the architecture of a GPU is stated, or taken from the name or title") {
  const auto architecture = [](const std::string& from, const std::string& to) {
    return platform_of(with(kLeast, from, to)).engine("").architecture;
  };
  CHECK(architecture("kind: gpu", "kind: gpu, architecture: mali") == "mali");
  CHECK(architecture("platform: p", "platform: adreno-740").find("adreno") == 0);
  CHECK(architecture("platform: p", "platform: p\ntitle: NVIDIA Jetson") == "nvidia");
  CHECK(architecture("platform: p", "platform: p\ntitle: CIX P1") == "");
  CHECK(platform_of(with(kLeast, "platform: p", "platform: adreno-740")).assumptions[5] ==
        "engine 'gpu' states no architecture: adreno is taken from the platform's name or title");
}

struct Bad {
  std::string what;
  std::string old;
  std::string text;
  std::string message;
};

TEST_CASE("each mistake in an engine gives its whole message") {
  const Bad rows[] = {
      {"unknown key", "clock: 1 GHz", "clock: 1 GHz, vektor_bits: 32",
       R"(p.yaml:2:58: error: engine 'gpu': unknown key 'vektor_bits'
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, vektor_bits: 32, macs_per_lane: {fp32: 1}}]
                                                             ^
  did you mean 'vector_bits'?)"},
      {"missing key", "clock: 1 GHz, ", "",
       R"(p.yaml:2:11: error: engine 'gpu': key 'clock' is missing
    engines: [{name: gpu, kind: gpu, cores: 4, macs_per_lane: {fp32: 1}}]
              ^
  add 'clock:' with a frequency such as 3.2 GHz)"},
      {"wrong unit", "1 GHz", "1 GB/s",
       R"(p.yaml:2:51: error: clock: '1 GB/s' is not a frequency: unknown unit 'GB/s'
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GB/s, macs_per_lane: {fp32: 1}}]
                                                      ^
  write a frequency such as 3.2 GHz)"},
      {"negative", "cores: 4", "cores: -4", R"(p.yaml:2:41: error: cores: '-4' is not a whole number
    engines: [{name: gpu, kind: gpu, cores: -4, clock: 1 GHz, macs_per_lane: {fp32: 1}}]
                                            ^
  write a whole number such as 4)"},
      {"zero", "1 GHz", "0 GHz", R"(p.yaml:2:51: error: clock: '0 GHz' must be more than zero
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 0 GHz, macs_per_lane: {fp32: 1}}]
                                                      ^)"},
      {"unknown kind", "kind: gpu", "kind: tpu",
       R"(p.yaml:2:29: error: kind: 'tpu' is none of: cpu, gpu, mcu, npu
    engines: [{name: gpu, kind: tpu, cores: 4, clock: 1 GHz, macs_per_lane: {fp32: 1}}]
                                ^
  did you mean 'cpu'?)"},
      {"unknown precision", "{fp32: 1}", "{fp23: 1}",
       R"(p.yaml:2:74: error: macs_per_lane: unknown key 'fp23'
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, macs_per_lane: {fp23: 1}}]
                                                                             ^
  did you mean 'fp32'?)"},
      {"rates twice", "macs_per_lane", "macs_per_cycle: {fp32: 1}, macs_per_lane",
       R"(p.yaml:2:74: error: engine 'gpu': MAC rates must be stated once
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, macs_per_cycle: {fp32: 1}, macs_per_lane: {fp32: 1}}]
                                                                             ^
  write either macs_per_cycle (of a core) or macs_per_lane (of 32 bits))"},
      {"no rates", ", macs_per_lane: {fp32: 1}", "",
       R"(p.yaml:2:11: error: engine 'gpu': MAC rates must be stated once
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz}]
              ^
  write either macs_per_cycle (of a core) or macs_per_lane (of 32 bits))"},
      {"overlap", "clock: 1 GHz", "clock: 1 GHz, overlap: some",
       R"(p.yaml:2:67: error: overlap: 'some' is no overlap
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, overlap: some, macs_per_lane: {fp32: 1}}]
                                                                      ^
  write none, full, or a number within 0 and 1)"},
      {"overlap above one", "clock: 1 GHz", "clock: 1 GHz, overlap: 1.5",
       R"(p.yaml:2:67: error: overlap: '1.5' is no overlap
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, overlap: 1.5, macs_per_lane: {fp32: 1}}]
                                                                      ^
  write none, full, or a number within 0 and 1)"},
      {"negative power", "clock: 1 GHz", "clock: 1 GHz, energy: {active: -1 W}",
       R"(p.yaml:2:75: error: active: '-1 W' is not a power: it must not be negative
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, energy: {active: -1 W}, macs_per_lane: {fp32: 1}}]
                                                                              ^
  write a power such as 5 W)"},
      {"unknown architecture", "kind: gpu", "kind: gpu, architecture: malli",
       R"(p.yaml:2:48: error: architecture: 'malli' is none of: adreno, apple, gcn, intel, mali, nvidia, powervr, rdna
    engines: [{name: gpu, kind: gpu, architecture: malli, cores: 4, clock: 1 GHz, macs_per_lane: {fp32: 1}}]
                                                   ^
  did you mean 'mali'?)"},
      {"no engine", "[{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, macs_per_lane: {fp32: 1}}]",
       "[]", R"(p.yaml:2:10: error: engines: the list is empty
    engines: []
             ^
  a platform has at least one engine)"},
      {"no name", "platform: p\n", "", R"(p.yaml:1:1: error: platform: key 'platform' is missing
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 GHz, macs_per_lane: {fp32: 1}}]
    ^
  add 'platform:' with a word)"},
  };
  for (const Bad& row : rows) {
    CAPTURE(row.what);
    CHECK(message_of([&] { return platform_of(with(kLeast, row.old, row.text)); }) == row.message);
  }
}

TEST_CASE("all mistakes of a file are reported in one go") {
  const std::string text = with(with(kLeast, "1 GHz", "1 s"), "8 GiB", "8 GHz");
  CHECK(message_of([&] { return platform_of(text); }) ==
        R"(p.yaml:2:51: error: clock: '1 s' is not a frequency: unknown unit 's'
    engines: [{name: gpu, kind: gpu, cores: 4, clock: 1 s, macs_per_lane: {fp32: 1}}]
                                                      ^
  write a frequency such as 3.2 GHz
p.yaml:3:30: error: size: '8 GHz' is not a size: unknown unit 'GHz'
    memory: [{level: DRAM, size: 8 GHz, bandwidth: 100 GB/s}]
                                 ^
  write a size such as 12 MiB)");
}

}  // namespace
}  // namespace roofbeam
