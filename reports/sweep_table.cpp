#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/quantity/text.hpp"
#include "reports/pipeline_views.hpp"
#include "reports/sweep_views.hpp"

namespace roofbeam {
namespace {

std::string cases(std::int64_t count) {
  return fmt::format("{} case{}", grouped(count), count == 1 ? "" : "s");
}

std::string heading(const CaseTable& table) {
  return table.title.empty() ? table.scenario + "\n"
                             : fmt::format("{}: {}\n", table.scenario, table.title);
}

// "768 cases: 96 excluded, 24 impossible, 648 forecast".
std::string count_line(const CaseCounts& counts) {
  std::vector<std::string> parts;
  const auto part = [&](std::int64_t count, std::string_view what) {
    if (count > 0) parts.push_back(fmt::format("{} {}", grouped(count), what));
  };
  part(counts.repeated, "repeat others");
  part(counts.excluded, "excluded");
  part(counts.impossible, "impossible");
  parts.push_back(fmt::format("{} forecast", grouped(counts.forecast)));
  return fmt::format("{}: {}", cases(counts.all), fmt::join(parts, ", "));
}

// Notes below the first line, indented.
std::string note(std::string_view text, std::size_t width) {
  return fmt::format("  {}\n", wrapped(printable(text), 4, width));
}

std::string reasons(const CaseCounts& counts, std::size_t width) {
  constexpr std::size_t kMostReasons = 6;
  std::vector<std::pair<std::int64_t, std::string>> sorted;
  for (const auto& [reason, count] : counts.why_impossible) sorted.emplace_back(-count, reason);
  std::ranges::sort(sorted);
  std::string text;
  for (std::size_t i = 0; i < std::min(sorted.size(), kMostReasons); ++i) {
    text +=
        note(fmt::format("impossible {}: {}", grouped(-sorted[i].first), sorted[i].second), width);
  }
  if (sorted.size() > kMostReasons) {
    text += note(
        fmt::format("and {} more reasons (--format json has all)", sorted.size() - kMostReasons),
        width);
  }
  return text;
}

std::string requirement_lines(const CaseTable& table, std::size_t width) {
  std::string text;
  const CaseCounts& counts = table.counts;
  if (counts.unfit > 0) {
    text += note(fmt::format("{} do not fit into the platform's memory{}", grouped(counts.unfit),
                             table.must_fit ? "" : " (allowed)"),
                 width);
  }
  for (std::size_t i = 0; i < table.requirements.size(); ++i) {
    text += note(fmt::format("{} miss {}", grouped(counts.failed[i]), table.requirements[i].text),
                 width);
  }
  for (const auto& [metric, count] : counts.unknown_of) {
    text += note(fmt::format("{} that meet all of it are not compared: their {} is not known "
                             "(state it under 'given:')",
                             grouped(count), metric),
                 width);
  }
  return text;
}

// The largest share by which a requirement is missed; without memory, infinitely.
double worst_miss(const CaseTable& table, std::size_t row) {
  double worst = table.must_fit && table.fits[row] == 0 ? HUGE_VAL : 0;
  for (const auto& column : table.missed) {
    worst = std::max(worst, std::isnan(column[row]) ? HUGE_VAL : column[row]);
  }
  return worst;
}

std::vector<std::size_t> frontier_rows(const CaseTable& table) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (table.on_frontier[row] != 0) rows.push_back(row);
  }
  const Objective& first = table.objectives.front();
  const double sign = first.sense == Sense::smaller ? 1 : -1;
  std::ranges::stable_sort(rows, {},
                           [&](std::size_t row) { return sign * table.column(first.metric)[row]; });
  return rows;
}

std::vector<std::size_t> nearest_rows(const CaseTable& table) {
  std::vector<std::size_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return worst_miss(table, row); });
  return rows;
}

// "latency, size": the objectives in which no other row is better.
std::string marks(const CaseTable& table, const std::vector<std::size_t>& rows, std::size_t row) {
  std::vector<std::string> best;
  for (const Objective& objective : table.objectives) {
    const auto& column = table.column(objective.metric);
    const auto better = [&](std::size_t other) {
      return objective.sense == Sense::smaller ? column[other] < column[row]
                                               : column[other] > column[row];
    };
    if (std::ranges::none_of(rows, better)) best.emplace_back(to_text(objective.metric));
  }
  return fmt::format("{}", fmt::join(best, ", "));
}

// Metrics worth a column: the objectives', those required, then latency, energy and memory.
std::vector<Metric> shown_metrics(const CaseTable& table) {
  std::vector<Metric> metrics;
  const auto add = [&](Metric metric) {
    if (std::ranges::find(metrics, metric) == metrics.end()) metrics.push_back(metric);
  };
  for (const Objective& objective : table.objectives) add(objective.metric);
  for (const Requirement& requirement : table.requirements) add(requirement.metric);
  for (const Metric metric : {Metric::latency, Metric::energy, Metric::memory}) add(metric);
  return metrics;
}

std::string interval(const CaseTable& table, std::size_t row) {
  const auto latency = Seconds::from_si(table.column(Metric::latency)[row]);
  const auto range = LogError{table.latency_deviation[row]}.interval_80(latency);
  return fmt::format("{}–{}", to_text(range.low), to_text(range.high));
}

std::string missed_text(const CaseTable& table, std::size_t row) {
  std::vector<std::string> parts;
  if (table.must_fit && table.fits[row] == 0) {
    parts.push_back(table.reasons[static_cast<std::size_t>(table.fits_reason[row])]);
  }
  for (std::size_t i = 0; i < table.missed.size(); ++i) {
    const double missed = table.missed[i][row];
    if (missed == 0) continue;
    parts.push_back(std::isnan(missed)
                        ? fmt::format("{} (unknown)", table.requirements[i].text)
                        : fmt::format("{} by {:.0f} %", table.requirements[i].text, 100 * missed));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

class CaseList {
 public:
  CaseList(const CaseTable& table, std::vector<std::size_t> rows, bool feasible)
      : table_(table), rows_(std::move(rows)), feasible_(feasible) {
    for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
      const auto differs = [&](std::size_t row) {
        return table.values[axis][row] != table.values[axis][rows_.front()];
      };
      (std::ranges::any_of(rows_, differs) ? varying_ : constant_).push_back(axis);
    }
  }

  [[nodiscard]] std::string text(const SweepTableOptions& options) const {
    const std::size_t shown = std::min(rows_.size(), options.top);
    Table lines(columns());
    for (std::size_t i = 0; i < shown; ++i) lines.add(cells(rows_[i]));
    std::string text = constants(options.width) + "\n" + lines.text(options.width);
    if (shown < rows_.size()) {
      text += fmt::format("and {} more (--top, or --format csv for all)\n", rows_.size() - shown);
    }
    return text;
  }

 private:
  [[nodiscard]] std::string constants(std::size_t width) const {
    std::vector<std::string> parts;
    for (const std::size_t axis : constant_) {
      parts.push_back(fmt::format("{} {}", table_.axes[axis].name,
                                  printable(table_.text(axis, rows_.front()))));
    }
    if (parts.empty()) return "";
    return fmt::format("All: {}\n", wrapped(fmt::format("{}", fmt::join(parts, ", ")), 5, width));
  }

  [[nodiscard]] std::vector<Column> columns() const {
    std::vector<Column> columns = {{"case", Align::right}};
    for (const std::size_t axis : varying_) {
      columns.push_back({short_name(table_.axes[axis].name), Align::left, true});
    }
    for (const Metric metric : shown_metrics(table_)) {
      columns.push_back({std::string(to_text(metric)), Align::right});
      if (metric == Metric::latency) columns.push_back({"80 % interval", Align::right});
    }
    columns.push_back({feasible_ ? "best in" : "misses", Align::left, true});
    return columns;
  }

  // The end of a path that no other axis ends in: "DRAM.bandwidth", "precision".
  [[nodiscard]] std::string short_name(const std::string& name) const {
    const std::size_t room = name.find('.');
    if (room == std::string::npos || !known_room(name.substr(0, room))) return printable(name);
    std::string end = name.substr(name.rfind('.'));
    const auto ends_alike = [&](const CaseTable::Axis& axis) {
      return axis.name != name && ('.' + axis.name).ends_with(end);
    };
    const bool is_deep = name.find('.', room + 1) != std::string::npos;
    while (end.size() < name.size() && (std::ranges::any_of(table_.axes, ends_alike) ||
                                        (is_deep && std::ranges::count(end, '.') < 2))) {
      const auto dot = name.rfind('.', name.size() - end.size() - 1);
      end = dot == std::string::npos ? "." + name : name.substr(dot);
    }
    return printable(end.substr(1));
  }

  static bool known_room(std::string_view room) {
    return room == "network" || room == "platform" || room == "runtime" || room == "run";
  }

  [[nodiscard]] std::vector<std::string> cells(std::size_t row) const {
    std::vector<std::string> cells = {grouped(table_.index[row])};
    for (const std::size_t axis : varying_) cells.push_back(printable(table_.text(axis, row)));
    for (const Metric metric : shown_metrics(table_)) {
      cells.push_back(to_text(metric, table_.column(metric)[row]));
      if (metric == Metric::latency) cells.push_back(interval(table_, row));
    }
    cells.push_back(feasible_ ? marks(table_, rows_, row) : missed_text(table_, row));
    return cells;
  }

  const CaseTable& table_;
  std::vector<std::size_t> rows_;
  bool feasible_;
  std::vector<std::size_t> varying_;
  std::vector<std::size_t> constant_;
};

std::string objectives_text(const CaseTable& table) {
  std::vector<std::string> texts;
  for (const Objective& objective : table.objectives) texts.push_back(to_text(objective));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string frontier_text(const CaseTable& table, const SweepTableOptions& options) {
  const auto rows = frontier_rows(table);
  const std::int64_t compared = table.counts.feasible - table.counts.unknown;
  const std::string head =
      fmt::format("\nFrontier of {} in {}: {}\n", cases(compared), objectives_text(table),
                  cases(static_cast<std::int64_t>(rows.size())));
  return head + CaseList(table, rows, true).text(options);
}

std::string cases_text(const CaseTable& table, const SweepTableOptions& options) {
  std::string text = heading(table);
  text += wrapped(count_line(table.counts), 2, options.width) + "\n";
  text += reasons(table.counts, options.width);
  text += requirement_lines(table, options.width);
  const bool any = std::ranges::find(table.on_frontier, 1) != table.on_frontier.end();
  if (any) return text + frontier_text(table, options);
  if (table.rows() == 0) return text + "\nNo case is left to compare.\n";
  if (table.counts.feasible > 0) {
    return text + "\nNo case has all that the objectives ask for.\n";
  }
  text += "\nNo case meets all requirements. The nearest:\n";
  return text + CaseList(table, nearest_rows(table), false).text(options);
}

// What the stages did, if the scenario has a pipeline.
std::string pipelines_text(const CaseTable& table, std::size_t width) {
  Document document;
  add_pipelines(document, pipelines(table));
  const std::string text = document.text(width);
  return text.empty() ? "" : "\n" + text;
}

}  // namespace

std::string sweep_table(const CaseTable& table, const SweepTableOptions& options) {
  return cases_text(table, options) + pipelines_text(table, options.width);
}

std::string dry_run_table(const CaseTable& table, std::size_t width) {
  std::string text = heading(table);
  for (const CaseTable::Axis& axis : table.axes) {
    const auto count = axis.values.size();
    const std::vector<std::string> first(
        axis.values.begin(),
        axis.values.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(count, 12)));
    text += fmt::format("  {}: {}\n", axis.name,
                        wrapped(fmt::format("{}: {}{}", count, fmt::join(first, ", "),
                                            count > first.size() ? ", ..." : ""),
                                4, width));
  }
  const CaseCounts& counts = table.counts;
  text += fmt::format("{}: {} repeat others, {} excluded, {} to forecast\n", cases(counts.all),
                      grouped(counts.repeated), grouped(counts.excluded), grouped(counts.forecast));
  if (table.rows() == 0) return text;
  std::vector<Column> columns = {{"case", Align::right}};
  for (const CaseTable::Axis& axis : table.axes) columns.push_back({axis.name, Align::left, true});
  Table lines(columns);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::vector<std::string> cells = {grouped(table.index[row])};
    for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
      cells.push_back(printable(table.text(axis, row)));
    }
    lines.add(std::move(cells));
  }
  text += "\n" + lines.text(width);
  const auto more = counts.forecast - static_cast<std::int64_t>(table.rows());
  if (more > 0) text += fmt::format("and {} more\n", grouped(more));
  return text;
}

}  // namespace roofbeam
