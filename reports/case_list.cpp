#include "reports/case_list.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/quantity/text.hpp"
#include "reports/case_settings.hpp"
#include "reports/fitted_table.hpp"
#include "reports/knee_views.hpp"
#include "scenarios/recommendation.hpp"

namespace roofbeam {
namespace {

using Rows = std::vector<std::size_t>;

constexpr std::string_view kWhere = "; --format csv has all";

// The order in which columns are left out: the last of the highest first; settings come last.
constexpr std::size_t kAlways = 0;
constexpr std::size_t kInterval = CaseSettings::kRanks;
constexpr std::size_t kRequired = 2 * CaseSettings::kRanks;
constexpr std::size_t kOther = 3 * CaseSettings::kRanks;

bool is_objective(const CaseTable& table, Metric metric) {
  return std::ranges::find(table.objectives, metric, &Objective::metric) != table.objectives.end();
}

bool is_required(const CaseTable& table, Metric metric) {
  return std::ranges::find(table.requirements, metric, &Requirement::metric) !=
         table.requirements.end();
}

// The objectives' metrics, those required, then latency, energy and memory.
std::vector<Metric> metrics_of(const CaseTable& table) {
  std::vector<Metric> metrics;
  const auto add = [&](Metric metric) {
    if (std::ranges::find(metrics, metric) == metrics.end()) metrics.push_back(metric);
  };
  for (const Objective& objective : table.objectives) add(objective.metric);
  for (const Requirement& requirement : table.requirements) add(requirement.metric);
  for (const Metric metric : {Metric::latency, Metric::energy, Metric::memory}) add(metric);
  return metrics;
}

// ---- figures

std::string interval(const CaseTable& table, std::size_t row) {
  const auto latency = Seconds::from_si(table.column(Metric::latency)[row]);
  const auto range = LogError{table.latency_deviation[row]}.interval_80(latency);
  return fmt::format("{}–{}", to_text(range.low), to_text(range.high));
}

std::size_t rank_of(const CaseTable& table, Metric metric, std::size_t place) {
  if (is_objective(table, metric)) return kAlways;
  return (is_required(table, metric) ? kRequired : kOther) + place;
}

FittedColumn metric_column(const CaseTable& table, const Rows& rows, Metric metric,
                           std::size_t rank) {
  FittedColumn column{{std::string(to_text(metric)), Align::right}, "", rank, {}};
  for (const std::size_t row : rows) {
    column.cells.push_back(to_text(metric, table.column(metric)[row]));
  }
  return column;
}

FittedColumn interval_column(const CaseTable& table, const Rows& rows) {
  FittedColumn column{{"80 % interval", Align::right}, "", kInterval, {}};
  for (const std::size_t row : rows) column.cells.push_back(interval(table, row));
  return column;
}

// The best value of an objective among rows.
double best_of(const CaseTable& table, const Rows& rows, const Objective& objective) {
  const auto& column = table.column(objective.metric);
  double best = column[rows.front()];
  for (const std::size_t row : rows) {
    best = objective.sense == Sense::smaller ? std::min(best, column[row])
                                             : std::max(best, column[row]);
  }
  return best;
}

void mark_best(const CaseTable& table, const Rows& all, const Rows& shown, FittedColumn& column,
               Metric metric) {
  const auto objective = std::ranges::find(table.objectives, metric, &Objective::metric);
  if (objective == table.objectives.end()) return;
  const double best = best_of(table, all, *objective);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    column.cells[i] += table.column(metric)[shown[i]] == best ? '*' : ' ';
  }
}

// ---- the frontier

Rows frontier_rows(const CaseTable& table) {
  Rows rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.on_frontier[row] != 0) rows.push_back(row);
  }
  const Objective& first = table.objectives.front();
  const double sign = first.sense == Sense::smaller ? 1 : -1;
  std::ranges::stable_sort(rows, {},
                           [&](std::size_t row) { return sign * table.column(first.metric)[row]; });
  return rows;
}

FittedColumn mark_column(const CaseTable& table, const Rows& rows,
                         const std::optional<Knee>& knee) {
  FittedColumn column{{""}, "", kAlways, {}};
  for (const std::size_t row : rows) {
    std::vector<std::string> marks;
    if (knee && knee->point == row) marks.emplace_back("knee");
    if (table.twins[row] > 0) marks.push_back("+" + grouped(table.twins[row]));
    column.cells.push_back(fmt::format("{}", fmt::join(marks, " ")));
  }
  return column;
}

std::vector<FittedColumn> frontier_columns(const CaseTable& table, const Rows& all,
                                           const Rows& shown, const CaseSettings& settings,
                                           const std::optional<Knee>& knee) {
  std::vector<FittedColumn> columns = settings.columns();
  FittedColumn marks = mark_column(table, shown, knee);
  const bool any = std::ranges::any_of(marks.cells, [](const auto& cell) { return !cell.empty(); });
  if (any) columns.insert(columns.begin() + 1, std::move(marks));
  for (const Metric metric : metrics_of(table)) {
    const std::size_t rank = rank_of(table, metric, columns.size());
    columns.push_back(metric_column(table, shown, metric, rank));
    mark_best(table, all, shown, columns.back(), metric);
    if (metric == Metric::latency) columns.push_back(interval_column(table, shown));
  }
  return columns;
}

std::string marks_text(const CaseTable& table, const Rows& shown) {
  const bool twins =
      std::ranges::any_of(shown, [&](std::size_t row) { return table.twins[row] > 0; });
  std::string text = "*: the best of the frontier.";
  if (twins) text += " +N: stands for N more cases that are equal in every objective.";
  return text;
}

std::string more_text(std::size_t shown, std::size_t all) {
  if (shown == all) return "";
  return fmt::format("{} more; --top shows them, --format csv has all.",
                     grouped(static_cast<std::int64_t>(all - shown)));
}

// ---- near misses

bool is_unfit(const CaseTable& table, std::size_t row) {
  return table.must_fit && table.fits[row] == 0;
}

// The largest share by which a requirement is missed; without memory, infinitely.
double worst_miss(const CaseTable& table, std::size_t row) {
  double worst = is_unfit(table, row) ? HUGE_VAL : 0;
  for (const auto& column : table.missed) {
    worst = std::max(worst, std::isnan(column[row]) ? HUGE_VAL : column[row]);
  }
  return worst;
}

Rows nearest_rows(const CaseTable& table) {
  Rows rows(table.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return worst_miss(table, row); });
  return rows;
}

// "24 %" of the bound; nothing where it is met.
std::string miss_text(double missed) {
  if (missed == 0) return "";
  if (std::isnan(missed)) return "unknown";
  if (std::isinf(missed)) return "all of it";
  const double percent = 100 * missed;
  return percent < 1000 ? fmt::format("{:.3g} %", percent)
                        : grouped(static_cast<long long>(std::llround(percent))) + " %";
}

// By how much of its bound each case misses a requirement.
FittedColumn miss_column(const CaseTable& table, const Rows& rows, std::size_t index) {
  const Requirement& requirement = table.requirements[index];
  const std::string title = fmt::format("{} {}", requirement.bounds_above() ? "over" : "short of",
                                        to_text(requirement.metric, requirement.bound));
  FittedColumn column{{title, Align::right}, "", kAlways, {}};
  for (const std::size_t row : rows) column.cells.push_back(miss_text(table.missed[index][row]));
  return column;
}

// Each metric that counts, and beside it what is missed of it.
void add_misses(const CaseTable& table, const Rows& rows, std::vector<FittedColumn>& columns) {
  for (const Metric metric : metrics_of(table)) {
    std::vector<FittedColumn> missed;
    for (std::size_t i = 0; i < table.requirements.size(); ++i) {
      const auto misses = [&](std::size_t row) { return table.missed[i][row] != 0; };
      if (table.requirements[i].metric != metric || std::ranges::none_of(rows, misses)) continue;
      missed.push_back(miss_column(table, rows, i));
    }
    if (missed.empty() && !is_required(table, metric) && !is_objective(table, metric)) continue;
    const std::size_t rank = !missed.empty()               ? kAlways
                             : is_objective(table, metric) ? kRequired + columns.size()
                                                           : kOther + columns.size();
    columns.push_back(metric_column(table, rows, metric, rank));
    std::ranges::move(missed, std::back_inserter(columns));
  }
}

void add_fits(const CaseTable& table, const Rows& rows, std::vector<FittedColumn>& columns) {
  FittedColumn column{{"fits"}, "", kAlways, {}};
  for (const std::size_t row : rows) column.cells.emplace_back(is_unfit(table, row) ? "no" : "");
  const auto unfit = [&](std::size_t row) { return is_unfit(table, row); };
  if (std::ranges::any_of(rows, unfit)) columns.push_back(std::move(column));
}

// Why cases do not fit: a line for each of the first.
std::vector<std::string> unfit_lines(const CaseTable& table, const Rows& rows) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> lines;
  std::size_t unfit = 0;
  for (const std::size_t row : rows) {
    if (!is_unfit(table, row) || unfit++ >= kMost) continue;
    const auto& reason = table.reasons[static_cast<std::size_t>(table.fits_reason[row])];
    lines.push_back(fmt::format("Case {} does not fit: {}", grouped(table.index[row]), reason));
  }
  if (unfit > kMost) lines.push_back(fmt::format("{} more do not fit.", unfit - kMost));
  return lines;
}

void append(std::vector<std::string>& lines, std::vector<std::string> more) {
  std::ranges::move(more, std::back_inserter(lines));
}

}  // namespace

void add_frontier(Document& document, const CaseTable& table, const SweepShown& shown) {
  const Rows all = frontier_rows(table);
  const auto knee = knee_of(table);
  Rows rows;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i < shown.top || (knee && knee->point == all[i])) rows.push_back(all[i]);
  }
  const CaseSettings settings(table, rows, differing_axes(table, all));
  const FittedTable list = fitted(frontier_columns(table, all, rows, settings, knee), shown.width);
  document.paragraph(constants_text(table, all));
  document.table(list.table);
  std::vector<std::string> notes = {more_text(rows.size(), all.size()), marks_text(table, rows)};
  append(notes, settings.legend(list));
  if (knee) notes.push_back(knee_text("case " + grouped(table.index[knee->point]), *knee));
  notes.push_back(left_out_text(list, shown.width, kWhere));
  document.bullets("", std::move(notes));
}

void add_nearest(Document& document, const CaseTable& table, const SweepShown& shown) {
  const Rows all = nearest_rows(table);
  const Rows rows(all.begin(),
                  all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), shown.top)));
  if (rows.empty()) return;
  const CaseSettings settings(table, rows, differing_axes(table, all));
  std::vector<FittedColumn> columns = settings.columns();
  add_misses(table, rows, columns);
  add_fits(table, rows, columns);
  const FittedTable list = fitted(std::move(columns), shown.width);
  document.paragraph(constants_text(table, all));
  document.table(list.table);
  std::vector<std::string> notes = {more_text(rows.size(), all.size())};
  append(notes, settings.legend(list));
  append(notes, unfit_lines(table, rows));
  notes.push_back(left_out_text(list, shown.width, kWhere));
  document.bullets("", std::move(notes));
}

}  // namespace roofbeam
