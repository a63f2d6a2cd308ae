#include <fmt/format.h>

#include <algorithm>

#include "core/quantity/text.hpp"
#include "reports/csv.hpp"
#include "reports/frontier_views.hpp"
#include "reports/knee_views.hpp"

namespace roofbeam {
namespace {

std::string objective_text(const ColumnObjective& objective) {
  return fmt::format("{} {}", objective.sense == Sense::smaller ? "min" : "max", objective.column);
}

std::string all_objectives(const TableFrontier& found) {
  std::string text;
  for (const ColumnObjective& objective : found.question.objectives) {
    text += (text.empty() ? "" : ", ") + objective_text(objective);
  }
  return text;
}

std::string count(std::uint64_t number) { return grouped(static_cast<long long>(number)); }

std::string answer(const TableFrontier& found) {
  const Frontier& points = found.frontier;
  std::string text =
      fmt::format("{} of {} rows {} on the frontier of {}.", count(points.size()),
                  count(points.cases), points.size() == 1 ? "is" : "are", all_objectives(found));
  std::uint64_t twins = 0;
  for (const std::uint64_t ties : points.ties) twins += ties - 1;
  if (twins > 0) {
    text += fmt::format(" {} more equal one of them in every objective.", count(twins));
  }
  if (points.left_out > 0) {
    text += fmt::format(" {} left out: an objective is not known.", count(points.left_out));
  }
  return text;
}

// Further columns in which the points differ, those first that stand first.
std::vector<std::size_t> further_columns(const TableFrontier& found, std::size_t most) {
  std::vector<std::size_t> further;
  for (std::size_t c = 0; c < found.columns.size() && further.size() < most; ++c) {
    const auto is_objective = [&](const ColumnObjective& objective) {
      return objective.column == found.columns[c];
    };
    const auto& objectives = found.question.objectives;
    if (std::any_of(objectives.begin(), objectives.end(), is_objective)) continue;
    const auto differs = [&](const auto& cells) { return cells[c] != found.cells.front()[c]; };
    if (std::any_of(found.cells.begin(), found.cells.end(), differs)) further.push_back(c);
  }
  return further;
}

bool is_knee(const TableFrontier& found, std::size_t point) {
  return found.knee && found.knee->point == point;
}

Table points_table(const TableFrontier& found, const FrontierDocumentOptions& options) {
  const auto further = further_columns(found, options.columns);
  std::vector<Column> columns{{"row", Align::right}, {"", Align::left}};
  for (const ColumnObjective& objective : found.question.objectives) {
    columns.push_back({objective.column, Align::right});
  }
  for (const std::size_t c : further) columns.push_back({found.columns[c], Align::left, true});
  Table table(columns);
  for (std::size_t point = 0; point < found.frontier.size(); ++point) {
    if (point >= options.points && !is_knee(found, point)) continue;
    std::vector<Span> cells{count(found.frontier.indices[point]),
                            {is_knee(found, point) ? "knee" : "", Style::good}};
    for (const ColumnObjective& objective : found.question.objectives) {
      cells.emplace_back(found.cells[point][found.column(objective.column)]);
    }
    for (const std::size_t c : further) cells.emplace_back(found.cells[point][c]);
    table.add(std::move(cells));
  }
  return table;
}

std::string reference_text(const TableFrontier& found) {
  std::string text;
  for (std::size_t c = 0; c < found.reference.size(); ++c) {
    text += fmt::format("{}{} {:.6g}", c == 0 ? "" : ", ", found.question.objectives[c].column,
                        found.reference[c]);
  }
  return text + (found.question.reference.empty() ? ", the worst of all rows" : ", as stated");
}

std::string hypervolume_text(const TableFrontier& found) {
  if (!found.hypervolume) {
    return "Hypervolume: it would take long; --hypervolume asks for it all the same.";
  }
  std::string text = fmt::format("Hypervolume: {:.6g}", *found.hypervolume);
  if (found.covered) {
    text += fmt::format(", {:.2f} % of the box from the best values", 100 * *found.covered);
  }
  return text + fmt::format("; reference point: {}.", reference_text(found));
}

std::string knee_sentence(const TableFrontier& found) {
  const auto row = count(found.frontier.indices[found.knee->point]);
  return knee_text("row " + row, *found.knee);
}

std::string gains_text(const TableFrontier& found, const AskedRow& asked,
                       const Dominator& dominator) {
  std::string text;
  for (std::size_t c = 0; c < dominator.better_by.size(); ++c) {
    const double gain = dominator.better_by[c];
    if (gain == 0) continue;
    text += fmt::format("{}{} by {:.4g}", text.empty() ? "" : ", ",
                        found.question.objectives[c].column, gain);
    const double share = gain / asked.values[c];
    if (share > 0 && share < 1e6) text += fmt::format(" ({:.1f} %)", 100 * share);
  }
  return fmt::format("row {} is better in {}", count(dominator.index), text);
}

void add_asked(Document& document, const TableFrontier& found, const AskedRow& asked,
               std::size_t most) {
  if (asked.beaten_by.empty()) {
    document.paragraph(fmt::format("Row {} is beaten by none.", count(asked.row)));
    return;
  }
  std::vector<std::string> lines;
  for (const Dominator& dominator : asked.beaten_by) {
    if (lines.size() == most) break;
    lines.push_back(gains_text(found, asked, dominator));
  }
  const std::size_t more = asked.beaten_by.size() - lines.size();
  if (more > 0) lines.push_back(fmt::format("and {} more", more));
  document.bullets(fmt::format("Row {} is beaten by {} of the frontier", count(asked.row),
                               asked.beaten_by.size()),
                   lines);
}

}  // namespace

Document frontier_document(const TableFrontier& found, const FrontierDocumentOptions& options) {
  Document document;
  document.paragraph(answer(found));
  document.table(points_table(found, options));
  if (found.frontier.size() > options.points) {
    document.paragraph(fmt::format("{} more; --top shows them, --format csv holds all.",
                                   count(found.frontier.size() - options.points)));
  }
  if (found.knee) document.paragraph(knee_sentence(found));
  if (found.frontier.size() > 0) document.paragraph(hypervolume_text(found));
  for (const AskedRow& asked : found.asked) add_asked(document, found, asked, options.dominators);
  return document;
}

std::string frontier_csv(const TableFrontier& found) {
  std::vector<std::string> header{"frontier_row", "ties", "knee"};
  header.insert(header.end(), found.columns.begin(), found.columns.end());
  std::string text = csv_line(header);
  for (std::size_t point = 0; point < found.frontier.size(); ++point) {
    std::vector<std::string> cells{fmt::format("{}", found.frontier.indices[point]),
                                   fmt::format("{}", found.frontier.ties[point]),
                                   is_knee(found, point) ? "1" : "0"};
    cells.insert(cells.end(), found.cells[point].begin(), found.cells[point].end());
    text += csv_line(cells);
  }
  return text;
}

}  // namespace roofbeam
