#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/config/reader.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/readers/readers.hpp"
#include "scenarios/readers/scan.hpp"

namespace roofbeam::readers {
namespace {

using Cell = CsvRows::Cell;
using config::Complaints;

constexpr std::size_t kMostRows = 200'000;

struct Words {
  std::string_view column;
  std::string Measurement::*member;
};
constexpr std::array kWords = {
    Words{"network", &Measurement::network},
    Words{"width", &Measurement::width},
    Words{"resolution", &Measurement::resolution},
    Words{"device", &Measurement::device},
    Words{"core", &Measurement::core},
    Words{"platform", &Measurement::platform},
    Words{"engine", &Measurement::engine},
    Words{"runtime", &Measurement::runtime},
    Words{"runtime_version", &Measurement::runtime_version},
    Words{"precision", &Measurement::precision},
    Words{"latency_kind", &Measurement::latency_kind},
    Words{"source", &Measurement::source},
    Words{"source_date", &Measurement::date},
    Words{"notes", &Measurement::notes},
};

// A number in the column's unit as the quantity it is.
struct Number {
  std::string_view column;
  void (*write)(Measurement& row, double value);
};
constexpr std::array kNumbers = {
    Number{"latency_ms", [](auto& row, double ms) { row.latency = Seconds::from_si(ms / 1e3); }},
    Number{"energy_mj", [](auto& row, double mj) { row.energy = Joules::from_si(mj / 1e3); }},
    Number{"peak_ram_kb", [](auto& row, double kb) { row.peak_ram = Bytes::from_si(kb * 1024); }},
    Number{"flash_kb", [](auto& row, double kb) { row.flash = Bytes::from_si(kb * 1024); }},
};

constexpr std::string_view kClock = "clock_mhz";

// The clocks of a cluster ("3700-4500", "2960/2420") are numbers, but not one.
bool is_several_numbers(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  const auto between = text.find_first_of("-/");
  return text.size() <= kLongest && between != text.npos && whole_number(text.substr(0, between)) &&
         (whole_number(text.substr(between + 1)) || is_several_numbers(text.substr(between + 1)));
}

class Reader {
 public:
  explicit Reader(const Text& text) : text_(text), rows_(text) {}

  Measurements read() {
    (void)rows_.next(header_);
    check_header();
    complaints_.throw_if_any();
    std::vector<Cell> cells;
    while (rows_.next(cells)) read_row(cells);
    complaints_.throw_if_any();
    add_remarks();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool has(std::string_view column) const {
    return std::ranges::find(header_, column, &Cell::text) != header_.end();
  }

  void check_header() {
    const auto& first = header_.front();
    if (header_.size() == 1 && first.text.find(';') != std::string::npos) {
      complaints_.add(first.mark, "semicolons stand between the columns",
                      "separate columns by commas, and write numbers with a point");
      return;
    }
    for (auto cell = header_.begin(); cell != header_.end(); ++cell) {
      if (cell->text.empty()) continue;
      if (std::ranges::find(header_.begin(), cell, cell->text, &Cell::text) == cell) continue;
      complaints_.add(cell->mark, fmt::format("column '{}' stands here twice", cell->text),
                      "keep one of them");
    }
    if (!has("network")) {
      complaints_.add(first.mark, "column 'network' is missing",
                      "add it, with the networks' names");
    }
    if (!has("latency_ms") && !has("energy_mj")) {
      complaints_.add(first.mark, "columns 'latency_ms' and 'energy_mj' are both missing",
                      "add one of them");
    }
  }

  void read_row(const std::vector<Cell>& cells) {
    if (result_.rows.size() == kMostRows) {
      complaints_.add(cells.front().mark, fmt::format("more than {} rows", kMostRows),
                      "split the file");
      complaints_.throw_if_any();
    }
    if (cells.size() != header_.size()) {
      complaints_.add(
          cells.front().mark,
          fmt::format("this row has {} cells, the header has {}", cells.size(), header_.size()),
          "put a text that holds a comma in quotes");
      return;
    }
    Measurement row;
    const int line = cells.front().mark.line;
    row.place = place(text_, line);
    for (std::size_t i = 0; i < cells.size(); ++i) read_cell(row, header_[i].text, cells[i]);
    if (row.latency || row.energy) {
      result_.rows.push_back(std::move(row));
    } else {
      without_value_.add(line);
    }
  }

  void read_cell(Measurement& row, std::string_view column, const Cell& cell) {
    if (column == "network" && cell.text.empty()) {
      complaints_.add(cell.mark, "network: is empty", "write the network's name");
    }
    if (cell.text.empty()) return;
    const auto* words = std::ranges::find(kWords, column, &Words::column);
    if (words != kWords.end()) row.*words->member = cell.text;
    const auto* number = std::ranges::find(kNumbers, column, &Number::column);
    if (number != kNumbers.end()) read_number(row, *number, cell);
    if (column == kClock) read_clock(row, cell);
    if (column == "threads") row.threads = read_count(column, cell);
    if (column == "batch") row.batch = read_count(column, cell);
  }

  void read_number(Measurement& row, const Number& number, const Cell& cell) {
    const auto value = whole_number(cell.text);
    if (!value) return complain_number(number.column, cell);
    if (*value == 0) {
      complaints_.add(cell.mark,
                      fmt::format("{}: '{}' must be more than zero", number.column, cell.text),
                      "leave the cell empty if nothing was measured");
      return;
    }
    number.write(row, *value);
  }

  void read_clock(Measurement& row, const Cell& cell) {
    if (is_several_numbers(cell.text)) return several_clocks_.add(cell.mark.line);
    const auto value = whole_number(cell.text);
    if (!value || *value == 0) return complain_number(kClock, cell);
    row.clock = Hertz::from_si(*value * 1e6);
  }

  int read_count(std::string_view column, const Cell& cell) {
    const auto count = whole_count(cell.text);
    if (count && *count > 0) return *count;
    complaints_.add(cell.mark,
                    fmt::format("{}: '{}' is not a whole number above zero", column, cell.text),
                    "write a number such as 4, or leave the cell empty");
    return 1;
  }

  void complain_number(std::string_view column, const Cell& cell) {
    complaints_.add(cell.mark, fmt::format("{}: '{}' is not a number", column, cell.text),
                    "write a number such as 12.3, without a unit, or leave the cell empty");
  }

  void add_remarks() {
    if (without_value_.count() > 0) {
      result_.remarks.push_back(fmt::format("{}: {} state{} neither latency nor energy; left out",
                                            text_->name, without_value_.to_text(),
                                            without_value_.count() == 1 ? "s" : ""));
    }
    if (several_clocks_.count() > 0) {
      result_.remarks.push_back(
          fmt::format("{}: {} state{} more than one clock; read as not stated", text_->name,
                      several_clocks_.to_text(), several_clocks_.count() == 1 ? "s" : ""));
    }
  }

  Text text_;
  CsvRows rows_;
  std::vector<Cell> header_;
  Complaints complaints_;
  Measurements result_;
  Lines without_value_;
  Lines several_clocks_;
};

}  // namespace

// A header of columns, at least one of which is ours.
bool is_csv(std::string_view text) {
  constexpr std::array<std::string_view, 3> kOurs = {"network", "latency_ms", "energy_mj"};
  constexpr std::size_t kLongest = 4096;
  std::string_view header = text.substr(0, std::min(text.find('\n'), kLongest));
  if (header.find_first_of(",;") == header.npos) return false;
  while (!header.empty()) {
    const auto end = header.find_first_of(",;");
    auto cell = trimmed(header.substr(0, end));
    if (cell.size() > 1 && cell.front() == '"') cell = cell.substr(1, cell.size() - 2);
    if (std::ranges::find(kOurs, cell) != kOurs.end()) return true;
    header = end == header.npos ? "" : header.substr(end + 1);
  }
  return false;
}

Measurements read_csv(const Text& text) { return Reader(text).read(); }

}  // namespace roofbeam::readers
