#include "platforms/cores.hpp"

#include <doctest/doctest.h>

#include "platforms/catalog.hpp"
#include "tests/platforms/folder.hpp"
#include "tests/platforms/support.hpp"

namespace roofbeam {
namespace {

using testing::Folder;
using testing::message_of;
using testing::with;

const std::string kCore = R"(core: some-core
title: A core
pipes: 2
vector_bits: 128
macs_per_lane: {fp32: 1, int8: 4}
overlap: 0.8
memory:
  - {level: L1, size: 64 KiB, bandwidth: 32 B/cycle}
  - {level: L2, size: 256 KiB, bandwidth: 16 B/cycle}
)";

const std::string kOneEngine = R"(platform: p
engines:
  - {name: cpu, core: core.yaml, kind: cpu, cores: 4, clock: 2 GHz, runtime: ncnn}
memory:
  - {level: L3, size: 2 MiB, bandwidth: 20 B/cycle, core_bandwidth: 8 B/cycle}
  - {level: DRAM, size: 8 GiB, bandwidth: 17 GB/s, core_bandwidth: 12 GB/s, holds: [activations, weights]}
)";

const std::string kTwoEngines = R"(platform: p
engines:
  - {name: big, core: core.yaml, kind: cpu, cores: 4, clock: 2 GHz, runtime: ncnn}
  - {name: little, core: core.yaml, kind: cpu, cores: 4, clock: 1 GHz, pipes: 1, runtime: ncnn}
memory:
  - {level: little-L2, size: 128 KiB}
  - {level: DRAM, size: 8 GiB, bandwidth: 17 GB/s, core_bandwidth: 12 GB/s, holds: [activations, weights]}
)";

// Files of a folder; `p.yaml` is the descriptor.
struct Files : Folder {
  explicit Files(const std::string& platform, const std::string& core = kCore) {
    write("core.yaml", core);
    path_of_platform = write("p.yaml", platform);
  }
  Platform load(const std::vector<Setting>& settings = {}) const {
    return load_platform(path_of_platform, settings);
  }
  std::string message() const {
    return anonymous(message_of([&] { return load(); }));
  }
  std::string path_of_platform;
};

std::vector<std::string> level_names(const Platform& platform) {
  std::vector<std::string> names;
  for (const MemoryLevel& level : platform.memory) names.push_back(level.name);
  return names;
}

double giga(BytesPerSecond bandwidth) { return bandwidth.si() / 1e9; }

TEST_CASE("an engine has what its core states, and its core's levels come first") {
  const Platform platform = Files(kOneEngine).load();
  const Engine& cpu = platform.engine("cpu");
  CHECK(cpu.core == "core.yaml");
  CHECK(cpu.macs_per_cycle[Precision::fp32].value() == 8);
  CHECK(cpu.macs_per_cycle[Precision::int8].value() == 32);
  CHECK(cpu.overlap.value == 0.8);
  CHECK(level_names(platform) == std::vector<std::string>{"L1", "L2", "L3", "DRAM"});
  CHECK(platform.memory[0].per_core);
  CHECK(platform.memory[0].engines == std::vector<std::string>{"cpu"});
  CHECK(platform.title == "p");
}

TEST_CASE("bytes per cycle follow the clock of the first engine that a level serves") {
  const Files files(kOneEngine);
  const Platform platform = files.load();
  CHECK(giga(platform.memory[0].bandwidth) == doctest::Approx(64));
  CHECK(giga(platform.memory[1].bandwidth) == doctest::Approx(32));
  CHECK(giga(platform.memory[2].bandwidth) == doctest::Approx(40));
  CHECK(giga(*platform.memory[2].core_bandwidth) == doctest::Approx(16));
  const Platform slower = files.load({{"engines.cpu.clock", "1 GHz"}});
  CHECK(giga(slower.memory[0].bandwidth) == doctest::Approx(32));
  CHECK(giga(*slower.memory[2].core_bandwidth) == doctest::Approx(8));
  CHECK(giga(slower.memory[3].bandwidth) == doctest::Approx(17));
}

TEST_CASE("levels of several cores carry the names of their engines") {
  const Platform platform = Files(kTwoEngines).load();
  CHECK(level_names(platform) ==
        std::vector<std::string>{"big-L1", "big-L2", "little-L1", "little-L2", "DRAM"});
  CHECK(giga(platform.memory[2].bandwidth) == doctest::Approx(32));
  CHECK(platform.engine("little").macs_per_cycle[Precision::fp32].value() == 4);
}

TEST_CASE("what the descriptor states goes before what the core states") {
  const Platform platform = Files(kTwoEngines).load();
  CHECK(platform.engine("little").pipes.value == 1);
  CHECK(platform.memory[3].size.value.si() == 128 * 1024);
  CHECK(giga(platform.memory[3].bandwidth) == doctest::Approx(16));
  CHECK(platform.memory[3].engines == std::vector<std::string>{"little"});
}

TEST_CASE("settings reach what came from a core, and another core may be set") {
  const Files files(kOneEngine);
  files.write("wide.yaml", "core: wide\nextends: core.yaml\nvector_bits: 256\n");
  const Platform platform = files.load(
      {{"memory.L1.size", "32 KiB"}, {"engines.cpu.core", (files.path / "wide.yaml").string()}});
  CHECK(platform.memory[0].size.value.si() == 32 * 1024);
  CHECK(platform.engine("cpu").macs_per_cycle[Precision::fp32].value() == 16);
}

TEST_CASE("every core of the catalogue makes a platform, under its own name") {
  for (const CoreType& core : catalog_cores()) {
    CAPTURE(core.name);
    CHECK_FALSE(core.title.empty());
    CHECK(config::parse(text(core_catalog(), core.name), "core").find("core")->scalar == core.name);
    const Platform platform = Files(with(kOneEngine, "core.yaml", core.name)).load();
    CHECK(platform.engine("cpu").core == core.name);
    // Microcontrollers of one core have caches of several sizes, or none.
    const bool has_caches = platform.memory[0].name == "L1";
    CHECK(has_caches != (core.name.starts_with("cortex-m")));
  }
}

struct Bad {
  std::string platform;
  std::string core;
  std::string message;
};

TEST_CASE("a mistake in a core or its name shows where it stands") {
  const Bad rows[] = {
      {with(kOneEngine, "core.yaml", "taishan-v111"), kCore,
       R"(DIR/p.yaml:3:23: error: core: unknown core 'taishan-v111'
      - {name: cpu, core: taishan-v111, kind: cpu, cores: 4, clock: 2 GHz, runtime: ncnn}
                          ^
  did you mean 'taishan-v110'? 'roofbeam platforms cores' names all; a file needs a '/' or the ending .yaml)"},
      {kOneEngine, with(kCore, "core: some-core\n", ""),
       R"(DIR/core.yaml:1:1: error: core file: key 'core' is missing
    title: A core
    ^
  add 'core:' with a word)"},
      {kOneEngine, with(kCore, "pipes", "pips"),
       R"(DIR/core.yaml:3:1: error: engine 'cpu': unknown key 'pips'
    pips: 2
    ^
  did you mean 'pipes'?)"},
      {kOneEngine, with(kCore, "16 B/cycle", "16 B/cylce"),
       R"(DIR/core.yaml:9:43: error: bandwidth: '16 B/cylce' is not a bandwidth: unknown unit 'B/cylce'; did you mean 'B/cycle'?
      - {level: L2, size: 256 KiB, bandwidth: 16 B/cylce}
                                              ^
  write a bandwidth such as 68.25 GB/s or 32 B/cycle)"},
      {with(kOneEngine, "clock: 2 GHz, ", ""), kCore,
       R"(DIR/p.yaml:3:5: error: engine 'cpu': key 'clock' is missing
      - {name: cpu, core: core.yaml, kind: cpu, cores: 4, runtime: ncnn}
        ^
  add 'clock:' with a frequency such as 3.2 GHz)"},
      {with(kOneEngine, "core: core.yaml", "core: [core.yaml]"), "",
       R"(DIR/p.yaml:3:23: error: core: expected a word, found a list
      - {name: cpu, core: [core.yaml], kind: cpu, cores: 4, clock: 2 GHz, runtime: ncnn}
                          ^
DIR/p.yaml:3:5: error: engine 'cpu': MAC rates must be stated once
      - {name: cpu, core: [core.yaml], kind: cpu, cores: 4, clock: 2 GHz, runtime: ncnn}
        ^
  write either macs_per_cycle (of a core) or macs_per_lane (of 32 bits))"},
  };
  for (const Bad& row : rows) CHECK(Files(row.platform, row.core).message() == row.message);
}

}  // namespace
}  // namespace roofbeam
