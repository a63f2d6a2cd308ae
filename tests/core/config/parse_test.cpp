#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "core/config/node.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::config {
namespace {

using testing::message_of;

std::string place(const Mark& mark) {
  return std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

// "1:1 {a@1:1 1:4 x}": every node and key with its place.
std::string outline(const Node& node) {
  std::string text = place(node.mark) + " ";
  if (node.kind == Node::Kind::null) return text + "~";
  if (node.kind == Node::Kind::scalar) return text + node.scalar;
  for (const auto& item : node.items) text += "[" + outline(item) + "]";
  for (const auto& [key, key_mark, value] : node.entries) {
    text += "{" + key + "@" + place(key_mark) + " " + outline(value) + "}";
  }
  return text;
}

struct Row {
  std::string yaml;
  std::string expected;
};

TEST_CASE("every scalar, key, list and map has its place") {
  const std::vector<Row> rows = {
      {"a: 1\nb:\n  c: x y\n", "1:1 {a@1:1 1:4 1}{b@2:1 3:3 {c@3:3 3:6 x y}}"},
      {"a: [1, two]", "1:1 {a@1:1 1:4 [1:5 1][1:8 two]}"},
      {"a:\n  - 1\n  - {b: 2}", "1:1 {a@1:1 2:3 [2:5 1][3:5 {b@3:6 3:9 2}]}"},
      {"34 GB/s", "1:1 34 GB/s"},
      {"a: [] # none\nb: {}", "1:1 {a@1:1 1:4 }{b@2:1 2:4 }"},
      {"a: 'it''s'\nb: \"x\\ty\"", "1:1 {a@1:1 1:4 it's}{b@2:1 2:4 x\ty}"},
      {"%YAML 1.2\n---\na: 1\n...\n", "3:1 {a@3:1 3:4 1}"},
      {"a: 1\r\nb: 2\r\n", "1:1 {a@1:1 1:4 1}{b@2:1 2:4 2}"},
      {"a: ! 3", "1:1 {a@1:1 1:4 3}"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.yaml);
    CHECK(outline(parse(row.yaml, "f.yaml")) == row.expected);
  }
}

TEST_CASE("a value left out is null, at its key; a quoted one is a text") {
  const std::vector<Row> rows = {
      {"a:\nb: 1\nc:", "1:1 {a@1:1 1:1 ~}{b@2:1 2:4 1}{c@3:1 3:1 ~}"},
      {"{a: , b}", "1:1 {a@1:2 1:2 ~}{b@1:7 1:7 ~}"},
      {"[null, 'null', '']", "1:1 [1:2 ~][1:8 null][1:16 ]"},
      {"~", "1:1 ~"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.yaml);
    CHECK(outline(parse(row.yaml, "f.yaml")) == row.expected);
  }
}

TEST_CASE("YAML that Roofbeam does not read is refused with line, caret and remedy") {
  const std::vector<Row> rows = {
      {"a: 1\nb: 2\na: 3\n", R"(f.yaml:3:1: error: key 'a' stands here twice
    a: 3
    ^
  it was first given in line 1; keep one of them)"},
      {"m: {x: 1, \"x\": 2}", R"(f.yaml:1:11: error: key 'x' stands here twice
    m: {x: 1, "x": 2}
              ^
  it was first given in line 1; keep one of them)"},
      {"a: {x: 1}\nb:\n  x: 2\n  y: 3\n  x: 4", R"(f.yaml:5:3: error: key 'x' stands here twice
      x: 4
      ^
  it was first given in line 3; keep one of them)"},
      {"a: &x\nb: 1\n", R"(f.yaml:1:4: error: anchors and aliases are not supported
    a: &x
       ^
  write the value out)"},
      {"a: &x [1]\n", R"(f.yaml:1:4: error: anchors and aliases are not supported
    a: &x [1]
       ^
  write the value out)"},
      {"a: &x 1\nb: *x\n", R"(f.yaml:1:4: error: anchors and aliases are not supported
    a: &x 1
       ^
  write the value out)"},
      {"files: *.cpp", R"(f.yaml:1:8: error: the referenced anchor is not defined
    files: *.cpp
           ^
  put the text in quotes; there are no aliases here)"},
      {"a: !!int 3", R"(f.yaml:1:4: error: tag 'tag:yaml.org,2002:int' is not supported
    a: !!int 3
       ^
  leave the tag out)"},
      {"a: !list [1]", R"(f.yaml:1:4: error: tag '!list' is not supported
    a: !list [1]
       ^
  leave the tag out)"},
      {"a: 1\n---\nb: 2\n", R"(f.yaml:2:1: error: a second document begins here
    ---
    ^
  write one document a file: no '---' inside, no keys beside a list)"},
      {"- a\nb: 1\n", R"(f.yaml:2:1: error: a second document begins here
    b: 1
    ^
  write one document a file: no '---' inside, no keys beside a list)"},
      {"--- a\n...\n--- b\n", R"(f.yaml:3:1: error: a second document begins here
    --- b
    ^
  write one document a file: no '---' inside, no keys beside a list)"},
      {"{{a: 1}: 2}", R"(f.yaml:1:2: error: a key must be a word
    {{a: 1}: 2}
     ^)"},
      {"{[1]: 2}", R"(f.yaml:1:2: error: a key must be a word
    {[1]: 2}
     ^)"},
      {"~: 1", R"(f.yaml:1:1: error: a key must be a word
    ~: 1
    ^)"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.yaml);
    CHECK(message_of([&] { return parse(row.yaml, "f.yaml"); }) == row.expected);
  }
}

TEST_CASE("a syntax error is shown in the line") {
  const std::vector<Row> rows = {
      {"a: [1, 2\nb: 3\n", R"(f.yaml:2:2: error: end of sequence flow not found
    b: 3
     ^
  close the list with ']')"},
      {"{b: 1\nc", R"(f.yaml:2:1: error: end of map flow not found
    c
    ^
  close the map with '}')"},
      {"a: 'x", R"(f.yaml:1:6: error: illegal EOF in scalar
    a: 'x
         ^
  close the quotes)"},
      {"a: b: c", R"(f.yaml:1:5: error: illegal map value
    a: b: c
        ^
  align the keys; put a text that holds ': ' in quotes)"},
      {"a: @x", R"(f.yaml:1:4: error: unknown token
    a: @x
       ^
  put the text in quotes)"},
      {"a:\n\t- 1",
       "f.yaml:2:2: error: illegal block entry\n    \t- 1\n    \t^\n"
       "  indent with spaces, and the items of a list alike"},
      {"a: }", R"(f.yaml:1:4: error: illegal flow end
    a: }
       ^)"},
      {"a: 1\n  b: 2", R"(f.yaml:2:4: error: illegal map value
      b: 2
       ^
  align the keys; put a text that holds ': ' in quotes)"},
      {"", "f.yaml: error: is empty; YAML was expected"},
      {"# nothing but words\n\n", "f.yaml: error: is empty; YAML was expected"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.yaml);
    CHECK(message_of([&] { return parse(row.yaml, "f.yaml"); }) == row.expected);
  }
}

std::string nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

// So many maps within each other: "k: ", and deeper below.
std::string nested_maps(std::size_t levels) {
  std::string text;
  for (std::size_t i = 0; i < levels; ++i) text += std::string(i, ' ') + "k:\n";
  return text;
}

TEST_CASE("64 levels are read, 65 are not") {
  CHECK(parse(nested_maps(64), "f.yaml").kind == Node::Kind::map);
  CHECK(message_of([] { return parse(nested_maps(65), "f.yaml"); }) ==
        "f.yaml:65:65: error: nested deeper than 64 levels\n    " + std::string(64, ' ') +
            "k:\n    " + std::string(64, ' ') + "^");
  CHECK(parse(nested(64), "f.yaml").kind == Node::Kind::list);
  CHECK(message_of([] { return parse(nested(65), "f.yaml"); }) ==
        "f.yaml:1:65: error: nested deeper than 64 levels\n    " + nested(65) + "\n    " +
            std::string(64, ' ') + "^");
  CHECK(message_of([] {
          return parse(nested(100000), "f.yaml");
        }).starts_with("f.yaml:1:65: error: nested deeper than 64 levels\n"));
}

// One scalar of so many bytes.
std::string scalar_of(std::size_t size) { return std::string(size, 'x'); }

TEST_CASE("4 MiB are read, a byte more is not") {
  constexpr std::size_t kMost = 4194304;
  CHECK(parse(scalar_of(kMost), "f.yaml").scalar.size() == kMost);
  CHECK(message_of([] { return parse(scalar_of(kMost + 1), "f.yaml"); }) ==
        "f.yaml: error: is larger than 4,194,304 bytes, the most that is read");
}

TEST_CASE("a hundred thousand keys take no time worth mentioning") {
  std::string yaml;
  for (int i = 0; i < 100000; ++i) yaml += "key" + std::to_string(i) + ": 1\n";
  CHECK(parse(yaml, "f.yaml").entries.size() == 100000);
}

// A file that lives as long as the test.
class File {
 public:
  explicit File(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              ("roofbeam_parse_test_" + std::to_string(std::random_device{}()) + ".yaml")) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~File() { std::filesystem::remove(path_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST_CASE("a file is read under its path") {
  const File file("clock: 480 MHz\n");
  const auto node = load(file.path());
  CHECK(node.find("clock")->scalar == "480 MHz");
  CHECK(node.mark.source->name == file.path());
}

TEST_CASE("a file that cannot be read says why") {
  const auto missing = [](const std::string& path) {
    return path + ": error: cannot be opened: No such file or directory";
  };
  CHECK(message_of([] { return load("no/such/file.yaml"); }) == missing("no/such/file.yaml"));
  CHECK(message_of([] { return load(""); }) == missing(""));
  const std::string long_path(5000, 'x');
  CHECK(message_of([&] { return load(long_path); }) ==
        long_path + ": error: cannot be opened: File name too long");
  const auto folder = std::filesystem::temp_directory_path().string();
  CHECK(message_of([&] { return load(folder); }) ==
        folder + ": error: is a directory; a YAML file was expected");
  const File large(scalar_of(4194305));
  CHECK(message_of([&] { return load(large.path()); }) ==
        large.path() + ": error: is larger than 4,194,304 bytes, the most that is read");
  const File empty("");
  CHECK(message_of([&] { return load(empty.path()); }) ==
        empty.path() + ": error: is empty; YAML was expected");
}

}  // namespace
}  // namespace roofbeam::config
