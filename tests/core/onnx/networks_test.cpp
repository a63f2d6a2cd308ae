// Whole networks: parameters and MACs equal published figures.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"

namespace roofbeam::onnx {
namespace {

namespace fs = std::filesystem;

struct Row {
  std::string name;
  std::int64_t parameters = 0;
  std::int64_t macs = 0;
};

fs::path networks() { return fs::path(ROOFBEAM_SOURCE_DIR) / "networks"; }

// The fields of every line below the first; quoted text with commas stands only in the last.
std::vector<std::vector<std::string>> fields_of(const fs::path& path) {
  std::ifstream file(path);
  REQUIRE_MESSAGE(file, "cannot open " << path.string());
  std::vector<std::vector<std::string>> lines;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream text(line);
    auto& fields = lines.emplace_back();
    for (std::string field; std::getline(text, field, ',');) fields.push_back(field);
  }
  return lines;
}

// name,parameters,macs[,...] below a header line.
std::vector<Row> read_rows(const fs::path& path) {
  std::vector<Row> rows;
  for (const auto& fields : fields_of(path)) {
    rows.push_back({fields.at(0), std::stoll(fields.at(1)), std::stoll(fields.at(2))});
  }
  return rows;
}

void check_all(const fs::path& folder, const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto sums = totals(import((folder / (row.name + ".onnx")).string()));
    CHECK(sums.parameters == row.parameters);
    CHECK(sums.macs == row.macs);
    CHECK(sums.not_modelled.empty());
    CHECK(sums.not_shaped.empty());
  }
}

TEST_CASE("every bundled network has its published parameters and MACs") {
  const auto rows = read_rows(networks() / "expected.csv");
  CHECK(rows.size() == 143);
  check_all(networks(), rows);
}

TEST_CASE("every name in tables of measurements has one file among the bundled networks") {
  std::set<std::string> seen;
  for (const auto& fields : fields_of(networks() / "aliases.csv")) {
    const auto& name = fields.at(0);
    CAPTURE(name);
    CHECK(fs::exists(networks() / fields.at(1)));
    CHECK(seen.insert(name).second);
  }
  CHECK(seen.size() > 180);
}

}  // namespace
}  // namespace roofbeam::onnx
