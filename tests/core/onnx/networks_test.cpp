// Whole networks: parameters and MACs equal published figures.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

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

// name,parameters,macs[,...] below a header line.
std::vector<Row> read_rows(const fs::path& path) {
  std::ifstream file(path);
  REQUIRE_MESSAGE(file, "cannot open " << path.string());
  std::vector<Row> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string name;
    std::string parameters;
    std::string macs;
    std::getline(fields, name, ',');
    std::getline(fields, parameters, ',');
    std::getline(fields, macs, ',');
    rows.push_back({name, std::stoll(parameters), std::stoll(macs)});
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
  const fs::path folder = fs::path(ROOFBEAM_SOURCE_DIR) / "networks";
  const auto rows = read_rows(folder / "expected.csv");
  CHECK(rows.size() == 66);
  check_all(folder, rows);
}

}  // namespace
}  // namespace roofbeam::onnx
