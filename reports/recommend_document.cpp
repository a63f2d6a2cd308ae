#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/quantity/text.hpp"
#include "reports/interval_text.hpp"
#include "reports/recommend_views.hpp"

namespace roofbeam {
namespace {

std::string count(std::int64_t number) { return grouped(number); }

// Never more sure than it is: 99.96 % is not 100 %.
std::string percent(double probability) {
  if (probability >= 0.995 && probability < 1) return "> 99 %";
  if (probability > 0 && probability < 0.005) return "< 1 %";
  return fmt::format("{:.0f} %", 100 * probability);
}

std::vector<Metric> metrics_shown(const CaseTable& table, const Preference& preference) {
  std::vector<Metric> metrics;
  const auto add = [&](Metric metric) {
    const auto& column = table.column(metric);
    const bool known =
        std::any_of(column.begin(), column.end(), [](double value) { return !std::isnan(value); });
    const bool is_new = std::find(metrics.begin(), metrics.end(), metric) == metrics.end();
    if (known && is_new) metrics.push_back(metric);
  };
  for (const auto& term : preference.terms) add(term.objective.metric);
  for (const Requirement& requirement : table.requirements) add(requirement.metric);
  for (const Objective& objective : table.objectives) add(objective.metric);
  return metrics;
}

std::string name_in(const CaseTable& table, const Recommendation& found, std::size_t row) {
  return case_name(table, row, found.axes);
}

std::string figure(const CaseTable& table, Metric metric, std::size_t row) {
  const double value = table.column(metric)[row];
  std::string text = fmt::format("{} {}", to_text(metric), to_text(metric, value));
  const LogError error =
      error_of(metric, {table.latency_deviation[row]}, {table.energy_deviation[row]});
  if (!(error.deviation > 0) || std::isnan(value)) return text;
  const auto interval = error.interval_80(value);
  return text + fmt::format(" (80 % between {})", interval_text(to_text(metric, interval.low),
                                                                to_text(metric, interval.high)));
}

std::string figures(const CaseTable& table, const std::vector<Metric>& metrics, std::size_t row) {
  std::string text;
  for (const Metric metric : metrics) {
    text += (text.empty() ? "" : ", ") + figure(table, metric, row);
  }
  return text;
}

std::string best_of(const Recommendation& found) {
  if (found.feasible == 1) {
    return fmt::format("It is the only feasible one of {} cases", count(found.cases));
  }
  return fmt::format("It is the best of {} feasible cases of {} by {}", count(found.feasible),
                     count(found.cases), found.preference.text);
}

std::string answer(const CaseTable& table, const Recommendation& found) {
  const RankedCase& winner = found.ranked.front();
  return fmt::format("Choose {}: {}.", name_in(table, found, winner.row),
                     figures(table, metrics_shown(table, found.preference), winner.row));
}

std::string sureness(const CaseTable& table, const Recommendation& found) {
  std::string text = best_of(found) + ".";
  const RankedCase& winner = found.ranked.front();
  if (!table.requirements.empty()) {
    const std::string meets = percent(winner.meets);
    const bool is_bound = winner.meets < 1 && meets.front() != '>';
    text += fmt::format(" That it really meets all requirements is {}{} likely",
                        is_bound ? "at least " : "", meets);
  }
  if (found.ranked.size() > 1) {
    const std::string leads = percent(found.ranked[1].winner_leads);
    text += table.requirements.empty()
                ? fmt::format(" That it really is better than the next is {} likely", leads)
                : fmt::format(", that it really is better than the next {}", leads);
  }
  return text.back() == '.' ? text : text + ".";
}

std::string nearest_miss(const CaseTable& table, const Recommendation& found) {
  std::string text = fmt::format("None of {} cases meets all requirements.", count(found.cases));
  if (found.missed.empty()) return text;
  const MissedCase& nearest = found.missed.front();
  text += fmt::format(" The nearest is {}", name_in(table, found, nearest.row));
  const char* between = ": ";
  for (const std::string& reason : reasons_out(table, nearest.row)) {
    text += between + reason;
    between = "; ";
  }
  return text + ".";
}

// What the nearest miss would need: "latency 19.5 % less (33.0 ms)".
std::vector<std::string> needed_changes(const CaseTable& table, std::size_t row) {
  std::vector<std::string> lines;
  for (std::size_t r = 0; r < table.requirements.size(); ++r) {
    const double by = table.missed[r][row];
    if (by == 0) continue;
    const Requirement& requirement = table.requirements[r];
    const double value = table.column(requirement.metric)[row];
    const std::string metric(to_text(requirement.metric));
    if (std::isnan(by)) {
      lines.push_back(fmt::format("{} must be known", metric));
      continue;
    }
    const double change = std::abs(requirement.bound / value - 1);
    lines.push_back(fmt::format("{} must {} by {:.3g} %, from {} to {}", metric,
                                requirement.bounds_above() ? "fall" : "rise", 100 * change,
                                to_text(requirement.metric, value),
                                to_text(requirement.metric, requirement.bound)));
  }
  if (table.must_fit && table.fits[row] == 0) lines.emplace_back("it must fit into memory");
  return lines;
}

Table ranked_table(const CaseTable& table, const Recommendation& found) {
  const auto metrics = metrics_shown(table, found.preference);
  const bool weighted = found.preference.kind == Preference::Kind::weighted;
  std::vector<std::size_t> rows;
  for (const RankedCase& one : found.ranked) rows.push_back(one.row);
  const auto axes = differing_axes(table, rows);
  std::vector<Column> columns{{"", Align::right}};
  for (const std::size_t axis : axes) {
    columns.push_back({std::string(axis_name(table.axes[axis].name)), Align::left, true});
  }
  for (const Metric metric : metrics) {
    columns.push_back({std::string(to_text(metric)), Align::right});
  }
  if (weighted) columns.push_back({"score", Align::right});
  if (!table.requirements.empty()) columns.push_back({"meets all", Align::right});
  columns.push_back({"first is better", Align::right});
  Table ranked(columns);
  for (std::size_t place = 0; place < found.ranked.size(); ++place) {
    const RankedCase& one = found.ranked[place];
    std::vector<std::string> cells{fmt::format("{}", place + 1)};
    for (const std::size_t axis : axes) cells.emplace_back(table.text(axis, one.row));
    for (const Metric metric : metrics) {
      cells.push_back(to_text(metric, table.column(metric)[one.row]));
    }
    if (weighted) cells.push_back(fmt::format("{:.3f}", one.score));
    if (!table.requirements.empty()) cells.push_back(percent(one.meets));
    cells.push_back(place == 0 ? "" : percent(one.winner_leads));
    ranked.add(std::move(cells));
  }
  return ranked;
}

std::vector<std::string> missed_lines(const CaseTable& table, const Recommendation& found,
                                      std::size_t most) {
  std::vector<std::string> lines;
  for (const MissedCase& missed : found.missed) {
    if (lines.size() == most) break;
    std::string line = name_in(table, found, missed.row);
    const char* between = ": ";
    for (const std::string& reason : reasons_out(table, missed.row)) {
      line += between + reason;
      between = "; ";
    }
    if (missed.meets > 0.005) {
      line += fmt::format(" ({} likely to meet all really)", percent(missed.meets));
    }
    lines.push_back(std::move(line));
  }
  if (found.missed.size() > lines.size() && most > 0) {
    lines.push_back(
        fmt::format("and {} more", count(static_cast<std::int64_t>(found.missed.size() - most))));
  }
  return lines;
}

std::string not_ranked(const Recommendation& found) {
  return fmt::format(
      "{} of {} feasible cases {} not ranked: a metric that counts is not known of {} ({}).",
      count(found.unknown), count(found.feasible), found.unknown == 1 ? "is" : "are",
      found.unknown == 1 ? "it" : "them", found.preference.text);
}

void add_group(Document& document, const CaseTable& table, const Recommendation& found,
               const RecommendDocumentOptions& options) {
  if (!found.group.empty()) document.heading(found.group);
  if (found.ranked.empty() && found.unknown > 0) {
    document.paragraph(not_ranked(found));
  } else if (found.ranked.empty()) {
    document.paragraph(nearest_miss(table, found), Style::bad);
    if (!found.missed.empty()) {
      document.bullets("What would have to change",
                       needed_changes(table, found.missed.front().row));
    }
  } else {
    document.paragraph(answer(table, found), Style::heading);
    document.paragraph(sureness(table, found));
    if (found.ranked.size() > 1) document.table(ranked_table(table, found));
    if (found.unknown > 0) document.paragraph(not_ranked(found));
  }
  document.bullets("Out, the nearest miss first", missed_lines(table, found, options.missed));
}

// One line a group, before the details of each.
Table summary(const CaseTable& table, const std::vector<Recommendation>& found) {
  const auto metrics = metrics_shown(table, found.front().preference);
  std::vector<Column> columns{{"for", Align::left}, {"choose", Align::left, true}};
  for (const Metric metric : metrics)
    columns.push_back({std::string(to_text(metric)), Align::right});
  columns.push_back({"feasible", Align::right});
  Table lines(columns);
  for (const Recommendation& one : found) {
    std::vector<std::string> cells{one.group};
    cells.push_back(one.winner() ? name_in(table, one, *one.winner()) : "none is feasible");
    for (const Metric metric : metrics) {
      cells.push_back(one.winner() ? to_text(metric, table.column(metric)[*one.winner()]) : "");
    }
    cells.push_back(fmt::format("{} of {}", count(one.feasible), count(one.cases)));
    lines.add(std::move(cells));
  }
  return lines;
}

}  // namespace

Document recommend_document(const CaseTable& table, const std::vector<Recommendation>& found,
                            const RecommendDocumentOptions& options) {
  Document document;
  if (found.size() > 1) document.table(summary(table, found));
  for (const Recommendation& one : found) add_group(document, table, one, options);
  return document;
}

}  // namespace roofbeam
