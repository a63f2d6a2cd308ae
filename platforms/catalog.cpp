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
#include "platforms/cores.hpp"
#include "platforms/runtime.hpp"

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
  const auto near = nearest(wanted, names(catalog));
  return fmt::format("{}'{}' names all; a file needs a '/' or the ending .yaml",
                     near ? fmt::format("did you mean '{}'? ", *near) : "", catalog.list);
}

config::Node parse_one(const Catalog& catalog, const std::string& name_or_path) {
  if (is_path(name_or_path)) return config::load(name_or_path);
  const std::string name = fmt::format("{}/{}.yaml", catalog.folder, name_or_path);
  return config::parse(text(catalog, name_or_path), name);
}

// What a word of a file names, as seen from there.
std::string resolve(const std::string& name, const std::string& naming) {
  if (!is_path(name) || !is_path(naming)) return name;
  return (std::filesystem::path(naming).parent_path() / name).lexically_normal().string();
}

void check_known(const Catalog& catalog, std::string_view key, const config::Node& word) {
  if (is_path(word.scalar) || find(catalog, word.scalar) != nullptr) return;
  throw InputError(config::complaint(
      word.mark, fmt::format("{}: unknown {} '{}'", key, catalog.kind, word.scalar),
      what_there_is(catalog, word.scalar)));
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
  check_known(catalog, "extends", *extends);
  chain.push_back(base);
  return config::merge(merged(catalog, chain), node);
}

// "engines.cpu.core": to be written before that core's file is read.
bool sets_core(const Setting& setting) {
  return setting.path.starts_with("engines.") && setting.path.ends_with(".core");
}

void apply(config::Node& root, const Setting& setting) {
  if (setting.times) {
    config::scale(root, setting.path, *setting.times,
                  setting.node ? setting.node->mark : config::Mark{});
  } else if (setting.node) {
    config::set(root, setting.path, *setting.node);
  } else {
    config::set(root, setting.path, setting.value);
  }
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

Catalog platform_catalog() {
  return {"platform", "catalog", "roofbeam platforms list", embedded_platforms()};
}
Catalog core_catalog() { return {"core", "cores", "roofbeam platforms cores", embedded_cores()}; }
Catalog runtime_catalog() {
  return {"runtime", "runtimes", "roofbeam runtimes list", embedded_runtimes()};
}

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
  for (const Setting& setting : settings) {
    if (sets_core(setting)) apply(root, setting);
  }
  root = with_cores(std::move(root));
  for (const Setting& setting : settings) {
    if (!sets_core(setting)) apply(root, setting);
  }
  return root;
}

config::Node tree_named_by(const config::Node& word, std::string_view key, const Catalog& catalog) {
  check_known(catalog, key, word);
  std::vector<std::string> chain = {resolve(word.scalar, word.mark.source->name)};
  return merged(catalog, chain);
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
