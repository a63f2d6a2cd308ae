#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/quantity/text.hpp"
#include "reports/plots/bounds.hpp"
#include "reports/plots/charts.hpp"
#include "reports/table.hpp"

namespace roofbeam {
namespace {

struct Bar {
  std::string label;
  std::string bound;
  Seconds time;
  Interval<Seconds> interval;
};

constexpr std::size_t kLabel = 34;  // characters of a name

std::vector<Bar> bars_of(const Prediction& p, std::size_t top) {
  std::vector<std::size_t> ids(p.layers.size());
  std::iota(ids.begin(), ids.end(), std::size_t{0});
  std::stable_sort(ids.begin(), ids.end(), [&](std::size_t a, std::size_t b) {
    return p.layers[a].latency > p.layers[b].latency;
  });
  std::vector<Bar> bars;
  Seconds rest;
  for (std::size_t place = 0; place < ids.size(); ++place) {
    const auto& layer = p.layers[ids[place]];
    if (place >= top) {
      rest += layer.latency;
      continue;
    }
    bars.push_back({shortened(layer.name, kLabel), layer.bound, layer.latency,
                    layer.latency_error.interval_80(layer.latency)});
  }
  if (ids.size() > top) {
    bars.push_back({fmt::format("{} others", ids.size() - top), "others", rest, {rest, rest}});
  }
  return bars;
}

PlotData table_of(const std::string& bound, const std::vector<Bar>& bars, const AxisUnit& unit) {
  std::string text = "# place\ttime\tlow\thigh\tlabel\n";
  for (std::size_t place = 0; place < bars.size(); ++place) {
    const Bar& bar = bars[place];
    if (bar.bound != bound) continue;
    text += fmt::format("{}\t{}\t{}\t{}\t{}\n", place, cell(bar.time.si() / unit.factor),
                        cell(bar.interval.low.si() / unit.factor),
                        cell(bar.interval.high.si() / unit.factor), cell(bar.label));
  }
  return {"bound_" + bound, std::move(text)};
}

std::string labels_of(const std::vector<Bar>& bars) {
  std::string tics = "set ytics (";
  for (std::size_t place = 0; place < bars.size(); ++place) {
    tics += fmt::format("{}{} {}", place == 0 ? "" : ", ", quoted(bars[place].label), place);
  }
  return tics + ") scale 0\n";
}

}  // namespace

Plot layers_plot(const Prediction& p, std::size_t top) {
  const auto bars = bars_of(p, top);
  double largest = 0;
  for (const Bar& bar : bars) largest = std::max(largest, bar.interval.high.si());
  const AxisUnit unit = axis_unit(largest);
  Plot plot;
  plot.width = 18;
  plot.height = 3.5 + 0.55 * static_cast<double>(bars.size());
  plot.script = plot_preamble(fmt::format("{} on {}/{}, {} {}: {}", p.network, p.platform, p.engine,
                                          p.runtime, to_text(p.precision), to_text(p.latency)));
  plot.script += fmt::format(
      "set xlabel 'latency ({}s), with its 80 % interval'\n"
      "set xrange [0:*]\nset yrange [{}.7:-0.7]\nset boxwidth 0.7\nset style fill solid 0.85\n"
      "unset grid\nset grid xtics linecolor '#dddddd' linetype 1 linewidth 0.5\n",
      unit.prefix, bars.size() - 1);
  plot.script += labels_of(bars);
  std::string items;
  for (const auto& bound : bounds_of(p, true)) {
    auto data = table_of(bound, bars, unit);
    if (data.text.find('\n') + 1 == data.text.size()) continue;
    items += fmt::format(
        "{}@{{{}}} using (0):1:(0):2:($1-0.35):($1+0.35) with boxxyerror linecolor rgb '{}' title "
        "{}",
        items.empty() ? "" : ", \\\n     ", data.name, bound_colour(p, bound), quoted(bound));
    if (bound != "others") {
      items += fmt::format(
          ", \\\n     @{{{}}} using 2:1:3:4 with xerrorbars linecolor rgb '#222222' pointtype -1 "
          "notitle",
          data.name);
    }
    plot.data.push_back(std::move(data));
  }
  plot.script += "plot " + items + '\n';
  return plot;
}

}  // namespace roofbeam
