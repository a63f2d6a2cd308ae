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

std::string title(const CaseTable& table) {
  return table.title.empty() ? table.scenario : fmt::format("{}: {}", table.scenario, table.title);
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

using Lines = std::vector<std::string>;

void add_reasons(const CaseCounts& counts, Lines& lines) {
  constexpr std::size_t kMostReasons = 6;
  std::vector<std::pair<std::int64_t, std::string>> sorted;
  for (const auto& [reason, count] : counts.why_impossible) sorted.emplace_back(-count, reason);
  std::ranges::sort(sorted);
  for (std::size_t i = 0; i < std::min(sorted.size(), kMostReasons); ++i) {
    lines.push_back(fmt::format("impossible {}: {}", grouped(-sorted[i].first), sorted[i].second));
  }
  if (sorted.size() > kMostReasons) {
    lines.push_back(
        fmt::format("and {} more reasons (--format json has all)", sorted.size() - kMostReasons));
  }
}

void add_requirements(const CaseTable& table, Lines& lines) {
  const CaseCounts& counts = table.counts;
  if (counts.unfit > 0) {
    lines.push_back(fmt::format("{} {} not fit into the platform's memory{}", grouped(counts.unfit),
                                counts.unfit == 1 ? "does" : "do",
                                table.must_fit ? "" : " (allowed)"));
  }
  for (std::size_t i = 0; i < table.requirements.size(); ++i) {
    lines.push_back(fmt::format("{} {} {}", grouped(counts.failed[i]),
                                counts.failed[i] == 1 ? "misses" : "miss",
                                table.requirements[i].text));
  }
  for (const auto& [metric, count] : counts.unknown_of) {
    lines.push_back(
        fmt::format("{} that meet all of it are not compared: their {} is not known "
                    "(state it under 'given:')",
                    grouped(count), metric));
  }
}

std::string objectives_text(const CaseTable& table) {
  std::vector<std::string> texts;
  for (const Objective& objective : table.objectives) texts.push_back(to_text(objective));
  return fmt::format("{}", fmt::join(texts, ", "));
}

// How many cases there are, and below it what became of some.
void add_counts(Document& document, const CaseTable& table) {
  Lines lines;
  add_reasons(table.counts, lines);
  add_requirements(table, lines);
  if (lines.empty()) {
    document.paragraph(count_line(table.counts));
  } else {
    document.bullets(count_line(table.counts), std::move(lines), Style::plain);
  }
}

void add_cases(Document& document, const CaseTable& table, const SweepShown& shown) {
  const std::int64_t found = std::ranges::count(table.on_frontier, 1);
  if (found > 0) {
    const std::int64_t compared = table.counts.feasible - table.counts.unknown;
    document.heading(fmt::format("Frontier of {} in {}: {}", cases(compared),
                                 objectives_text(table), cases(found)));
    add_frontier(document, table, shown);
  } else if (table.rows() == 0) {
    document.paragraph("No case is left to compare.", Style::bad);
  } else if (table.counts.feasible > 0) {
    document.paragraph("No case has all that the objectives ask for.", Style::bad);
  } else {
    document.paragraph("No case meets all requirements. The nearest:", Style::bad);
    add_nearest(document, table, shown);
  }
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

Document sweep_document(const CaseTable& table, const SweepShown& shown) {
  Document document;
  document.heading(title(table));
  add_counts(document, table);
  add_cases(document, table, shown);
  add_pipelines(document, pipelines(table));
  return document;
}

Document dry_run_document(const CaseTable& table, std::size_t width) {
  Document document;
  document.heading(title(table));
  Lines axes;
  for (const CaseTable::Axis& axis : table.axes) axes.push_back(axis_text(axis));
  const CaseCounts& counts = table.counts;
  document.bullets(
      fmt::format("{}: {} repeat others, {} excluded, {} to forecast", cases(counts.all),
                  grouped(counts.repeated), grouped(counts.excluded), grouped(counts.forecast)),
      std::move(axes), Style::plain);
  const auto more = counts.forecast - static_cast<std::int64_t>(table.rows());
  if (table.rows() > 0) add_settings(document, table, more, width);
  return document;
}

}  // namespace roofbeam
