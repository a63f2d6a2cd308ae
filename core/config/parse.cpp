// The only file that knows yaml-cpp.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/config/node.hpp"
#include "core/input_error.hpp"

namespace roofbeam::config {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostBytes = 4 << 20;

// Builds our tree out of yaml-cpp's events.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override { root_.mark = at(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add(leaf(Node::Kind::null, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { throw_no_alias(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    auto node = leaf(Node::Kind::scalar, mark);
    node.scalar = value;
    const bool is_null = tag == "?" && (value.empty() || value == "~" || value == "null");
    if (is_null) node.kind = Node::Kind::null;
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  // A list or map that is not finished; in a map, the key whose value comes next.
  struct Open {
    Node node;
    std::string key;
    Mark key_mark;
    bool has_key = false;
  };

  [[nodiscard]] Mark at(const YAML::Mark& mark) const {
    return {source_, mark.line + 1, mark.column + 1};
  }
  [[noreturn]] void fail(const Mark& mark, std::string_view text, std::string_view hint) const {
    throw InputError(complaint(mark, text, hint));
  }
  [[noreturn]] void throw_no_alias(const YAML::Mark& mark) const {
    fail(at(mark), "anchors and aliases are not supported", "write the value out");
  }
  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor != 0) throw_no_alias(mark);
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag.empty() || tag == "?" || tag == "!") return;
    fail(at(mark), fmt::format("tag '{}' is not supported", tag), "leave the tag out");
  }

  [[nodiscard]] Node leaf(Node::Kind kind, const YAML::Mark& mark) const {
    Node node;
    node.kind = kind;
    node.mark = at(mark);
    return node;
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (open_.size() == kDeepest) {
      fail(at(mark), fmt::format("nested deeper than {} levels", kDeepest), "");
    }
    open_.push_back({leaf(kind, mark), {}, {}, false});
  }

  void close() {
    auto node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (open_.back().node.kind == Node::Kind::list) {
      open_.back().node.items.push_back(std::move(node));
    } else if (!open_.back().has_key) {
      add_key(open_.back(), std::move(node));
    } else {
      auto& map = open_.back();
      map.node.entries.push_back({std::move(map.key), map.key_mark, std::move(node)});
      map.has_key = false;
    }
  }

  void add_key(Open& map, Node key) const {
    if (key.kind != Node::Kind::scalar) fail(key.mark, "a key must be a word", "");
    for (const auto& entry : map.node.entries) {
      if (entry.key != key.scalar) continue;
      fail(key.mark, fmt::format("key '{}' stands here twice", key.scalar),
           fmt::format("it was first given in line {}; keep one of them", entry.key_mark.line));
    }
    map.key = std::move(key.scalar);
    map.key_mark = key.mark;
    map.has_key = true;
  }

  std::shared_ptr<const Source> source_;
  Node root_;
  std::vector<Open> open_;
};

std::string read_file(const std::string& path) {
  if (std::filesystem::is_directory(path)) {
    throw InputError(fmt::format("{}: error: is a directory; a YAML file was expected", path));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw InputError(fmt::format("{}: error: cannot be opened: {}", path, std::strerror(errno)));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

}  // namespace

Node parse(std::string text, std::string name) {
  if (text.size() > kMostBytes) {
    throw InputError(
        fmt::format("{}: error: has {} bytes; at most {} are read", name, text.size(), kMostBytes));
  }
  const auto source = std::make_shared<const Source>(Source{std::move(name), std::move(text)});
  Builder builder(source);
  try {
    std::istringstream stream(source->text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      throw InputError(fmt::format("{}: error: is empty", source->name));
    }
    Builder second(source);
    if (parser.HandleNextDocument(second)) {
      throw InputError(complaint(second.take().mark, "a second document begins here",
                                 "write one document a file, without '---' inside"));
    }
  } catch (const YAML::Exception& error) {
    const Mark mark{source, error.mark.line + 1, error.mark.column + 1};
    throw InputError(complaint(mark, error.msg));
  }
  return builder.take();
}

Node load(const std::string& path) { return parse(read_file(path), path); }

}  // namespace roofbeam::config
