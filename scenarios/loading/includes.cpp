#include "scenarios/loading/includes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "core/input_error.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {
namespace {

using config::Node;

constexpr std::size_t kMostIncluded = 16;

Node merged(std::vector<std::string>& chain) {
  Node node = config::load(chain.back());
  const Node* include = node.find("include");
  if (include == nullptr || include->kind != Node::Kind::list) return node;
  Node base;
  for (const Node& word : include->items) {
    if (word.kind != Node::Kind::scalar) {
      throw InputError(config::complaint(word.mark, "include: expected the path of a file"));
    }
    const std::string path = seen_from(word.scalar, word.mark);
    if (std::ranges::find(chain, path) != chain.end()) {
      throw InputError(
          config::complaint(word.mark, "include: comes back to where it was",
                            fmt::format("{} includes {}", fmt::join(chain, " includes "), path)));
    }
    if (chain.size() == kMostIncluded) {
      throw InputError(config::complaint(
          word.mark, fmt::format("include: more than {} files deep", kMostIncluded)));
    }
    chain.push_back(path);
    Node included = merged(chain);
    chain.pop_back();
    base = base.kind == Node::Kind::null ? std::move(included)
                                         : config::merge(std::move(base), included);
  }
  return base.kind == Node::Kind::null ? node : config::merge(std::move(base), node);
}

}  // namespace

std::string seen_from(const std::string& path, const config::Mark& mark) {
  if (mark.source == nullptr || std::filesystem::path(path).is_absolute()) return path;
  const auto folder = std::filesystem::path(mark.source->name).parent_path();
  return (folder / path).lexically_normal().string();
}

Node load_with_includes(const std::string& path) {
  std::vector<std::string> chain = {path};
  return merged(chain);
}

Scenario load_scenario(const std::string& path) { return read_scenario(load_with_includes(path)); }

}  // namespace roofbeam
