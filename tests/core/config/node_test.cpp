#include "core/config/node.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "tests/message_of.hpp"

namespace roofbeam::config {
namespace {

using testing::message_of;

// The tree as one line of YAML.
std::string flow(const Node& node) {
  if (node.kind == Node::Kind::null) return "~";
  if (node.kind == Node::Kind::scalar) return node.scalar;
  const bool is_list = node.kind == Node::Kind::list;
  std::string text;
  for (const auto& item : node.items) text += (text.empty() ? "" : ", ") + flow(item);
  for (const auto& entry : node.entries) {
    text += (text.empty() ? "" : ", ") + entry.key + ": " + flow(entry.value);
  }
  return is_list ? "[" + text + "]" : "{" + text + "}";
}

TEST_CASE("find sees the keys of a map and nothing else") {
  const auto node = parse("{a: 1, b: [a]}", "f.yaml");
  CHECK(node.find("a")->scalar == "1");
  CHECK(node.find("c") == nullptr);
  CHECK(node.find("b")->find("a") == nullptr);
  CHECK(node.find("a")->find("a") == nullptr);
}

struct Merge {
  std::string base;
  std::string change;
  std::string expected;
};

TEST_CASE("a change states only what differs") {
  const std::vector<Merge> rows = {
      {"{a: 1, b: 2}", "{b: 3, c: 4}", "{a: 1, b: 3, c: 4}"},
      {"{a: {x: 1, y: 2}}", "{a: {y: 3}}", "{a: {x: 1, y: 3}}"},
      {"{a: {x: 1}}", "{a: 5}", "{a: 5}"},
      {"{a: 5}", "{a: {x: 1}}", "{a: {x: 1}}"},
      {"{a: 5}", "{a: }", "{a: ~}"},
      // Lists of names merge by name, and new items come last.
      {"[{level: L1, size: 1}, {level: L2, size: 2}]", "[{level: L2, size: 3}, {level: L3}]",
       "[{level: L1, size: 1}, {level: L2, size: 3}, {level: L3}]"},
      {"[{name: a, x: 1}]", "[{name: a, y: 2}]", "[{name: a, x: 1, y: 2}]"},
      {"[{name: x, level: a}]", "[{level: a, y: 2}]", "[{name: x, level: a, y: 2}]"},
      {"[{level: L0}]", "[{level: L1, x: 1}, {level: L1, x: 2}]",
       "[{level: L0}, {level: L1, x: 1}, {level: L1, x: 2}]"},
      // Other lists are replaced.
      {"[1, 2]", "[3]", "[3]"},
      {"[{name: a}]", "[]", "[]"},
      {"[]", "[{name: a}]", "[{name: a}]"},
      {"[{name: a}, {size: 1}]", "[{name: a, x: 2}]", "[{name: a, x: 2}]"},
      // A number with its origin is one value.
      {"{a: {value: 1, kind: measured, source: s}}", "{a: {value: 2}}", "{a: {value: 2}}"},
      {"{a: {value: 1, kind: measured, source: s}}", "{a: {x: 2}}", "{a: {x: 2}}"},
      {"{a: 1}", "{a: {value: 2, source: t}}", "{a: {value: 2, source: t}}"},
      {"{a: {value: 1, source: s}}", "{a: 2}", "{a: 2}"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.base);
    CAPTURE(row.change);
    const auto merged = merge(parse(row.base, "base"), parse(row.change, "change"));
    CHECK(flow(merged) == row.expected);
  }
}

TEST_CASE("a merged value keeps the place where it was written") {
  const auto merged = merge(parse("{a: 1, b: 2}", "base"), parse("{b: 3}", "change"));
  CHECK(merged.find("a")->mark.source->name == "base");
  CHECK(merged.find("b")->mark.source->name == "change");
}

const std::string kBoard = R"(memory:
  - {level: L1, engine: big, size: 1}
  - {level: L1, engine: little, size: 2}
  - {level: DRAM, bandwidth: {value: 1 GB/s, kind: measured, source: s}}
engines: [{name: cpu, cores: 4}]
tiles: [[1, 2], [3, 4]]
title: board
)";

struct Set {
  std::string path;
  std::string value;
  std::string seen;  // what is then found at `at`
  std::string at;
};

TEST_CASE("a value is set wherever a path leads") {
  const std::string dram = "{level: DRAM, bandwidth: ";
  const std::vector<Set> rows = {
      {"title", "other", "other", "title"},
      {"memory.DRAM.bandwidth", "34 GB/s",
       "[{level: L1, engine: big, size: 1}, {level: L1, engine: little, size: 2}, {level: DRAM, "
       "bandwidth: 34 GB/s}]",
       "memory"},
      {"memory.L1.size", "8",
       "[{level: L1, engine: big, size: 8}, {level: L1, engine: little, size: 8}, {level: DRAM, "
       "bandwidth: {value: 1 GB/s, kind: measured, source: s}}]",
       "memory"},
      {"memory.1.size", "8",
       "[{level: L1, engine: big, size: 1}, {level: L1, engine: little, size: 8}, {level: DRAM, "
       "bandwidth: {value: 1 GB/s, kind: measured, source: s}}]",
       "memory"},
      {"engines.cpu.cores", "8", "[{name: cpu, cores: 8}]", "engines"},
      {"engines.0.clock", "1 GHz", "[{name: cpu, cores: 4, clock: 1 GHz}]", "engines"},
      {"engines.cpu.rates", "{fp32: 1, int8: [2, 3]}",
       "[{name: cpu, cores: 4, rates: {fp32: 1, int8: [2, 3]}}]", "engines"},
      {"memory.DRAM.bandwidth.source", "other",
       "[{level: L1, engine: big, size: 1}, {level: L1, engine: little, size: 2}, {level: DRAM, "
       "bandwidth: {value: 1 GB/s, kind: measured, source: other}}]",
       "memory"},
      {"tiles.1.0", "7", "[[1, 2], [7, 4]]", "tiles"},
      {"tiles", "[]", "[]", "tiles"},
      {"new", "{a: 1}", "{a: 1}", "new"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    auto root = parse(kBoard, "board.yaml");
    set(root, row.path, row.value);
    CHECK(flow(*root.find(row.at)) == row.seen);
  }
}

TEST_CASE("what was set says so in complaints") {
  auto root = parse(kBoard, "board.yaml");
  set(root, "engines.cpu.clock", "480 Mhz");
  const auto& clock = root.find("engines")->items[0].entries.back();
  CHECK(complaint(clock.value.mark, "no") == R"(--set engines.cpu.clock:1:1: error: no
    480 Mhz
    ^)");
  CHECK(clock.key_mark.source->name == "--set engines.cpu.clock");
}

struct BadSet {
  std::string path;
  std::string value;
  std::string expected;
};

TEST_CASE("a path that leads nowhere says which step, what is there and what is near") {
  const std::vector<BadSet> rows = {
      {"memry.DRAM.size", "1",
       "--set memry.DRAM.size: there is no 'memry'; there is: memory, engines, tiles, title; did "
       "you mean 'memory'?"},
      {"memory.DRM.size", "1",
       "--set memory.DRM.size: there is no 'DRM'; there is: L1, DRAM; did you mean 'DRAM'?"},
      {"memory.3.size", "1", "--set memory.3.size: there is no '3'; there is: L1, DRAM"},
      {"memory.L3", "1",
       "--set memory.L3: there is no 'L3'; there is: L1, DRAM; did you mean 'L1'?"},
      {"tiles.2", "1", "--set tiles.2: there is no '2'; there is: 0, 1"},
      {"tiles.1.2", "1", "--set tiles.1.2: there is no '2'; there is: 0, 1"},
      {"engines.1.clock", "1", "--set engines.1.clock: there is no '1'; there is: cpu"},
      {"engines..cores", "1", "--set engines..cores: there is no ''; there is: cpu"},
      {"engines.cpu.clok.x", "1",
       "--set engines.cpu.clok.x: there is no 'clok'; there is: name, cores"},
      {"title.x", "1", "--set title.x: there is no 'x'; nothing can follow here"},
      {"", "1", "--set : there is no ''; there is: memory, engines, tiles, title"},
      {"engines.", "1", "--set engines.: there is no ''; there is: cpu"},
      {"engines.cpu.", "1", "--set engines.cpu.: there is no ''; there is: name, cores"},
      {"title", "", "--set title: error: is empty; YAML was expected"},
      {"title", "[1", R"(--set title:1:1: error: end of sequence flow not found
    [1
    ^
  close the list with ']')"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.path);
    auto root = parse(kBoard, "board.yaml");
    const auto message = message_of([&] {
      set(root, row.path, row.value);
      return 0;
    });
    CHECK(message == row.expected);
  }
}

TEST_CASE("a value out of a file is set with its place, and wrong steps are told there") {
  auto root = parse(kBoard, "board.yaml");
  const auto values = parse("clock: 3 GHz\n", "s.yaml");
  set(root, "engines.cpu.clock", *values.find("clock"));
  CHECK(root.find("engines")->items[0].find("clock")->scalar == "3 GHz");
  CHECK(root.find("engines")->items[0].find("clock")->mark.source->name == "s.yaml");
  CHECK(message_of([&] {
          set(root, "engines.cpx.clock", *values.find("clock"));
          return 0;
        }) ==
        "s.yaml:1:8: error: engines.cpx.clock: there is no 'cpx'\n    clock: 3 GHz\n           ^\n"
        "  there is: cpu; did you mean 'cpu'?");
}

TEST_CASE("numbers are scaled with their unit, plain or with an origin") {
  auto root =
      parse("a: 2.5 GHz\nb: {value: 68.25 GB/s, kind: datasheet, source: x}\nc: fast\n", "f");
  const Mark place = root.find("c")->mark;
  scale(root, "a", 2, place);
  scale(root, "b", 0.5, place);
  CHECK(root.find("a")->scalar == "5 GHz");
  CHECK(root.find("b")->find("value")->scalar == "34.125 GB/s");
  CHECK(message_of([&] {
          scale(root, "c", 2, place);
          return 0;
        }) ==
        "f:3:4: error: c is no number that could be multiplied\n    c: fast\n       ^\n"
        "  list values instead of factors");
  CHECK(message_of([&] {
          scale(root, "clock", 2, place);
          return 0;
        }) ==
        "f:3:4: error: clock: there is no 'clock'\n    c: fast\n       ^\n  there is: a, b, c");
}

TEST_CASE("a tree on one line is YAML's flow style") {
  CHECK(flow_text(parse("a: [1, {b: x}]\nc: 2 GHz\n", "f")) == "{a: [1, {b: x}], c: 2 GHz}");
  CHECK(flow_text(parse("fp16\n", "f")) == "fp16");
}

Mark mark_in(const std::string& text, int line, int column) {
  return {std::make_shared<const Source>(Source{"f.yaml", text}), line, column};
}

TEST_CASE("a complaint shows the line, a caret below the column, and the hint if there is one") {
  CHECK(complaint(mark_in("a: 1\nb: 2\nc: 3\n", 2, 4), "wrong", "do this") ==
        "f.yaml:2:4: error: wrong\n    b: 2\n       ^\n  do this");
  CHECK(complaint(mark_in("a: 1\r\nb: 2\r\n", 1, 4), "wrong") ==
        "f.yaml:1:4: error: wrong\n    a: 1\n       ^");
  CHECK(complaint(mark_in("a: 1", 2, 1), "wrong") == "f.yaml:2:1: error: wrong\n    \n    ^");
  CHECK(complaint(Mark{}, "wrong") == "error: wrong");
}

TEST_CASE("the caret stands below its column after tabs and characters of many bytes") {
  CHECK(complaint(mark_in("\ta: 1", 1, 5), "wrong") ==
        "f.yaml:1:5: error: wrong\n    \ta: 1\n    \t   ^");
  CHECK(complaint(mark_in("{\xC2\xB5: 1}", 1, 6), "wrong") ==
        "f.yaml:1:6: error: wrong\n    {\xC2\xB5: 1}\n        ^");
}

TEST_CASE("of a long line the surroundings of the mark are shown") {
  const std::string x(1000, 'x');
  CHECK(complaint(mark_in(x, 1, 3), "wrong") ==
        "f.yaml:1:3: error: wrong\n    " + x.substr(0, 200) + "...\n      ^");
  CHECK(complaint(mark_in(x, 1, 501), "wrong") == "f.yaml:1:501: error: wrong\n    ..." +
                                                      x.substr(0, 200) + "...\n    " +
                                                      std::string(103, ' ') + "^");
  CHECK(complaint(mark_in(x, 1, 1000), "wrong") == "f.yaml:1:1000: error: wrong\n    ..." +
                                                       x.substr(0, 101) + "\n    " +
                                                       std::string(103, ' ') + "^");
}

}  // namespace
}  // namespace roofbeam::config
