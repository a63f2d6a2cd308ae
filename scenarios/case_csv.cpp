#include "scenarios/case_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "core/config/reader.hpp"
#include "core/input_error.hpp"
#include "scenarios/cell_number.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/text_file.hpp"

namespace roofbeam {
namespace {

using Cell = CsvRows::Cell;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kMissed = "missed ";

// What is written of a requirement's text that holds for some cases only: "(platform a)".
std::string_view without_condition(std::string_view text) {
  return text.substr(0, text.find(" ("));
}

class Reader {
 public:
  explicit Reader(const std::string& path) : rows_(read_text(path)) {
    (void)rows_.next(cells_);
    header_ = cells_;
    for (const Cell& cell : header_) readers_.push_back(reader_of(cell));
    if (!has_metric_) {
      complaints_.add(header_.front().mark, "there is no column of a metric",
                      "name one as the sweep does (latency_s, energy_j, accuracy ...) or by its "
                      "word (latency)");
    }
    complaints_.throw_if_any();
  }

  CaseTable read() {
    while (rows_.next(cells_)) {
      begin_row();
      const std::size_t columns = std::min(cells_.size(), readers_.size());
      for (std::size_t c = 0; c < columns; ++c) readers_[c](cells_[c]);
    }
    complaints_.throw_if_any();
    finish_counts();
    return std::move(table_);
  }

 private:
  using CellReader = std::function<void(const Cell&)>;

  CellReader reader_of(const Cell& cell) {
    const std::string& name = cell.text;
    if (!names_.insert(name).second) {
      complaints_.add(cell.mark, fmt::format("column '{}' stands here twice", name),
                      "keep one of them");
    }
    if (const auto reader = metric_reader(name)) return *reader;
    if (name == "latency_deviation") return number_into(table_.latency_deviation);
    if (name == "energy_deviation") return number_into(table_.energy_deviation);
    if (name == "fits") return [this](const Cell& fits) { table_.fits.back() = flag(fits); };
    if (name == "fits_reason") return [this](const Cell& reason) { add_reason(reason.text); };
    if (name == "case") return [this](const Cell& index) { table_.index.back() = whole(index); };
    if (name == "feasible" || name == "on_frontier" || name == "twins" || name == "ties" ||
        name == "knee") {
      return [](const Cell&) {};
    }
    if (name.starts_with(kMissed)) return missed_reader(cell);
    return axis_reader(name);
  }

  std::optional<CellReader> metric_reader(const std::string& name) {
    for (const MetricKind& kind : metric_kinds()) {
      if (kind.column != name && kind.word != name) continue;
      has_metric_ = true;
      const Metric metric = kind.metric;
      return [this, metric](const Cell& cell) {
        table_.metrics[static_cast<std::size_t>(metric)].back() = metric_value(metric, cell);
      };
    }
    return std::nullopt;
  }

  double metric_value(Metric metric, const Cell& cell) {
    if (const auto value = cell_number(cell.text)) return *value;
    try {
      return parse_metric_value(metric, cell.text);
    } catch (const InputError& error) {
      complaints_.add(cell.mark, error.what(), "plain numbers are in SI units");
      return kUnknown;
    }
  }

  CellReader number_into(std::vector<double>& column) {
    return [this, &column](const Cell& cell) {
      const double value = number(cell);
      column.back() = std::isnan(value) ? 0 : value;
    };
  }

  double number(const Cell& cell) {
    const auto value = cell_number(cell.text);
    if (!value) complaints_.add(cell.mark, fmt::format("'{}' is not a number", cell.text));
    return value.value_or(kUnknown);
  }

  std::int64_t whole(const Cell& cell) {
    std::int64_t value = 0;
    const char* const end = cell.text.data() + cell.text.size();
    const auto [stopped, error] = std::from_chars(cell.text.data(), end, value);
    if (error != std::errc() || stopped != end) {
      complaints_.add(cell.mark, fmt::format("'{}' is not the number of a case", cell.text));
    }
    return value;
  }

  std::uint8_t flag(const Cell& cell) {
    if (cell.text == "true" || cell.text == "1" || cell.text == "yes") return 1;
    if (cell.text == "false" || cell.text == "0" || cell.text == "no") return 0;
    complaints_.add(cell.mark, fmt::format("'{}': expected true or false", cell.text));
    return 1;
  }

  void add_reason(const std::string& text) {
    const auto [place, is_new] =
        reasons_.emplace(text, static_cast<std::int32_t>(table_.reasons.size()));
    if (is_new) table_.reasons.push_back(text);
    table_.fits_reason.back() = place->second;
  }

  CellReader missed_reader(const Cell& cell) {
    const std::string text = cell.text.substr(kMissed.size());
    Requirement requirement;
    try {
      requirement = parse_requirement(without_condition(text));
    } catch (const InputError& error) {
      complaints_.add(cell.mark, error.what());
    }
    requirement.text = text;
    const std::size_t which = table_.requirements.size();
    table_.requirements.push_back(requirement);
    table_.missed.emplace_back();
    return [this, which](const Cell& by) { table_.missed[which].back() = number(by); };
  }

  CellReader axis_reader(const std::string& name) {
    const std::size_t axis = table_.axes.size();
    table_.axes.push_back({name, {}});
    table_.values.emplace_back();
    known_.emplace_back();
    return [this, axis](const Cell& cell) {
      if (cell.text.empty()) return;
      auto& values = table_.axes[axis].values;
      const auto [place, is_new] =
          known_[axis].emplace(cell.text, static_cast<std::int32_t>(values.size()));
      if (is_new) values.push_back(cell.text);
      table_.values[axis].back() = place->second;
    };
  }

  // What stands where a row has no cell.
  void begin_row() {
    table_.index.push_back(static_cast<std::int64_t>(table_.index.size()) + 1);
    for (auto& column : table_.values) column.push_back(CaseTable::kNone);
    for (auto& column : table_.metrics) column.push_back(kUnknown);
    for (auto& column : table_.missed) column.push_back(kUnknown);
    table_.latency_deviation.push_back(0);
    table_.energy_deviation.push_back(0);
    table_.fits.push_back(1);
    table_.fits_reason.push_back(CaseTable::kNone);
    table_.on_frontier.push_back(0);
    table_.twins.push_back(0);
  }

  void finish_counts() {
    table_.counts.all = static_cast<std::int64_t>(table_.rows());
    table_.counts.forecast = table_.counts.all;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      table_.counts.unfit += table_.fits[row] == 0 ? 1 : 0;
    }
  }

  CsvRows rows_;
  std::vector<Cell> cells_;
  std::vector<Cell> header_;
  config::Complaints complaints_;
  std::set<std::string> names_;
  std::vector<CellReader> readers_;
  std::vector<std::map<std::string, std::int32_t>> known_;  // of each axis
  std::map<std::string, std::int32_t> reasons_;
  bool has_metric_ = false;
  CaseTable table_;
};

}  // namespace

CaseTable read_case_csv(const std::string& path) { return Reader(path).read(); }

}  // namespace roofbeam
