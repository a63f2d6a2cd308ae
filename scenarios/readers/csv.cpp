#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/input_error.hpp"
#include "scenarios/csv_table.hpp"
#include "scenarios/readers/readers.hpp"

namespace roofbeam::readers {
namespace {

// One row, cell by cell.
class RowReader {
 public:
  RowReader(const CsvTable& table, const CsvRow& row) : table_(table), row_(row) {}

  [[nodiscard]] std::string text(std::string_view column) const {
    return table_.cell(row_, column);
  }

  // Nothing if the cell is empty. The whole cell must be a positive number.
  [[nodiscard]] std::optional<double> number(std::string_view column) const {
    const std::string cell = text(column);
    if (cell.empty()) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error == std::errc() && end == cell.data() + cell.size() && std::isfinite(value) &&
        value > 0) {
      return value;
    }
    throw InputError(
        fmt::format("{}: error: {}: '{}' is not a positive number\n  write it without "
                    "a unit, which the column's name has",
                    table_.place(row_), column, cell));
  }

  [[nodiscard]] std::optional<int> count(std::string_view column) const {
    const auto value = number(column);
    if (!value) return std::nullopt;
    if (*value == std::floor(*value) && *value <= 1e6) return static_cast<int>(*value);
    throw InputError(fmt::format("{}: error: {}: '{}' is not a whole number up to a million",
                                 table_.place(row_), column, text(column)));
  }

  // A clock that the source gives as a range, or not as a number, is not stated.
  [[nodiscard]] std::optional<Hertz> clock() const {
    const std::string cell = text("clock_mhz");
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    const bool whole = error == std::errc() && end == cell.data() + cell.size() && value > 0;
    if (cell.empty() || !whole) return std::nullopt;
    return Hertz::from_si(value * 1e6);
  }

 private:
  const CsvTable& table_;
  const CsvRow& row_;
};

template <class Q>
std::optional<Q> scaled(std::optional<double> value, double factor) {
  if (!value) return std::nullopt;
  return Q::from_si(*value * factor);
}

Measurement read_row(const CsvTable& table, const CsvRow& cells) {
  const RowReader row(table, cells);
  Measurement m;
  m.place = table.place(cells);
  m.network = row.text("network");
  m.width = row.text("width");
  m.resolution = row.text("resolution");
  m.device = row.text("device");
  m.core = row.text("core");
  m.clock = row.clock();
  m.platform = row.text("platform");
  m.engine = row.text("engine");
  m.runtime = row.text("runtime");
  m.runtime_version = row.text("runtime_version");
  m.threads = row.count("threads");
  m.precision = row.text("precision");
  m.batch = row.count("batch").value_or(1);
  m.latency = scaled<Seconds>(row.number("latency_ms"), 1e-3);
  m.latency_kind = row.text("latency_kind");
  m.energy = scaled<Joules>(row.number("energy_mj"), 1e-3);
  m.peak_ram = scaled<Bytes>(row.number("peak_ram_kb"), 1024);
  m.flash = scaled<Bytes>(row.number("flash_kb"), 1024);
  m.source = row.text("source");
  m.date = row.text("source_date");
  m.notes = row.text("notes");
  return m;
}

void check_columns(const CsvTable& table, const std::string& name) {
  for (const std::string column : {"network", "latency_ms"}) {
    if (table.has(column) || (column == "latency_ms" && table.has("energy_mj"))) continue;
    throw InputError(fmt::format(
        "{}:1: error: column '{}' is missing\n  a table of measurements names at least network and "
        "latency_ms",
        name, column));
  }
}

}  // namespace

Measurements read_csv(std::string_view text, const std::string& name) {
  const CsvTable table(text, name);
  check_columns(table, name);
  Measurements all;
  std::size_t without = 0;
  for (const CsvRow& row : table.rows()) {
    Measurement m = read_row(table, row);
    if (m.network.empty()) {
      throw InputError(fmt::format("{}: error: the row names no network", m.place));
    }
    if (m.latency || m.energy) {
      all.rows.push_back(std::move(m));
    } else {
      ++without;
    }
  }
  if (without > 0) {
    all.remarks.push_back(
        fmt::format("{}: rows without latency and energy left out: {}", name, without));
  }
  return all;
}

}  // namespace roofbeam::readers
