#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/input_error.hpp"
#include "reports/plots/case_charts.hpp"
#include "reports/table.hpp"

namespace roofbeam {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kRings = 4;
constexpr double kInner = 0.2;     // radius of the worst, so that it can be seen
constexpr double kLinearSpan = 5;  // axes that span more are logarithmic

struct RadarAxis {
  Metric metric;
  double worst = 0;
  double best = 0;
  double x = 0;  // direction, the first upwards, then clockwise
  double y = 0;

  // 0 for the worst of the chosen cases, 1 for the best.
  [[nodiscard]] double normalised(double value) const {
    if (best == worst) return 1;
    const bool logarithmic =
        best > 0 && worst > 0 && std::max(best / worst, worst / best) > kLinearSpan;
    return logarithmic ? std::log(value / worst) / std::log(best / worst)
                       : (value - worst) / (best - worst);
  }
  [[nodiscard]] double radius(double value) const {
    return kInner + (1 - kInner) * normalised(value);
  }
};

bool known(const CaseTable& table, const std::vector<std::size_t>& rows, Metric metric) {
  const auto& column = table.column(metric);
  return std::all_of(rows.begin(), rows.end(),
                     [&](std::size_t row) { return std::isfinite(column[row]); });
}

RadarAxis axis_of(const CaseTable& table, const std::vector<std::size_t>& rows, Metric metric) {
  RadarAxis axis{metric};
  const auto& column = table.column(metric);
  double low = column[rows.front()];
  double high = low;
  for (const auto row : rows) {
    low = std::min(low, column[row]);
    high = std::max(high, column[row]);
  }
  const bool smaller = kind_of(metric).sense == Sense::smaller;
  axis.worst = smaller ? high : low;
  axis.best = smaller ? low : high;
  return axis;
}

std::vector<RadarAxis> axes_of(const CaseTable& table, const std::vector<std::size_t>& rows,
                               const std::vector<Metric>& metrics) {
  std::vector<RadarAxis> axes;
  for (const Metric metric : metrics) {
    if (known(table, rows, metric)) axes.push_back(axis_of(table, rows, metric));
  }
  if (axes.size() < 3) {
    throw InputError(fmt::format(
        "a radar chart needs three metrics or more that all chosen cases have; there are {}",
        axes.size()));
  }
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const double angle = 2 * kPi * static_cast<double>(i) / static_cast<double>(axes.size());
    axes[i].x = std::sin(angle);
    axes[i].y = std::cos(angle);
  }
  return axes;
}

std::string point(const RadarAxis& axis, double radius) {
  return fmt::format("{:.4f}\t{:.4f}\n", radius * axis.x, radius * axis.y);
}

// Rings and spokes.
std::string web_of(const std::vector<RadarAxis>& axes) {
  std::string table = "# x\ty\n";
  for (int ring = 0; ring <= kRings; ++ring) {
    for (std::size_t i = 0; i <= axes.size(); ++i) {
      table += point(axes[i % axes.size()], kInner + (1 - kInner) * ring / kRings);
    }
    table += '\n';
  }
  for (const auto& axis : axes) table += "0\t0\n" + point(axis, 1) + '\n';
  return table;
}

// Beside the end of its axis, so that it never lies on the chart.
std::string label_of(const RadarAxis& axis) {
  const char* align = axis.x > 0.2 ? "left" : axis.x < -0.2 ? "right" : "center";
  const double lift = axis.y > 0.5 ? 1.2 : axis.y < -0.5 ? -0.3 : 0.4;
  const std::string name(to_text(axis.metric));
  const std::string range = axis.best == axis.worst
                                ? to_text(axis.metric, axis.best)
                                : fmt::format("{} to {}", to_text(axis.metric, axis.worst),
                                              to_text(axis.metric, axis.best));
  return fmt::format(
      "set label {0} at {2:.3f},{3:.3f} {4} offset 0,{5:.1f}\n"
      "set label {1} at {2:.3f},{3:.3f} {4} offset 0,{6:.1f} font ',@{{small}}' textcolor "
      "'#555555'\n",
      quoted(name), quoted(range), 1.08 * axis.x, 1.08 * axis.y, align, lift, lift - 1);
}

}  // namespace

Plot radar_plot(const CaseTable& table, const std::vector<std::size_t>& rows,
                const std::vector<Metric>& metrics) {
  if (rows.empty() || rows.size() > kPalette.size()) {
    throw InputError(
        fmt::format("a radar chart shows 1 to {} cases, not {}", kPalette.size(), rows.size()));
  }
  const auto axes = axes_of(table, rows, metrics);
  Plot plot;
  plot.width = 15;
  plot.height = 11.5 + 0.6 * static_cast<double>(rows.size());
  plot.script = plot_preamble(
      cases_title(table, "the rim is the best of these cases, the inner ring the worst"));
  plot.script +=
      "unset border\nunset tics\nunset grid\nset key outside bottom center vertical Left reverse "
      "maxcols 1\nset size ratio -1\nset xrange [-1.8:1.8]\nset "
      "yrange [-1.3:1.35]\nset style fill transparent solid 0.10\n";
  for (const auto& axis : axes) plot.script += label_of(axis);
  plot.data.push_back({"web", web_of(axes)});
  std::string items = "@{web} using 1:2 with lines linecolor rgb '#cccccc' linewidth 0.8 notitle";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string corners = "# x\ty\n";
    for (std::size_t corner = 0; corner <= axes.size(); ++corner) {
      const auto& axis = axes[corner % axes.size()];
      corners += point(axis, axis.radius(table.column(axis.metric)[rows[i]]));
    }
    const std::string name = fmt::format("case{}", i + 1);
    items += fmt::format(
        ", \\\n     @{{{0}}} using 1:2 with filledcurves closed linecolor rgb '{1}' notitle, \\\n"
        "     @{{{0}}} using 1:2 with linespoints pointtype 7 pointsize 0.7 linewidth 1.5 "
        "linecolor "
        "rgb '{1}' title {2}",
        name, colour(i), quoted(shortened(case_values(table, rows[i]), 60)));
    plot.data.push_back({name, corners});
  }
  plot.script += "plot " + items + '\n';
  return plot;
}

}  // namespace roofbeam
