#include "platforms/catalog.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/runtime.hpp"
#include "platforms/words.hpp"

namespace roofbeam {
namespace {

bool is_path(std::string_view name) {
  return name.find('/') != name.npos || name.ends_with(".yaml") || name.ends_with(".yml");
}

const EmbeddedFile* find(const Catalog& catalog, std::string_view name) {
  const auto found = std::ranges::find(catalog.files, name, &EmbeddedFile::name);
  return found == catalog.files.end() ? nullptr : &*found;
}

std::string what_there_is(const Catalog& catalog, std::string_view wanted) {
  const std::vector<std::string> known = names(catalog);
  const auto near = nearest(wanted, known);
  return fmt::format("{}the catalogue has {}; a file needs a '/' or the ending .yaml",
                     near ? fmt::format("did you mean '{}'? ", *near) : "", join(known));
}

config::Node parse_one(const Catalog& catalog, const std::string& name_or_path) {
  if (is_path(name_or_path)) return config::load(name_or_path);
  const std::string name = fmt::format("{}/{}.yaml", catalog.folder, name_or_path);
  return config::parse(text(catalog, name_or_path), name);
}

// The base as seen from the file that extends it.
std::string resolve(const std::string& base, const std::string& extending) {
  if (!is_path(base) || !is_path(extending)) return base;
  return (std::filesystem::path(extending).parent_path() / base).lexically_normal().string();
}

// `chain` holds every file from the first down to this one.
config::Node merged(const Catalog& catalog, std::vector<std::string>& chain) {
  config::Node node = parse_one(catalog, chain.back());
  const config::Node* extends = node.find("extends");
  if (extends == nullptr || extends->kind != config::Node::Kind::scalar) return node;

  const std::string base = resolve(extends->scalar, chain.back());
  if (std::ranges::find(chain, base) != chain.end()) {
    chain.push_back(base);
    throw InputError(config::complaint(extends->mark,
                                       "extends: the chain comes back to where it was",
                                       fmt::format("{}", fmt::join(chain, " extends "))));
  }
  if (!is_path(base) && find(catalog, base) == nullptr) {
    throw InputError(config::complaint(extends->mark,
                                       fmt::format("extends: unknown {} '{}'", catalog.kind, base),
                                       what_there_is(catalog, base)));
  }
  chain.push_back(base);
  return config::merge(merged(catalog, chain), node);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    const std::string reason = std::filesystem::is_directory(path)
                                   ? "it is a directory"
                                   : std::generic_category().message(errno);
    throw InputError(fmt::format("cannot read '{}': {}", path, reason));
  }
  return text.str();
}

}  // namespace

Catalog platform_catalog() { return {"platform", "catalog", embedded_platforms()}; }
Catalog runtime_catalog() { return {"runtime", "runtimes", embedded_runtimes()}; }

std::vector<std::string> names(const Catalog& catalog) {
  std::vector<std::string> all;
  for (const EmbeddedFile& file : catalog.files) all.emplace_back(file.name);
  return all;
}

std::string text(const Catalog& catalog, const std::string& name_or_path) {
  if (is_path(name_or_path)) return read_file(name_or_path);
  if (const EmbeddedFile* file = find(catalog, name_or_path)) return std::string(file->text);
  throw InputError(fmt::format("unknown {} '{}': {}", catalog.kind, name_or_path,
                               what_there_is(catalog, name_or_path)));
}

config::Node tree(const Catalog& catalog, const std::string& name_or_path,
                  const std::vector<Setting>& settings) {
  std::vector<std::string> chain = {name_or_path};
  config::Node root = merged(catalog, chain);
  for (const Setting& setting : settings) config::set(root, setting.path, setting.value);
  return root;
}

std::vector<std::string> catalog_platforms() { return names(platform_catalog()); }
std::vector<std::string> catalog_runtimes() { return names(runtime_catalog()); }

std::string platform_text(const std::string& name_or_path) {
  return text(platform_catalog(), name_or_path);
}

std::string runtime_text(const std::string& name_or_path) {
  return text(runtime_catalog(), name_or_path);
}

Platform load_platform(const std::string& name_or_path, const std::vector<Setting>& settings) {
  return read_platform(tree(platform_catalog(), name_or_path, settings));
}

Runtime load_runtime(const std::string& name_or_path, const std::vector<Setting>& settings) {
  return read_runtime(tree(runtime_catalog(), name_or_path, settings));
}

}  // namespace roofbeam
