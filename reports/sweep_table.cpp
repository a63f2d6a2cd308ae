#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>

#include "core/quantity/text.hpp"
#include "reports/case_list.hpp"
#include "reports/case_settings.hpp"
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
    text += note(fmt::format("{} {} not fit into the platform's memory{}", grouped(counts.unfit),
                             counts.unfit == 1 ? "does" : "do", table.must_fit ? "" : " (allowed)"),
                 width);
  }
  for (std::size_t i = 0; i < table.requirements.size(); ++i) {
    text += note(fmt::format("{} {} {}", grouped(counts.failed[i]),
                             counts.failed[i] == 1 ? "misses" : "miss", table.requirements[i].text),
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

std::string objectives_text(const CaseTable& table) {
  std::vector<std::string> texts;
  for (const Objective& objective : table.objectives) texts.push_back(to_text(objective));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string frontier_text(const CaseTable& table, const SweepTableOptions& options) {
  const std::int64_t compared = table.counts.feasible - table.counts.unknown;
  const auto found = std::ranges::count(table.on_frontier, 1);
  return fmt::format("\nFrontier of {} in {}: {}\n", cases(compared), objectives_text(table),
                     cases(found)) +
         frontier_list(table, options);
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
  return text + nearest_list(table, options);
}

// What the stages did, if the scenario has a pipeline.
std::string pipelines_text(const CaseTable& table, std::size_t width) {
  Document document;
  add_pipelines(document, pipelines(table));
  const std::string text = document.text(width);
  return text.empty() ? "" : "\n" + text;
}

// "run.batch: 3: 1, 2, 4".
std::string axis_text(const CaseTable::Axis& axis) {
  constexpr std::size_t kMost = 12;
  const std::size_t shown = std::min(axis.values.size(), kMost);
  const std::span first(axis.values.data(), shown);
  const bool have_commas = std::ranges::any_of(
      first, [](const std::string& value) { return value.find(',') != value.npos; });
  return fmt::format("{}: {}: {}{}", axis.name, axis.values.size(),
                     fmt::join(first, have_commas ? "; " : ", "),
                     shown < axis.values.size() ? ", ..." : "");
}

}  // namespace

std::string sweep_table(const CaseTable& table, const SweepTableOptions& options) {
  return cases_text(table, options) + pipelines_text(table, options.width);
}

std::string dry_run_table(const CaseTable& table, std::size_t width) {
  std::string text = heading(table);
  for (const CaseTable::Axis& axis : table.axes) text += note(axis_text(axis), width);
  const CaseCounts& counts = table.counts;
  text += fmt::format("{}: {} repeat others, {} excluded, {} to forecast\n", cases(counts.all),
                      grouped(counts.repeated), grouped(counts.excluded), grouped(counts.forecast));
  if (table.rows() == 0) return text;
  const auto more = counts.forecast - static_cast<std::int64_t>(table.rows());
  return text + "\n" + settings_list(table, more, width);
}

}  // namespace roofbeam
