// The only file that knows yaml-cpp.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <unordered_map>

#include "core/config/node.hpp"
#include "core/input_error.hpp"
#include "core/quantity/text.hpp"

namespace roofbeam::config {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostBytes = 4 << 20;

// yaml-cpp counts from 0, and -1 is nowhere.
Mark place(const std::shared_ptr<const Source>& source, const YAML::Mark& mark) {
  return {source, std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1};
}

// Builds our tree out of yaml-cpp's events.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (has_document_) {
      fail(at(mark), "a second document begins here",
           "write one document a file: no '---' inside, no keys beside a list");
    }
    has_document_ = true;
  }
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
  // A list or map that is not finished; of a map, the lines of its keys and the key whose value
  // comes next.
  struct Open {
    Node node;
    std::unordered_map<std::string, int> key_lines;
    std::optional<Entry> next;
  };

  [[nodiscard]] Mark at(const YAML::Mark& mark) const { return place(source_, mark); }
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
    open_.push_back({leaf(kind, mark), {}, {}});
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
    } else if (!open_.back().next) {
      add_key(open_.back(), std::move(node));
    } else {
      add_entry(open_.back(), std::move(node));
    }
  }

  void add_key(Open& map, Node key) const {
    if (key.kind != Node::Kind::scalar) fail(key.mark, "a key must be a word", "");
    const auto [first, is_new] = map.key_lines.emplace(key.scalar, key.mark.line);
    if (!is_new) {
      fail(key.mark, fmt::format("key '{}' stands here twice", key.scalar),
           fmt::format("it was first given in line {}; keep one of them", first->second));
    }
    map.next = Entry{std::move(key.scalar), key.mark, {}};
  }

  // yaml-cpp marks a value that was left out with the place of what comes next, if with any.
  static void add_entry(Open& map, Node value) {
    if (value.kind == Node::Kind::null) value.mark = map.next->key_mark;
    map.next->value = std::move(value);
    map.node.entries.push_back(std::move(*map.next));
    map.next.reset();
  }

  std::shared_ptr<const Source> source_;
  bool has_document_ = false;
  Node root_;
  std::vector<Open> open_;
};

std::string read_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    throw InputError(fmt::format("{}: error: is a directory; a YAML file was expected", path));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw InputError(fmt::format("{}: error: cannot be opened: {}", path, std::strerror(errno)));
  }
  std::string text(kMostBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) {
    throw InputError(fmt::format("{}: error: cannot be read: {}", path, std::strerror(errno)));
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  text.shrink_to_fit();
  return text;
}

void refuse_size(const std::string& text, const std::string& name) {
  if (text.size() <= kMostBytes) return;
  throw InputError(fmt::format("{}: error: is larger than {} bytes, the most that is read", name,
                               grouped(static_cast<long long>(kMostBytes))));
}

// What to do about the commonest of yaml-cpp's messages.
std::string_view remedy(std::string_view message) {
  struct Remedy {
    std::string_view message;
    std::string_view text;
  };
  const std::array remedies = {
      Remedy{YAML::ErrorMsg::END_OF_SEQ_FLOW, "close the list with ']'"},
      Remedy{YAML::ErrorMsg::END_OF_MAP_FLOW, "close the map with '}'"},
      Remedy{YAML::ErrorMsg::EOF_IN_SCALAR, "close the quotes"},
      Remedy{YAML::ErrorMsg::MAP_VALUE, "align the keys; put a text that holds ': ' in quotes"},
      Remedy{YAML::ErrorMsg::UNKNOWN_TOKEN, "put the text in quotes"},
      Remedy{YAML::ErrorMsg::UNKNOWN_ANCHOR, "put the text in quotes; there are no aliases here"},
      Remedy{YAML::ErrorMsg::BLOCK_ENTRY, "indent with spaces, and the items of a list alike"},
  };
  const auto* found = std::find_if(remedies.begin(), remedies.end(),
                                   [&](const Remedy& each) { return each.message == message; });
  return found == remedies.end() ? "" : found->text;
}

void read_documents(const Source& source, Builder& builder) {
  std::istringstream stream(source.text);
  YAML::Parser parser(stream);
  if (!parser.HandleNextDocument(builder)) {
    throw InputError(fmt::format("{}: error: is empty; YAML was expected", source.name));
  }
  while (parser.HandleNextDocument(builder)) {
  }
}

}  // namespace

Node parse(std::string text, std::string name) {
  refuse_size(text, name);
  const auto source = std::make_shared<const Source>(Source{std::move(name), std::move(text)});
  Builder builder(source);
  try {
    read_documents(*source, builder);
  } catch (const YAML::Exception& error) {
    throw InputError(complaint(place(source, error.mark), error.msg, remedy(error.msg)));
  }
  return builder.take();
}

Node load(const std::string& path) { return parse(read_file(path), path); }

}  // namespace roofbeam::config
