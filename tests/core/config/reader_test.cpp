#include "core/config/reader.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/message_of.hpp"

namespace roofbeam::config {
namespace {

using testing::message_of;

// What reading a text with a schema complains of.
std::string complaints_of(const std::string& yaml, const std::function<void(MapReader&)>& schema) {
  return message_of([&] {
    const auto node = parse(yaml, "cortex.yaml");
    Complaints complaints;
    MapReader map(node, "engine 'cpu'", complaints);
    schema(map);
    map.finish();
    complaints.throw_if_any();
    return 0;
  });
}

const std::vector<std::string> kKinds = {"cpu", "gpu", "mcu", "npu"};

void engine_schema(MapReader& map) {
  (void)map.required<std::string>("name");
  (void)map.required_choice("kind", kKinds);
  (void)map.required<int>("cores");
  (void)map.required<Hertz>("clock");
  (void)map.optional<Bytes>("cache");
  (void)map.optional<bool>("shared");
  (void)map.words("precisions");
  (void)map.list("levels");
  (void)map.map("rates");
}

const std::string kEngine = "name: cpu\nkind: mcu\ncores: 1\nclock: 480 MHz\n";

struct Row {
  std::string old;
  std::string replacement;
  std::string expected;
};

std::string changed(const Row& row) {
  auto text = kEngine;
  return text.replace(text.find(row.old), row.old.size(), row.replacement);
}

void check_complaints(const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    CAPTURE(row.replacement);
    CHECK(complaints_of(changed(row), engine_schema) == row.expected);
  }
}

TEST_CASE("every type is read, with its origin if it has one") {
  const auto node = parse(R"(word: cpu
yes: true
small: 7
large: 3000000000
share: 62 %
clock: {value: 3.2 GHz, kind: datasheet, source: "DS1, p. 2"}
size: {value: 12 MiB, source: a guess}
)",
                          "f.yaml");
  Complaints complaints;
  MapReader map(node, "test", complaints);
  CHECK(map.required<std::string>("word").value == "cpu");
  CHECK(map.required<bool>("yes").value);
  CHECK(map.required<int>("small").value == 7);
  CHECK(map.required<long long>("large").value == 3000000000);
  CHECK(map.required<double>("share").value == doctest::Approx(0.62));
  CHECK(map.required<double>("share").origin.kind == OriginKind::unstated);
  const auto clock = map.required<Hertz>("clock");
  CHECK(clock.value.si() == 3.2e9);
  CHECK(to_text(clock.origin.kind) == "datasheet");
  CHECK(clock.origin.source == "DS1, p. 2");
  const auto size = map.optional<Bytes>("size");
  REQUIRE(size);
  CHECK(size->origin.kind == OriginKind::unstated);
  CHECK(size->origin.source == "a guess");
  CHECK_FALSE(map.optional<Seconds>("absent"));
  map.finish();
  CHECK_FALSE(complaints.any());
  CHECK_NOTHROW(complaints.throw_if_any());
}

TEST_CASE("the largest and smallest whole numbers and both truths are read") {
  const auto node = parse(
      "{none: 0, int: 2147483647, long: 9223372036854775807, zeros: 007, no: false}", "f.yaml");
  Complaints complaints;
  MapReader map(node, "test", complaints);
  CHECK(map.required<int>("none").value == 0);
  CHECK(map.required<int>("int").value == 2147483647);
  CHECK(map.required<long long>("long").value == 9223372036854775807);
  CHECK(map.required<int>("zeros").value == 7);
  CHECK_FALSE(map.required<bool>("no").value);
  CHECK_FALSE(complaints.any());
}

TEST_CASE("a whole number beyond its type is refused") {
  CHECK(complaints_of("a: 9223372036854775808",
                      [](MapReader& map) { (void)map.required<long long>("a"); }) ==
        R"(cortex.yaml:1:4: error: a: '9223372036854775808' is larger than 9223372036854775807
    a: 9223372036854775808
       ^
  write a whole number such as 4)");
}

TEST_CASE("a wrong value reads as nothing, so that reading goes on") {
  const auto node = parse("{count: x, clock: 5, kind: xyzzy, absent: }", "f.yaml");
  Complaints complaints;
  MapReader map(node, "test", complaints);
  CHECK(map.required<int>("count").value == 0);
  CHECK(map.optional<Hertz>("clock")->value == Hertz{});
  CHECK_FALSE(map.choice("kind", kKinds));
  CHECK(map.required<std::string>("missing").value == "");
  CHECK(map.list("absent") == nullptr);
  CHECK(complaints.any());
}

TEST_CASE("every kind of origin has its word") {
  const std::vector<std::string> words = {"datasheet", "measured", "derived", "estimated",
                                          "fitted"};
  for (const auto& word : words) {
    Complaints complaints;
    const auto node = parse("{value: 5 W, kind: " + word + ", source: s}", "f.yaml");
    CHECK(to_text(read_value<Watts>(node, "idle", complaints).origin.kind) == word);
    CHECK_FALSE(complaints.any());
  }
  CHECK(to_text(OriginKind::unstated) == "unstated");
}

TEST_CASE("choices, words, lists and maps are read") {
  const auto node = parse("{kind: gpu, precisions: [fp32, int8], levels: [1], rates: {a: 1}}", "f");
  Complaints complaints;
  MapReader map(node, "test", complaints);
  CHECK(map.choice("kind", kKinds) == std::size_t{1});
  CHECK(map.required_choice("kind", kKinds) == std::size_t{1});
  CHECK_FALSE(map.choice("absent", kKinds));
  CHECK(map.words("precisions") == std::vector<std::string>{"fp32", "int8"});
  CHECK(map.words("absent").empty());
  CHECK(map.list("levels")->items.size() == 1);
  CHECK(map.list("absent") == nullptr);
  CHECK(map.map("rates")->entries.size() == 1);
  CHECK(map.map("absent") == nullptr);
  map.finish();
  CHECK_FALSE(complaints.any());
}

TEST_CASE("a map that follows the schema gives no complaint") {
  CHECK(complaints_of(kEngine, engine_schema) == "no error");
}

TEST_CASE("a wrong value says what was found, what is expected and what to write") {
  check_complaints({
      {"480 MHz", "480 Mhz",
       R"(cortex.yaml:4:8: error: clock: '480 Mhz' is not a frequency: unknown unit 'Mhz'; did you mean 'MHz'?
    clock: 480 Mhz
           ^
  write a frequency such as 3.2 GHz)"},
      {"480 MHz", "480",
       R"(cortex.yaml:4:8: error: clock: '480' is not a frequency: its unit is missing
    clock: 480
           ^
  write a frequency such as 3.2 GHz)"},
      {"480 MHz", "[1 GHz]",
       R"(cortex.yaml:4:8: error: clock: expected a frequency such as 3.2 GHz, found a list
    clock: [1 GHz]
           ^)"},
      {"clock: 480 MHz", "clock:",
       R"(cortex.yaml:4:1: error: clock: expected a frequency such as 3.2 GHz, found nothing
    clock:
    ^)"},
      {"cores: 1", "cores: 1.5", R"(cortex.yaml:3:8: error: cores: '1.5' is not a whole number
    cores: 1.5
           ^
  write a whole number such as 4)"},
      {"cores: 1", "cores: -1", R"(cortex.yaml:3:8: error: cores: '-1' is not a whole number
    cores: -1
           ^
  write a whole number such as 4)"},
      {"cores: 1", "cores: 2147483648",
       R"(cortex.yaml:3:8: error: cores: '2147483648' is larger than 2147483647
    cores: 2147483648
           ^
  write a whole number such as 4)"},
      {"cores: 1", "cores: ''",
       R"(cortex.yaml:3:8: error: cores: '' is not a whole number
    cores: ''
           ^
  write a whole number such as 4)"},
      {"cores: 1", "cores: 4 cores",
       R"(cortex.yaml:3:8: error: cores: '4 cores' is not a whole number
    cores: 4 cores
           ^
  write a whole number such as 4)"},
      {"name: cpu", "name: [cpu]", R"(cortex.yaml:1:7: error: name: expected a word, found a list
    name: [cpu]
          ^)"},
      {"name: cpu", "name:", R"(cortex.yaml:1:1: error: name: expected a word, found nothing
    name:
    ^)"},
      {"cores: 1", "cores: 1\ncache: 16 KB",
       R"(cortex.yaml:4:8: error: cache: '16 KB' is not a size: unknown unit 'KB': write kB (1000 bytes) or KiB (1024 bytes)
    cache: 16 KB
           ^
  write a size such as 12 MiB)"},
      {"cores: 1", "cores: 1\nshared: [true]",
       R"(cortex.yaml:4:9: error: shared: expected true or false, found a list
    shared: [true]
            ^)"},
      {"cores: 1", "cores: 1\nshared: True",
       R"(cortex.yaml:4:9: error: shared: 'True' is not true or false
    shared: True
            ^
  write true or false)"},
      {"cores: 1", "cores: 1\nshared: yes",
       R"(cortex.yaml:4:9: error: shared: 'yes' is not true or false
    shared: yes
            ^
  write true or false)"},
      {"mcu", "cqu", R"(cortex.yaml:2:7: error: kind: 'cqu' is none of: cpu, gpu, mcu, npu
    kind: cqu
          ^
  did you mean 'cpu'?)"},
      {"mcu", "quantum", R"(cortex.yaml:2:7: error: kind: 'quantum' is none of: cpu, gpu, mcu, npu
    kind: quantum
          ^)"},
      {"mcu", "[mcu]", R"(cortex.yaml:2:7: error: kind: expected a word, found a list
    kind: [mcu]
          ^)"},
      {"cores: 1", "cores: 1\nprecisions: fp32",
       R"(cortex.yaml:4:13: error: precisions: expected a list, found a single value
    precisions: fp32
                ^)"},
      {"cores: 1", "cores: 1\nprecisions: [{a: 1}]",
       R"(cortex.yaml:4:14: error: precisions: expected a word, found a map
    precisions: [{a: 1}]
                 ^)"},
      {"cores: 1", "cores: 1\nrates: 3",
       R"(cortex.yaml:4:8: error: rates: expected a map, found a single value
    rates: 3
           ^)"},
  });
}

TEST_CASE("a missing key says what to add") {
  check_complaints({
      {"clock: 480 MHz\n", "", R"(cortex.yaml:1:1: error: engine 'cpu': key 'clock' is missing
    name: cpu
    ^
  add 'clock:' with a frequency such as 3.2 GHz)"},
      {"kind: mcu\n", "", R"(cortex.yaml:1:1: error: engine 'cpu': key 'kind' is missing
    name: cpu
    ^
  add 'kind:' with one of: cpu, gpu, mcu, npu)"},
  });
}

TEST_CASE("a missing list or map is missed only where it is required") {
  const auto lists_and_maps = [](bool required) {
    return [required](MapReader& map) {
      (void)map.list("levels", required);
      (void)map.map("rates", required);
    };
  };
  CHECK(complaints_of("{}", lists_and_maps(false)) == "no error");
  CHECK(complaints_of("{}", lists_and_maps(true)) ==
        R"(cortex.yaml:1:1: error: engine 'cpu': key 'levels' is missing
    {}
    ^
  add 'levels:' with a list
cortex.yaml:1:1: error: engine 'cpu': key 'rates' is missing
    {}
    ^
  add 'rates:' with a map)");
}

TEST_CASE("an unknown key names its neighbour or, far from all, every key") {
  check_complaints({
      {"cores: 1", "cores: 1\ncahce: 1 KiB",
       R"(cortex.yaml:4:1: error: engine 'cpu': unknown key 'cahce'
    cahce: 1 KiB
    ^
  did you mean 'cache'?)"},
      {"cores: 1", "cores: 1\ntemperature: 5",
       R"(cortex.yaml:4:1: error: engine 'cpu': unknown key 'temperature'
    temperature: 5
    ^
  known keys: name, kind, cores, clock, cache, shared, precisions, levels, rates)"},
  });
}

TEST_CASE("a value with its origin is held to a schema of its own") {
  check_complaints({
      {"480 MHz", "{value: 480 Mhz, kind: datasheet, source: s}",
       R"(cortex.yaml:4:16: error: clock: '480 Mhz' is not a frequency: unknown unit 'Mhz'; did you mean 'MHz'?
    clock: {value: 480 Mhz, kind: datasheet, source: s}
                   ^
  write a frequency such as 3.2 GHz)"},
      {"480 MHz", "{value: 1 GHz, kind: datasheet}",
       R"(cortex.yaml:4:8: error: clock: key 'source' is missing
    clock: {value: 1 GHz, kind: datasheet}
           ^
  add 'source:' with a word)"},
      {"480 MHz", "{value: 1 GHz, kind: datasheet, source: ''}",
       R"(cortex.yaml:4:48: error: source: is empty
    clock: {value: 1 GHz, kind: datasheet, source: ''}
                                                   ^
  write where the number comes from)"},
      {"480 MHz", "{value: 1 GHz, kind: datashet, source: s}",
       R"(cortex.yaml:4:29: error: kind: 'datashet' is none of: datasheet, measured, derived, estimated, fitted
    clock: {value: 1 GHz, kind: datashet, source: s}
                                ^
  did you mean 'datasheet'?)"},
      {"480 MHz", "{kind: fitted, source: s}",
       R"(cortex.yaml:4:8: error: clock: key 'value' is missing
    clock: {kind: fitted, source: s}
           ^
  add 'value:' with a frequency such as 3.2 GHz)"},
      {"480 MHz", "{value: 1 GHz, sorce: s}",
       R"(cortex.yaml:4:23: error: clock: unknown key 'sorce'
    clock: {value: 1 GHz, sorce: s}
                          ^
  did you mean 'source'?)"},
      {"480 MHz", "{value: {value: 1 GHz}}",
       R"(cortex.yaml:4:16: error: clock: expected a frequency such as 3.2 GHz, found a map
    clock: {value: {value: 1 GHz}}
                   ^)"},
  });
}

TEST_CASE("what is no map gives one complaint, not one for each key") {
  CHECK(complaints_of("[a]", engine_schema) ==
        R"(cortex.yaml:1:1: error: engine 'cpu': expected a map of keys, found a list
    [a]
    ^)");
}

TEST_CASE("all errors are reported in one go") {
  CHECK(complaints_of("{name: cpu, kind: mcu, cores: x, clok: 1 GHz}", engine_schema) ==
        R"(cortex.yaml:1:31: error: cores: 'x' is not a whole number
    {name: cpu, kind: mcu, cores: x, clok: 1 GHz}
                                  ^
  write a whole number such as 4
cortex.yaml:1:1: error: engine 'cpu': key 'clock' is missing
    {name: cpu, kind: mcu, cores: x, clok: 1 GHz}
    ^
  add 'clock:' with a frequency such as 3.2 GHz
cortex.yaml:1:34: error: engine 'cpu': unknown key 'clok'
    {name: cpu, kind: mcu, cores: x, clok: 1 GHz}
                                     ^
  did you mean 'clock'?)");
}

// The message of so many complaints "error: wrong".
std::string message_of_many(int count) {
  Complaints complaints;
  for (int i = 0; i < count; ++i) complaints.add(Mark{}, "wrong");
  return message_of([&] {
    complaints.throw_if_any();
    return 0;
  });
}

TEST_CASE("ten errors are shown and the rest is counted") {
  std::string ten = "error: wrong";
  for (int i = 1; i < 10; ++i) ten += "\nerror: wrong";
  CHECK(message_of_many(0) == "no error");
  CHECK(message_of_many(10) == ten);
  CHECK(message_of_many(11) == ten + "\nand 1 more error");
  CHECK(message_of_many(12) == ten + "\nand 2 more errors");
}

TEST_CASE("of eleven unknown keys ten are shown") {
  std::string yaml;
  std::string expected;
  for (const char key : std::string("abcdefghijk")) {
    yaml += std::string(1, key) + ": 1\n";
    if (key == 'k') break;
    expected += "cortex.yaml:" + std::to_string(key - 'a' + 1) +
                ":1: error: engine 'cpu': " + "unknown key '" + key + "'\n    " + key +
                ": 1\n    ^\n  known keys: clock\n";
  }
  CHECK(complaints_of(yaml, [](MapReader& map) { (void)map.optional<Hertz>("clock"); }) ==
        expected + "and 1 more error");
}

TEST_CASE("the caller's complaint stands at the value, or at the map if the key is absent") {
  CHECK(complaints_of("{a: 1, b: 2}", [](MapReader& map) {
          (void)map.required<int>("a");
          (void)map.required<int>("b");
          map.complain("b", "b must be less than a", "swap them");
          map.complain("c", "c is needed here");
        }) == R"(cortex.yaml:1:11: error: b must be less than a
    {a: 1, b: 2}
              ^
  swap them
cortex.yaml:1:1: error: c is needed here
    {a: 1, b: 2}
    ^)");
}

}  // namespace
}  // namespace roofbeam::config
