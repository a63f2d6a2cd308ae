#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/input_error.hpp"
#include "core/quantity/text.hpp"
#include "reports/plots/axis.hpp"
#include "reports/plots/case_charts.hpp"
#include "reports/table.hpp"
#include "scenarios/frontier.hpp"

namespace roofbeam {
namespace {

constexpr std::size_t kMostNumbers = 14;  // that fit beside the chart

std::string_view unit_of(Metric metric) {
  switch (metric) {
    case Metric::latency:
      return "s";
    case Metric::energy:
      return "J";
    case Metric::power:
      return "W";
    case Metric::throughput:
      return "/s";
    case Metric::memory:
    case Metric::size:
    case Metric::arena:
      return "B";
    default:
      return "";
  }
}

Prefixes prefixes_of(Metric metric) {
  return unit_of(metric) == "B" ? Prefixes::binary : Prefixes::decimal;
}

LogError deviation(const CaseTable& table, Metric metric, std::size_t row) {
  const auto of = [&](const std::vector<double>& column) {
    return LogError{row < column.size() && std::isfinite(column[row]) ? column[row] : 0};
  };
  return error_of(metric, of(table.latency_deviation), of(table.energy_deviation));
}

constexpr double kLinearSpan = 30;  // metrics that span more are shown by their logarithm

// A metric as an axis: linear in a unit that reads well, which the title states, or logarithmic in
// SI units, with units at the ticks.
struct MetricAxis {
  Metric metric;
  double low = 0;  // smallest above zero, whiskers included
  double high = 0;
  bool logarithmic = false;
  double factor = 1;
  std::string title;

  MetricAxis(const CaseTable& table, Metric shown) : metric(shown), title(to_text(shown)) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const double value = table.column(metric)[row];
      if (!std::isfinite(value)) continue;
      const auto range = deviation(table, metric, row).interval_80(value);
      high = std::max(high, range.high);
      if (range.low > 0) low = low == 0 ? range.low : std::min(low, range.low);
    }
    logarithmic = metric != Metric::accuracy && low > 0 && high / low > kLinearSpan;
    if (!logarithmic) choose_unit();
  }

  [[nodiscard]] std::string cell_of(double value) const { return cell(value / factor); }

  [[nodiscard]] std::string script(std::string_view name) const {
    std::string text = fmt::format("set {}label {}\n", name, quoted(title));
    if (!logarithmic) return text;
    const Prefixes prefixes = prefixes_of(metric);
    return text + axis_script(name, log_axis(low, high, prefixes), unit_of(metric), prefixes);
  }

 private:
  void choose_unit() {
    if (metric == Metric::accuracy) {
      factor = 0.01;
      title += " (%)";
    } else if (prefixes_of(metric) == Prefixes::binary) {
      factor = high >= (1 << 20) ? 1 << 20 : 1 << 10;
      title += high >= (1 << 20) ? " (MiB)" : " (KiB)";
    } else {
      const AxisUnit unit = axis_unit(high);
      factor = unit.factor;
      title += fmt::format(" ({}{})", unit.prefix, unit_of(metric));
    }
  }
};

// x, y and both whiskers.
std::string line_of(const CaseTable& table, const MetricAxis& x, const MetricAxis& y,
                    std::size_t row) {
  std::string line;
  for (const auto* axis : {&x, &y}) line += axis->cell_of(table.column(axis->metric)[row]) + '\t';
  for (const auto* axis : {&x, &y}) {
    const auto range =
        deviation(table, axis->metric, row).interval_80(table.column(axis->metric)[row]);
    line += axis->cell_of(range.low) + '\t' + axis->cell_of(range.high) + '\t';
  }
  return line;
}

// The frontier of the feasible cases in these two metrics, as rows.
std::vector<std::size_t> frontier_rows(const CaseTable& table, const Objective& x,
                                       const Objective& y) {
  std::vector<std::size_t> rows;
  std::array<std::vector<double>, 2> columns;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!table.feasible(row)) continue;
    rows.push_back(row);
    columns[0].push_back(table.column(x.metric)[row]);
    columns[1].push_back(table.column(y.metric)[row]);
  }
  const std::array<std::span<const double>, 2> spans = {columns[0], columns[1]};
  const std::array<Sense, 2> senses = {x.sense, y.sense};
  std::vector<std::size_t> found;
  for (const auto index : frontier(spans, senses).indices) {
    found.push_back(rows[static_cast<std::size_t>(index)]);
  }
  return found;
}

// Numbers at the points, and what they mean beside the chart.
void add_numbers(const CaseTable& table, const std::vector<std::size_t>& rows, const MetricAxis& x,
                 const MetricAxis& y, Plot& plot) {
  const std::size_t step = (rows.size() + kMostNumbers - 1) / kMostNumbers;
  std::size_t place = 0;
  for (std::size_t i = 0; i < rows.size(); i += std::max<std::size_t>(1, step)) {
    const std::string number = fmt::format("{}", ++place);
    plot.script += fmt::format("set label '{}' at {},{} offset 0.6,0.7 font ',@{{small}}'\n",
                               number, x.cell_of(table.column(x.metric)[rows[i]]),
                               y.cell_of(table.column(y.metric)[rows[i]]));
    plot.script += fmt::format(
        "set label {} at screen 0.70, screen {:.3f} font ',@{{small}}'\n",
        quoted(fmt::format("{:>2}  {}", number, shortened(case_values(table, rows[i]), 38))),
        0.72 - 0.045 * static_cast<double>(place - 1));
  }
}

// Cases that have both metrics, one table for those that are feasible and one for the others.
struct Clouds {
  std::string feasible = "# x\ty\n";
  std::string infeasible = feasible;
  std::size_t cases = 0;
  std::size_t infeasible_cases = 0;
};

Clouds clouds_of(const CaseTable& table, const MetricAxis& x, const MetricAxis& y) {
  Clouds clouds;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double across = table.column(x.metric)[row];
    const double up = table.column(y.metric)[row];
    if (!std::isfinite(across) || !std::isfinite(up)) continue;
    const bool feasible = table.feasible(row);
    ++clouds.cases;
    if (!feasible) ++clouds.infeasible_cases;
    (feasible ? clouds.feasible : clouds.infeasible) += line_of(table, x, y, row) + '\n';
  }
  return clouds;
}

std::string frontier_table(const CaseTable& table, const std::vector<std::size_t>& rows,
                           const MetricAxis& x, const MetricAxis& y) {
  std::string text = "# x\ty\tx low\tx high\ty low\ty high\tcase\n";
  for (const auto row : rows) {
    text += line_of(table, x, y, row) + cell(case_values(table, row)) + '\n';
  }
  return text;
}

constexpr std::string_view kInfeasible =
    "@{infeasible} using 1:2 with points pointtype 6 pointsize 0.5 linecolor rgb '#bbbbbb' title "
    "'infeasible', \\\n     ";

std::string feasible_items() {
  return fmt::format(
      "@{{feasible}} using 1:2 with points pointtype 7 pointsize 0.5 linecolor rgb '#80{0}' title "
      "'case', \\\n"
      "     @{{frontier}} using 1:2 with steps linecolor rgb '{1}' linewidth 1.5 notitle, \\\n"
      "     @{{frontier}} using 1:2:3:4:5:6 with xyerrorbars pointtype -1 linecolor rgb '{1}' "
      "linewidth 0.5 notitle, \\\n"
      "     @{{frontier}} using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '{1}' "
      "title 'frontier, 80 % interval'",
      kPalette[0].substr(1), kPalette[1]);
}

}  // namespace

Plot pareto_plot(const CaseTable& table, const Objective& x, const Objective& y) {
  const MetricAxis across(table, x.metric);
  const MetricAxis up(table, y.metric);
  const Clouds clouds = clouds_of(table, across, up);
  if (clouds.cases == 0) {
    throw InputError(
        fmt::format("no case has both {} and {}", to_text(x.metric), to_text(y.metric)));
  }
  const auto rows = frontier_rows(table, x, y);
  Plot plot;
  plot.width = 20;
  plot.height = 11;
  plot.script = plot_preamble(cases_title(table, fmt::format("{} and {}", to_text(x), to_text(y))));
  plot.script +=
      "set rmargin at screen 0.66\nset key at screen 0.98, screen 0.92 right top\n"
      "set format '%g'\nset offsets graph 0.04, graph 0.04, graph 0.06, graph 0.04\n";
  plot.script += across.script("x") + up.script("y");
  add_numbers(table, rows, across, up, plot);
  plot.data = {{"feasible", clouds.feasible},
               {"frontier", frontier_table(table, rows, across, up)}};
  if (clouds.infeasible_cases > 0) plot.data.push_back({"infeasible", clouds.infeasible});
  plot.script +=
      fmt::format("plot {}{}\n", clouds.infeasible_cases > 0 ? kInfeasible : "", feasible_items());
  return plot;
}

}  // namespace roofbeam
