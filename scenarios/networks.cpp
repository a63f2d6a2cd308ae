#include "scenarios/networks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "scenarios/csv_table.hpp"

namespace roofbeam {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

}  // namespace

NetworkFolders::NetworkFolders(std::vector<std::string> folders) : folders_(std::move(folders)) {
  for (const std::string& folder : folders_) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
      throw InputError(fmt::format("'{}' is not a folder of networks", folder));
    }
    const fs::path path = fs::path(folder) / "aliases.csv";
    if (!is_file(path)) continue;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const CsvTable table(text.str(), path.string());
    for (const CsvRow& row : table.rows()) {
      const fs::path file = fs::path(folder) / table.cell(row, "file");
      if (is_file(file)) aliases_.emplace(table.cell(row, "network"), file.string());
    }
  }
}

std::string NetworkFolders::find(const std::string& network) const {
  if (network.ends_with(".onnx") && is_file(network)) return network;
  for (const std::string& folder : folders_) {
    const fs::path path = fs::path(folder) / (network + ".onnx");
    if (is_file(path)) return path.string();
  }
  const auto alias = aliases_.find(network);
  return alias == aliases_.end() ? "" : alias->second;
}

std::string NetworkFolders::complaint(const std::string& network) const {
  std::vector<std::string> known;
  for (const std::string& folder : folders_) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".onnx") continue;
      known.push_back(entry.path().lexically_relative(folder).replace_extension().string());
    }
  }
  for (const auto& [alias, file] : aliases_) known.push_back(alias);
  const auto near = nearest(network, known);
  return fmt::format("network '{}' is in none of the folders ({}){}", network,
                     fmt::join(folders_, ", "),
                     near ? fmt::format("; did you mean '{}'?", *near) : "");
}

}  // namespace roofbeam
