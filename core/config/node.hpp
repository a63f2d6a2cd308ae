// A YAML file as a plain tree in which every node knows its file, line and column.
//
// Only parse.cpp sees yaml-cpp. The tree is data: variants are merged and `--set` writes into it
// before any schema looks at it, and places survive both.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace roofbeam::config {

// A whole text that was read and the name it is called by in messages (path or "--set").
struct Source {
  std::string name;
  std::string text;
};

// A place in a source; line and column (in bytes) count from 1.
struct Mark {
  std::shared_ptr<const Source> source;
  int line = 1;
  int column = 1;
};

struct Entry;

struct Node {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  Mark mark;
  std::string scalar;          // kind scalar: the text as written, without quotes
  std::vector<Node> items;     // kind list
  std::vector<Entry> entries;  // kind map: in the file's order, keys unique

  // The value under a key, or nullptr if this is not a map or has no such key.
  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] Node* find(std::string_view key);
};

struct Entry {
  std::string key;
  Mark key_mark;
  Node value;
};

// Reads YAML. Throws InputError (syntax, duplicate keys, keys that are not words, anchors, aliases
// and tags, more than one document, nesting beyond 64, text that is empty or beyond 4 MiB), with
// the line and a caret. A value left out (`key:`) is null and has its key's mark.
[[nodiscard]] Node parse(std::string text, std::string name);
[[nodiscard]] Node load(const std::string& path);

// `base` overlaid with `change`: maps merge key by key, anything else is replaced, a number written
// as {value, kind, source} too. Two lists of maps that both name their items (the first of `level`,
// `name` that an item has) merge item by item; items that the base does not have are appended. How
// a variant states only what differs.
[[nodiscard]] Node merge(Node base, const Node& change);

// Writes a value at a dotted path ("memory.DRAM.bandwidth", "engines.cpu.clock",
// "engines.0.cores"). A path steps into maps by key and into lists by the item's `level` or `name`
// (every item of that name), or by index from 0. The value is YAML, so that lists and maps can be
// set. A node written as {value, kind, source} is replaced whole. Throws InputError when a step
// does not exist: names the step, what is there, and the nearest name. The last step of a map may
// be a new key.
void set(Node& root, std::string_view dotted_path, std::string_view value);
// The same with a value out of a file: what is wrong is complained of at its place.
void set(Node& root, std::string_view dotted_path, const Node& value);

// Multiplies the numbers at a dotted path: "68.25 GB/s" times 2 is "136.5 GB/s". Throws InputError,
// at `place`: a step that does not exist, something there that is not a number, or nothing because
// the file leaves it out.
void scale(Node& root, std::string_view dotted_path, double factor, const Mark& place);

// A tree on one line, as YAML's flow style writes it: "{weights: int8, layers: head*}"; what is
// known to come from it as it is written ("fp16") is just that.
[[nodiscard]] std::string flow_text(const Node& node);

// "file:line:column: error: text\n    source line\n    ^\n  hint": a complaint as people see it.
// The hint line is left out when empty; of a very long source line, only the surroundings show.
[[nodiscard]] std::string complaint(const Mark& mark, std::string_view text,
                                    std::string_view hint = {});

}  // namespace roofbeam::config
