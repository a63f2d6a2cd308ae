#include "scenarios/table_frontier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/config/reader.hpp"
#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "scenarios/cell_number.hpp"
#include "scenarios/csv_rows.hpp"
#include "scenarios/hypervolume.hpp"
#include "scenarios/text_file.hpp"

namespace roofbeam {
namespace {

using Cell = CsvRows::Cell;
using Text = std::shared_ptr<const config::Source>;

constexpr double kMostSteps = 1e8;  // of a hypervolume that nobody insists on: about ten seconds

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

const MetricKind* metric_of(std::string_view name) {
  const auto& kinds = metric_kinds();
  const auto* const found = std::find_if(kinds.begin(), kinds.end(), [&](const MetricKind& kind) {
    return kind.word == name || kind.column == name;
  });
  return found == kinds.end() ? nullptr : found;
}

ColumnObjective parse_one(std::string_view text) {
  for (const auto& [word, sense] : {std::pair{"min", Sense::smaller}, {"max", Sense::larger}}) {
    if (!text.starts_with(word)) continue;
    const auto column = text.substr(3);
    if (column.empty() || (column.front() != ' ' && column.front() != '\t')) continue;
    return {std::string(trimmed(column)), sense};
  }
  const MetricKind* const metric = metric_of(text);
  if (metric == nullptr) {
    throw InputError(fmt::format(
        "'{}' is not an objective: expected min or max and a column, such as min latency_s", text));
  }
  return {std::string(text), metric->sense};
}

std::vector<std::string> texts(const std::vector<Cell>& cells) {
  std::vector<std::string> found;
  for (const Cell& cell : cells) found.push_back(cell.text);
  return found;
}

std::size_t position_of(const ColumnObjective& objective, const std::vector<std::string>& columns,
                        const config::Mark& mark) {
  const auto found = std::find(columns.begin(), columns.end(), objective.column);
  if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  const auto near = nearest(objective.column, columns);
  throw InputError(config::complaint(
      mark, fmt::format("there is no column '{}'", objective.column),
      near ? fmt::format("did you mean '{}'?", *near) : "objectives name columns of this header"));
}

// The columns of the objectives, as numbers.
class Numbers {
 public:
  Numbers(const Text& text, const std::vector<ColumnObjective>& objectives) : rows_(text) {
    std::vector<Cell> cells;
    (void)rows_.next(cells);
    header_ = texts(cells);
    for (const ColumnObjective& objective : objectives) {
      positions_.push_back(position_of(objective, header_, cells.front().mark));
    }
    values_.resize(objectives.size());
    while (rows_.next(cells)) add(cells);
    complaints_.throw_if_any();
  }

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] const std::vector<std::vector<double>>& values() const { return values_; }

 private:
  void add(const std::vector<Cell>& cells) {
    for (std::size_t c = 0; c < positions_.size(); ++c) {
      values_[c].push_back(number(cells, positions_[c]));
    }
  }

  double number(const std::vector<Cell>& cells, std::size_t position) {
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    if (position >= cells.size()) return kUnknown;
    const Cell& cell = cells[position];
    const auto value = cell_number(cell.text);
    if (!value) {
      complaints_.add(cell.mark, fmt::format("'{}' is not a number", cell.text),
                      fmt::format("column '{}' is an objective: write plain numbers in one unit, "
                                  "or nothing where it is unknown",
                                  header_[position]));
    }
    return value.value_or(kUnknown);
  }

  CsvRows rows_;
  config::Complaints complaints_;
  std::vector<std::string> header_;
  std::vector<std::size_t> positions_;
  std::vector<std::vector<double>> values_;
};

// The cells of the rows that points stand for, in the points' order.
std::vector<std::vector<std::string>> cells_of(const Text& text, const Frontier& points,
                                               std::size_t columns) {
  std::vector<std::pair<std::uint64_t, std::size_t>> wanted;  // row, point
  for (std::size_t p = 0; p < points.size(); ++p) wanted.emplace_back(points.indices[p], p);
  std::sort(wanted.begin(), wanted.end());
  std::vector<std::vector<std::string>> found(points.size());
  CsvRows rows(text);
  std::vector<Cell> cells;
  (void)rows.next(cells);
  auto next = wanted.begin();
  for (std::uint64_t row = 1; next != wanted.end() && rows.next(cells); ++row) {
    if (row != next->first) continue;
    found[next->second] = texts(cells);
    found[next->second].resize(columns);
    ++next;
  }
  return found;
}

double worst_finite(const std::vector<double>& values, Sense sense) {
  double worst = std::numeric_limits<double>::quiet_NaN();
  for (const double value : values) {
    if (std::isinf(value)) continue;
    worst = sense == Sense::smaller ? std::fmax(worst, value) : std::fmin(worst, value);
  }
  return worst;
}

std::vector<double> reference_of(const TableQuestion& question, const Numbers& numbers) {
  if (!question.reference.empty()) return question.reference;
  std::vector<double> reference;
  for (std::size_t c = 0; c < question.objectives.size(); ++c) {
    reference.push_back(worst_finite(numbers.values()[c], question.objectives[c].sense));
  }
  return reference;
}

double box_volume(const std::vector<double>& best, const std::vector<double>& reference) {
  double volume = 1;
  for (std::size_t c = 0; c < best.size(); ++c) volume *= std::abs(reference[c] - best[c]);
  return volume;
}

void add_hypervolume(TableFrontier& found) {
  const auto senses = found.senses();
  const auto unknown = [](double value) { return std::isnan(value); };
  if (std::any_of(found.reference.begin(), found.reference.end(), unknown)) return;
  const bool long_winded = hypervolume_steps(found.frontier) > kMostSteps;
  if (long_winded && !found.question.always_hypervolume) return;
  found.hypervolume = hypervolume(found.frontier, senses, found.reference);
  const double box = box_volume(range_of(found.frontier, senses).best, found.reference);
  if (box > 0 && std::isfinite(*found.hypervolume)) found.covered = *found.hypervolume / box;
}

AskedRow asked_row(const TableFrontier& found, const Numbers& numbers, std::uint64_t row) {
  if (row < 1 || row > found.frontier.cases) {
    throw InputError(fmt::format("{}: there is no row {}; rows count from 1 to {}",
                                 found.question.file, row, found.frontier.cases));
  }
  AskedRow asked{row, {}, {}};
  for (const auto& column : numbers.values()) asked.values.push_back(column[row - 1]);
  asked.beaten_by = dominators(found.frontier, found.senses(), asked.values);
  return asked;
}

void check_reference(const TableQuestion& question) {
  if (question.reference.empty() || question.reference.size() == question.objectives.size()) return;
  throw InputError(fmt::format("the reference point has {} values for {} objectives",
                               question.reference.size(), question.objectives.size()));
}

}  // namespace

std::vector<ColumnObjective> parse_column_objectives(std::string_view text) {
  std::vector<ColumnObjective> objectives;
  while (true) {
    const auto comma = text.find(',');
    objectives.push_back(parse_one(trimmed(text.substr(0, comma))));
    if (comma == std::string_view::npos) return objectives;
    text.remove_prefix(comma + 1);
  }
}

std::vector<Sense> TableFrontier::senses() const {
  std::vector<Sense> senses;
  for (const ColumnObjective& objective : question.objectives) senses.push_back(objective.sense);
  return senses;
}

std::size_t TableFrontier::column(std::string_view name) const {
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) -
                                  columns.begin());
}

TableFrontier table_frontier(const TableQuestion& question) {
  check_reference(question);
  const Text text = read_text(question.file);
  const Numbers numbers(text, question.objectives);
  TableFrontier found;
  found.question = question;
  found.columns = numbers.header();
  const std::vector<std::span<const double>> columns(numbers.values().begin(),
                                                     numbers.values().end());
  FrontierKeeper keeper(found.senses());
  keeper.add(1, columns);
  found.frontier = keeper.result();
  found.cells = cells_of(text, found.frontier, found.columns.size());
  found.knee = knee_of(found.frontier, found.senses());
  found.reference = reference_of(question, numbers);
  add_hypervolume(found);
  for (const std::uint64_t row : question.asked) {
    found.asked.push_back(asked_row(found, numbers, row));
  }
  return found;
}

}  // namespace roofbeam
