#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "reports/plots/axis.hpp"
#include "reports/plots/charts.hpp"

namespace roofbeam {
namespace {

constexpr std::size_t kMostGroups = 7;  // colours that can be told apart

std::string group_of(const Forecast& row, std::size_t groups) {
  return groups <= kMostGroups ? device_name(row.prediction) : row.prediction.runtime;
}

constexpr std::size_t kMostWhiskers = 200;  // more would hide the points

std::string points_of(const std::string& table, const std::string& name, std::string_view colour,
                      bool whiskers) {
  std::string items;
  if (whiskers) {
    items = fmt::format(
        "@{{{}}} using 1:2:3:4 with yerrorbars linecolor rgb '{}' linewidth 0.6 pointtype -1 "
        "notitle, \\\n     ",
        table, colour);
  }
  return items + fmt::format(
                     "@{{{}}} using 1:2 with points linecolor rgb '#{}{}' pointtype 7 pointsize "
                     "{} title {}, \\\n     ",
                     table, whiskers ? "00" : "60", colour.substr(1), whiskers ? 0.5 : 0.3,
                     quoted(name));
}

struct Range {
  double low = 1e300;
  double high = 0;
  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

std::string line_of(const Forecast& row) {
  const auto& p = row.prediction;
  const auto range = p.latency_error.interval_80(p.latency);
  return fmt::format("{}\t{}\t{}\t{}\t{}\n", cell(latency_pair(row).measured), cell(p.latency.si()),
                     cell(range.low.si()), cell(range.high.si()),
                     cell(fmt::format("{} on {}", p.network, device_name(p))));
}

}  // namespace

Plot validation_plot(const Validation& validation) {
  std::map<std::string, std::string> tables;
  Range range;
  for (const auto& row : validation.rows) {
    tables[group_of(row, validation.by_device.size())] += line_of(row);
    range.add(latency_pair(row).measured);
    range.add(row.prediction.latency.si());
  }
  Plot plot;
  plot.width = 16;
  plot.height = 12;
  const auto& all = validation.latency;
  plot.script = plot_preamble(fmt::format(
      "{} measurements: median error {:.1f} %, {:.0f} % within 10 %, {:.0f} % within 20 %",
      all.rows, 100 * all.median_ape, 100 * all.within_10, 100 * all.within_20));
  const LogAxis axis = log_axis(range.low, range.high);
  plot.script += axis_script("x", axis, "s") + axis_script("y", axis, "s");
  plot.script +=
      "set xlabel 'measured latency'\nset ylabel 'forecast latency'\nset size ratio 1\n"
      "set style fill transparent solid 0.18 noborder\n";
  std::string items;
  std::size_t place = 0;
  for (auto& [name, text] : tables) {
    const std::string table = fmt::format("group{}", place + 1);
    items += points_of(table, name, colour(place++), all.rows <= kMostWhiskers);
    plot.data.push_back({table, "# measured s\tforecast s\tlow\thigh\tlabel\n" + text});
  }
  items +=
      "'+' using 1:($1/1.2):($1*1.2) with filledcurves linecolor rgb '#888888' title '20 %', \\\n"
      "     '+' using 1:($1/1.1):($1*1.1) with filledcurves linecolor rgb '#555555' title '10 %', "
      "\\\n     x with lines linecolor rgb '#000000' linewidth 1 notitle";
  plot.script += "plot " + items + '\n';
  return plot;
}

}  // namespace roofbeam
