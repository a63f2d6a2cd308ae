#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/input_error.hpp"
#include "core/quantity/text.hpp"
#include "reports/plots/case_charts.hpp"
#include "reports/table.hpp"
#include "scenarios/frontier.hpp"

namespace roofbeam {
namespace {

constexpr std::size_t kMostNumbers = 14;  // that fit beside the chart

// A metric as an axis: its values in a unit that reads well.
struct MetricAxis {
  Metric metric;
  double factor = 1;
  std::string title;
  bool logarithmic = false;

  MetricAxis(const CaseTable& table, Metric shown) : metric(shown) {
    double low = 0;
    double high = 0;
    for (const double value : table.column(metric)) {
      if (!std::isfinite(value)) continue;
      high = std::max(high, value);
      if (value > 0) low = low == 0 ? value : std::min(low, value);
    }
    logarithmic = metric != Metric::accuracy && low > 0 && high / low > 30;
    name(high);
  }

  [[nodiscard]] std::string cell_of(double value) const { return cell(value / factor); }

 private:
  void name(double high) {
    const std::string word(to_text(metric));
    const bool bytes =
        metric == Metric::memory || metric == Metric::size || metric == Metric::arena;
    if (metric == Metric::accuracy) {
      factor = 0.01;
      title = word + " (%)";
    } else if (bytes) {
      factor = high >= (1 << 20) ? 1 << 20 : 1 << 10;
      title = fmt::format("{} ({})", word, high >= (1 << 20) ? "MiB" : "KiB");
    } else {
      const AxisUnit unit = axis_unit(high);
      factor = unit.factor;
      title = fmt::format("{} ({}{})", word, unit.prefix, symbol());
    }
  }
  [[nodiscard]] std::string_view symbol() const {
    switch (metric) {
      case Metric::latency:
        return "s";
      case Metric::energy:
        return "J";
      case Metric::power:
        return "W";
      case Metric::throughput:
        return "/s";
      default:
        return "";
    }
  }
};

LogError deviation(const CaseTable& table, Metric metric, std::size_t row) {
  const auto of = [&](const std::vector<double>& column) {
    return LogError{row < column.size() && std::isfinite(column[row]) ? column[row] : 0};
  };
  return error_of(metric, of(table.latency_deviation), of(table.energy_deviation));
}

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

bool has_both(const CaseTable& table, const Objective& x, const Objective& y, std::size_t row) {
  return std::isfinite(table.column(x.metric)[row]) && std::isfinite(table.column(y.metric)[row]);
}

// Numbers at the points, and what they mean beside the chart.
void add_numbers(const CaseTable& table, const std::vector<std::size_t>& rows, const MetricAxis& x,
                 const MetricAxis& y, Plot& plot) {
  const std::size_t step = (rows.size() + kMostNumbers - 1) / kMostNumbers;
  std::size_t place = 0;
  for (std::size_t i = 0; i < rows.size(); i += std::max<std::size_t>(1, step)) {
    const std::string number = fmt::format("{}", ++place);
    plot.script += fmt::format("set label '{}' at {},{} offset 0.6,0.7 font ',9'\n", number,
                               x.cell_of(table.column(x.metric)[rows[i]]),
                               y.cell_of(table.column(y.metric)[rows[i]]));
    plot.script += fmt::format(
        "set label {} at screen 0.70, screen {:.3f} font ',9'\n",
        quoted(fmt::format("{:>2}  {}", number, shortened(case_name(table, rows[i]), 38))),
        0.72 - 0.045 * static_cast<double>(place - 1));
  }
}

}  // namespace

std::string case_name(const CaseTable& table, std::size_t row) {
  std::string name;
  for (const auto axis : table.varying()) {
    name += fmt::format("{}{}", name.empty() ? "" : ", ", table.text(axis, row));
  }
  return name.empty() ? fmt::format("case {}", table.index[row]) : name;
}

Plot pareto_plot(const CaseTable& table, const Objective& x, const Objective& y) {
  const MetricAxis across(table, x.metric);
  const MetricAxis up(table, y.metric);
  std::string feasible = "# x\ty\n";
  std::string infeasible = feasible;
  bool any = false;
  bool any_infeasible = false;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!has_both(table, x, y, row)) continue;
    any = true;
    any_infeasible |= !table.feasible(row);
    (table.feasible(row) ? feasible : infeasible) += line_of(table, across, up, row) + '\n';
  }
  if (!any) {
    throw InputError(
        fmt::format("no case has both {} and {}", to_text(x.metric), to_text(y.metric)));
  }
  const auto rows = frontier_rows(table, x, y);
  std::string best = "# x\ty\tx low\tx high\ty low\ty high\tcase\n";
  for (const auto row : rows) {
    best += line_of(table, across, up, row) + cell(case_name(table, row)) + '\n';
  }
  Plot plot;
  plot.width = 20;
  plot.height = 11;
  plot.script = plot_preamble(fmt::format(
      "{}: {} and {}", table.title.empty() ? table.scenario : table.title, to_text(x), to_text(y)));
  plot.script += fmt::format(
      "set rmargin at screen 0.66\nset key at screen 0.98, screen 0.92 right top\nset xlabel "
      "{}\nset ylabel {}\n",
      quoted(across.title), quoted(up.title));
  if (across.logarithmic) plot.script += "set logscale x\n";
  if (up.logarithmic) plot.script += "set logscale y\n";
  plot.script += "set format '%g'\nset offsets graph 0.04, graph 0.04, graph 0.06, graph 0.04\n";
  add_numbers(table, rows, across, up, plot);
  std::string items;
  if (any_infeasible) {
    items +=
        "@{infeasible} using 1:2 with points pointtype 6 pointsize 0.5 linecolor rgb '#bbbbbb' "
        "title 'infeasible', \\\n     ";
    plot.data.push_back({"infeasible", infeasible});
  }
  items += fmt::format(
      "@{{feasible}} using 1:2 with points pointtype 7 pointsize 0.5 linecolor rgb '#80{0}' title "
      "'case', \\\n"
      "     @{{frontier}} using 1:2 with steps linecolor rgb '{1}' linewidth 1.5 notitle, \\\n"
      "     @{{frontier}} using 1:2:3:4:5:6 with xyerrorbars pointtype -1 linecolor rgb '{1}' "
      "linewidth 0.5 notitle, \\\n"
      "     @{{frontier}} using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '{1}' "
      "title "
      "'frontier, 80 % interval'",
      kPalette[0].substr(1), kPalette[1]);
  plot.data.push_back({"feasible", feasible});
  plot.data.push_back({"frontier", best});
  plot.script += "plot " + items + '\n';
  return plot;
}

}  // namespace roofbeam
