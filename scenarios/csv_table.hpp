// A CSV file with a header, after RFC 4180: quoted cells may hold commas, quotes and line ends.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace roofbeam {

struct CsvRow {
  int line = 1;  // where it starts, from 1
  std::vector<std::string> cells;
};

class CsvTable {
 public:
  // `name` is what messages call the file. Throws InputError: an open quote, a row with more cells
  // than the header, a header that names a column twice, no header.
  CsvTable(std::string_view text, std::string name);

  [[nodiscard]] const std::vector<CsvRow>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] bool has(std::string_view column) const;
  // The cell of a row under a column, without blanks around it; "" where there is none.
  [[nodiscard]] std::string cell(const CsvRow& row, std::string_view column) const;
  [[nodiscard]] std::string place(const CsvRow& row) const;  // "file:12"

 private:
  std::string name_;
  std::vector<std::string> header_;
  std::vector<CsvRow> rows_;
};

}  // namespace roofbeam
