#include "scenarios/networks_of.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

#include "core/config/reader.hpp"
#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/readers/readers.hpp"
#include "scenarios/text_file.hpp"

namespace roofbeam {
namespace {

namespace fs = std::filesystem;
using Cell = CsvRows::Cell;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

std::optional<std::size_t> column(const std::vector<Cell>& header, std::string_view name,
                                  config::Complaints& complaints) {
  const auto found = std::ranges::find(header, name, &Cell::text);
  if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
  complaints.add(header.front().mark, fmt::format("column '{}' is missing", name),
                 "the header must be: network,file");
  return std::nullopt;
}

class AliasReader {
 public:
  explicit AliasReader(const std::string& path)
      : folder_(fs::path(path).parent_path()), rows_(read_text(path)) {}

  std::map<std::string, std::string> read() {
    std::vector<Cell> cells;
    if (rows_.next(cells)) read_header(cells);
    complaints_.throw_if_any();
    while (rows_.next(cells)) read_row(cells);
    complaints_.throw_if_any();
    return std::move(aliases_);
  }

 private:
  void read_header(const std::vector<Cell>& header) {
    network_ = column(header, "network", complaints_).value_or(0);
    file_ = column(header, "file", complaints_).value_or(0);
  }

  void read_row(const std::vector<Cell>& cells) {
    const auto& mark = cells.front().mark;
    if (cells.size() <= std::max(network_, file_) || cells[network_].text.empty() ||
        cells[file_].text.empty()) {
      complaints_.add(mark, "a network and its file were expected");
      return;
    }
    const auto path = (folder_ / cells[file_].text).lexically_normal().string();
    if (aliases_.emplace(cells[network_].text, path).second) return;
    complaints_.add(mark, fmt::format("network '{}' stands here twice", cells[network_].text),
                    "keep one of them");
  }

  fs::path folder_;
  CsvRows rows_;
  std::size_t network_ = 0;
  std::size_t file_ = 0;
  config::Complaints complaints_;
  std::map<std::string, std::string> aliases_;
};

// Names of the *.onnx files in and below a folder; of a folder that is huge, of the first of them.
void add_names(const std::string& folder, std::vector<std::string>& names) {
  constexpr int kMostEntries = 10'000;
  std::error_code error;
  auto entry = fs::recursive_directory_iterator(
      folder, fs::directory_options::skip_permission_denied, error);
  for (int seen = 0; !error && entry != fs::end(entry) && seen < kMostEntries; ++seen) {
    if (entry->path().extension() == ".onnx") {
      names.push_back(
          entry->path().lexically_relative(folder).replace_extension().generic_string());
    }
    entry.increment(error);
  }
}

std::vector<std::string> known_names(const NetworkPlaces& places) {
  std::vector<std::string> names;
  for (const auto& [alias, path] : places.aliases) names.push_back(alias);
  for (const auto& folder : places.folders) add_names(folder, names);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<std::string> nearest_few(const std::string& name, std::vector<std::string> names) {
  constexpr std::size_t kFew = 3;
  std::vector<std::string> few;
  while (few.size() < kFew) {
    const auto near = nearest(name, names);
    if (!near) break;
    few.push_back(*near);
    std::erase(names, *near);
  }
  return few;
}

std::string advice(const std::string& name, const NetworkPlaces& places) {
  const auto names = known_names(places);
  const auto few = nearest_few(name, names);
  if (!few.empty()) return fmt::format("did you mean '{}'?", fmt::join(few, "' or '"));
  if (places.folders.empty()) return "state the path of its ONNX file";
  return fmt::format("add '{}.onnx' to {}, or state the path of its ONNX file", name,
                     fmt::join(places.folders, " or "));
}

}  // namespace

std::map<std::string, std::string> read_aliases(const std::string& path) {
  return AliasReader(path).read();
}

std::string resolve_network(const std::string& name, const NetworkPlaces& places) {
  if (const auto alias = places.aliases.find(name); alias != places.aliases.end()) {
    if (is_file(alias->second)) return alias->second;
    throw InputError(fmt::format("network '{}' is '{}', which does not exist\n  correct its alias",
                                 name, alias->second));
  }
  if (!name.empty() && is_file(name)) return name;
  for (const auto& folder : places.folders) {
    const auto path = fs::path(folder) / (name + ".onnx");
    if (!name.empty() && is_file(path)) return path.string();
  }
  throw InputError(fmt::format("no ONNX file for network '{}'\n  {}", name, advice(name, places)));
}

}  // namespace roofbeam
