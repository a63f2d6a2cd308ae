#include "platforms/memory_loader.hpp"

#include <doctest/doctest.h>

#include "tests/platforms/support.hpp"

namespace roofbeam {
namespace {

using testing::message_of;
using testing::platform_of;
using testing::with;

const std::string kTwoCaches = R"(platform: p
engines:
  - {name: big, kind: cpu, cores: 2, clock: 1 GHz, macs_per_cycle: {fp32: 1}}
  - {name: little, kind: cpu, cores: 2, clock: 1 GHz, macs_per_cycle: {fp32: 1}}
memory:
  - {level: L1, per: core, size: 64 KiB, bandwidth: 50 GB/s, of: [big]}
  - {level: L2, size: 1 MiB, bandwidth: 40 GB/s}
  - {level: DRAM, size: 8 GiB, bandwidth: 10 GB/s, holds: [activations, weights]}
)";

TEST_CASE("levels are caches unless they hold something or are the last") {
  const Platform platform = platform_of(kTwoCaches);
  CHECK(platform.memory[0].kind == MemoryLevel::Kind::cache);
  CHECK(platform.memory[0].per_core);
  CHECK(platform.memory[1].kind == MemoryLevel::Kind::cache);
  CHECK_FALSE(platform.memory[1].per_core);
  CHECK(platform.memory[2].kind == MemoryLevel::Kind::memory);
  CHECK(platform.levels(platform.engine("big")).size() == 3);
  CHECK(platform.levels(platform.engine("little")).size() == 2);
}

TEST_CASE("a system-level cache may be smaller than the L2 before it if it is slower") {
  CHECK_NOTHROW(
      platform_of(with(kTwoCaches, "  - {level: DRAM",
                       "  - {level: SLC, size: 512 KiB, bandwidth: 30 GB/s}\n  - {level: DRAM")));
}

TEST_CASE("caches of different engines have no order between them") {
  CHECK_NOTHROW(platform_of(
      with(kTwoCaches, "  - {level: L2,",
           "  - {level: little-L1, size: 8 KiB, bandwidth: 90 GB/s, of: [little]}\n  - {level: "
           "L2,")));
}

TEST_CASE("a memory that is not cached may stand before the caches") {
  CHECK_NOTHROW(platform_of(with(kTwoCaches, "  - {level: L1",
                                 "  - {level: TCM, size: 8 KiB, bandwidth: 9 GB/s, holds: "
                                 "[activations], cached: false}\n  - {level: L1")));
}

struct Bad {
  std::string what;
  std::string old;
  std::string text;
  std::string message;
};

TEST_CASE("each mistake in a level gives its whole message") {
  const Bad rows[] = {
      {"out of order", "{level: L2, size: 1 MiB, bandwidth: 40 GB/s}",
       "{level: L2, size: 32 KiB, bandwidth: 60 GB/s}",
       R"(p.yaml:7:5: error: memory: level listed out of order: 'L2' is smaller and faster than 'L1' before it
      - {level: L2, size: 32 KiB, bandwidth: 60 GB/s}
        ^
  list levels nearest to the cores first)"},
      {"cache behind memory", "{level: L2, size: 1 MiB, bandwidth: 40 GB/s}",
       "{level: L2, size: 1 MiB, bandwidth: 40 GB/s, holds: [weights]}\n  - {level: L3, size: 2 "
       "MiB, bandwidth: 30 GB/s}",
       R"(p.yaml:8:5: error: memory: level listed out of order: the cache 'L3' stands behind the memory 'L2'
      - {level: L3, size: 2 MiB, bandwidth: 30 GB/s}
        ^
  list levels nearest to the cores first)"},
      {"unknown engine", "of: [big]", "of: [bgi]",
       R"(p.yaml:6:67: error: of: 'bgi' is none of: big, little
      - {level: L1, per: core, size: 64 KiB, bandwidth: 50 GB/s, of: [bgi]}
                                                                      ^
  did you mean 'big'?)"},
      {"unknown content", "holds: [activations, weights]", "holds: [activation, weights]",
       R"(p.yaml:8:60: error: holds: 'activation' is none of: activations, weights
      - {level: DRAM, size: 8 GiB, bandwidth: 10 GB/s, holds: [activation, weights]}
                                                               ^
  did you mean 'activations'?)"},
      {"zero size", "1 MiB", "0 MiB", R"(p.yaml:7:23: error: size: '0 MiB' must be more than zero
      - {level: L2, size: 0 MiB, bandwidth: 40 GB/s}
                          ^)"},
      {"negative size", "1 MiB", "-1 MiB",
       R"(p.yaml:7:23: error: size: '-1 MiB' is not a size: it must not be negative
      - {level: L2, size: -1 MiB, bandwidth: 40 GB/s}
                          ^
  write a size such as 12 MiB)"},
      {"wrong unit", "40 GB/s", "40 GHz",
       R"(p.yaml:7:41: error: bandwidth: '40 GHz' is not a bandwidth: unknown unit 'GHz'
      - {level: L2, size: 1 MiB, bandwidth: 40 GHz}
                                            ^
  write a bandwidth such as 68.25 GB/s or 32 B/cycle)"},
      {"zero bandwidth", "40 GB/s", "0 GB/s",
       R"(p.yaml:7:41: error: bandwidth: '0 GB/s' must be more than zero
      - {level: L2, size: 1 MiB, bandwidth: 0 GB/s}
                                            ^)"},
      {"unknown key", "size: 1 MiB", "sise: 1 MiB",
       R"(p.yaml:7:5: error: level 'L2': key 'size' is missing
      - {level: L2, sise: 1 MiB, bandwidth: 40 GB/s}
        ^
  add 'size:' with a size such as 12 MiB
p.yaml:7:17: error: level 'L2': unknown key 'sise'
      - {level: L2, sise: 1 MiB, bandwidth: 40 GB/s}
                    ^
  did you mean 'size'?)"},
      {"same name", "level: L1", "level: L2",
       R"(p.yaml:7:5: error: memory: a second level is named 'L2'
      - {level: L2, size: 1 MiB, bandwidth: 40 GB/s}
        ^
  a level of one engine takes its name, such as GPU-L1)"},
      {"cache that holds", "{level: L2,", "{level: L2, kind: cache, holds: [weights],",
       R"(p.yaml:7:37: error: level 'L2': a cache holds nothing by itself
      - {level: L2, kind: cache, holds: [weights], size: 1 MiB, bandwidth: 40 GB/s}
                                        ^)"},
      {"memory that holds nothing", "{level: L2,", "{level: L2, kind: memory,",
       R"(p.yaml:7:5: error: level 'L2': a memory states what it holds
      - {level: L2, kind: memory, size: 1 MiB, bandwidth: 40 GB/s}
        ^
  add holds: [activations, weights] or one of the two)"},
      {"cached cache", "{level: L2,", "{level: L2, cached: true,",
       R"(p.yaml:7:25: error: level 'L2': a cache is not cached
      - {level: L2, cached: true, size: 1 MiB, bandwidth: 40 GB/s}
                            ^
  'cached' says whether accesses to a memory pass the caches)"},
      {"sustained above one", "{level: L2,", "{level: L2, sustained: 1.2,",
       R"(p.yaml:7:28: error: sustained: '1.2' must be more than 0 and at most 1
      - {level: L2, sustained: 1.2, size: 1 MiB, bandwidth: 40 GB/s}
                               ^)"},
      {"no weights", "[activations, weights]", "[activations]",
       R"(p.yaml:6:3: error: memory: engine 'big' reaches none that holds weights
      - {level: L1, per: core, size: 64 KiB, bandwidth: 50 GB/s, of: [big]}
      ^
  a memory states holds: [activations, weights] or one of the two
p.yaml:6:3: error: memory: engine 'little' reaches none that holds weights
      - {level: L1, per: core, size: 64 KiB, bandwidth: 50 GB/s, of: [big]}
      ^
  a memory states holds: [activations, weights] or one of the two)"},
      {"energy twice", "{level: L2,", "{level: L2, energy: 1 pJ,",
       R"(p.yaml:7:25: error: level 'L2': its energy is stated twice
      - {level: L2, energy: 1 pJ, size: 1 MiB, bandwidth: 40 GB/s}
                            ^
  here and under the platform's energy.byte)"},
      {"energy of an unknown level", "{level: L2,", "{level: LL2,",
       R"(p.yaml:9:17: error: byte: unknown key 'L2'
    energy: {byte: {L2: 1 pJ}}
                    ^
  did you mean 'L1'?)"},
  };
  const std::string text = kTwoCaches + "energy: {byte: {L2: 1 pJ}}\n";
  for (const Bad& row : rows) {
    CAPTURE(row.what);
    CHECK(message_of([&] { return platform_of(with(text, row.old, row.text)); }) == row.message);
  }
}

}  // namespace
}  // namespace roofbeam
