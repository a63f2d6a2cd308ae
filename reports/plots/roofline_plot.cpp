#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/quantity/text.hpp"
#include "reports/plots/axis.hpp"
#include "reports/plots/bounds.hpp"
#include "reports/plots/charts.hpp"

namespace roofbeam {
namespace {

// A kernel call under the roofs: MACs a byte of the farthest level that it uses.
struct Point {
  double intensity = 0;  // MAC/B
  double rate = 0;       // MAC/s
  double share = 0;      // of the latency
  std::string bound;
};

std::vector<Point> points_of(const Prediction& p) {
  std::vector<Point> points;
  for (const auto& layer : p.layers) {
    double bytes = 0;
    for (const auto& level : layer.levels) {
      if (level.bytes > Bytes{}) bytes = level.bytes.si();
    }
    if (layer.macs <= 0 || bytes <= 0 || !(layer.latency > Seconds{})) continue;
    points.push_back({layer.macs / bytes, layer.macs / layer.latency.si(),
                      layer.latency / p.latency, layer.bound});
  }
  return points;
}

// Peaks of the precisions that the calls run at, highest first.
std::vector<ComputeRoof> used_peaks(const Prediction& p) {
  std::set<Precision> used = {p.precision};
  for (const auto& layer : p.layers) used.insert(layer.precision);
  std::vector<ComputeRoof> peaks;
  for (const auto& peak : p.peaks) {
    if (used.count(peak.precision) > 0) peaks.push_back(peak);
  }
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](const ComputeRoof& a, const ComputeRoof& b) { return a.peak > b.peak; });
  return peaks;
}

struct Span {
  double low = 0;
  double high = 0;
  void cover(double value) {
    if (!(value > 0)) return;
    low = low == 0 ? value : std::min(low, value);
    high = std::max(high, value);
  }
};

constexpr double kWidth = 18;
constexpr double kHeight = 12;
constexpr double kRoomAbove = 1.5;          // the highest roof and its name
constexpr double kRoomBeside = 1.3;         // a circle
constexpr double kRoomBeforeRidges = 0.25;  // in which a memory's roof can be seen to rise

// Dashes tell levels apart on paper without colours; gnuplot has five kinds, the first a line.
constexpr std::size_t kDashes = 5;

// Roofs of memory end where they meet the highest peak. The key names them: two levels may have
// one bandwidth, and names at the lines would lie on each other.
void add_memory_roofs(const Prediction& p, double peak, const LogAxis& x, const LogAxis& y,
                      Plot& plot, std::string& items) {
  std::string ridges = "# MAC/B\tGMAC/s\n";
  for (std::size_t level = 0; level < p.bandwidths.size(); ++level) {
    const double bandwidth = p.bandwidths[level].si();
    if (!(bandwidth > 0)) continue;
    const double ridge = peak / bandwidth;
    const double start = std::max(x.low, y.low * 1e9 / bandwidth);
    const std::string name = "roof_" + p.levels[level];
    plot.data.push_back(
        {name, fmt::format("# MAC/B\tGMAC/s\n{}\t{}\n{}\t{}\n", cell(start),
                           cell(start * bandwidth / 1e9), cell(ridge), cell(peak / 1e9))});
    ridges += fmt::format("{}\t{}\n", cell(ridge), cell(peak / 1e9));
    items += fmt::format(
        "@{{{}}} using 1:2 with lines linecolor rgb '{}' linewidth 1.4 dashtype {} title {}, \\\n  "
        "   ",
        name, bound_colour(p, p.levels[level]), 1 + level % kDashes,
        quoted(fmt::format("{} {}", p.levels[level], to_text(p.bandwidths[level]))));
  }
  plot.data.push_back({"ridges", ridges});
  items +=
      "@{ridges} using 1:2 with points pointtype 12 pointsize 0.9 linecolor rgb '#222222' title "
      "'ridge point'";
}

void add_peaks(const Prediction& p, const std::vector<ComputeRoof>& peaks, const LogAxis& x,
               Plot& plot, std::string& items) {
  double fastest = 0;
  for (const auto& bandwidth : p.bandwidths) fastest = std::max(fastest, bandwidth.si());
  std::string table = "# MAC/B\tGMAC/s\n";
  for (const auto& peak : peaks) {
    const double start = fastest > 0 ? std::max(x.low, peak.peak.si() / fastest) : x.low;
    table += fmt::format("{}\t{}\n{}\t{}\n\n", cell(start), cell(peak.peak.si() / 1e9),
                         cell(x.high), cell(peak.peak.si() / 1e9));
    plot.script += fmt::format(
        "set label {} at {},{} right offset -0.5,0.6 textcolor '#444444' font ',@{{small}}'\n",
        quoted(fmt::format("{} {}", to_text(peak.precision), to_text(peak.peak))), cell(x.high),
        cell(peak.peak.si() / 1e9));
  }
  plot.data.push_back({"compute_roofs", table});
  items +=
      ", \\\n     @{compute_roofs} using 1:2 with lines linecolor rgb '#222222' linewidth 1.4 "
      "notitle";
}

void add_points(const Prediction& p, const std::vector<Point>& points, Plot& plot,
                std::string& items) {
  for (const auto& bound : bounds_of(p)) {
    std::string table = "# MAC/B\tGMAC/s\tsize\n";
    bool any = false;
    for (const auto& point : points) {
      if (point.bound != bound) continue;
      any = true;
      table += fmt::format("{}\t{}\t{}\n", cell(point.intensity), cell(point.rate / 1e9),
                           cell(0.4 + 5 * std::sqrt(point.share)));
    }
    if (!any) continue;
    items += fmt::format(
        ", \\\n     @{{calls_{0}}} using 1:2:3 with points pointtype 7 pointsize variable "
        "linecolor "
        "rgb '#70{1}' notitle"
        ", \\\n     1/0 with points pointtype 7 pointsize 1.2 linecolor rgb '#{1}' title {2}",
        bound, bound_colour(p, bound).substr(1), quoted("bound by " + bound));
    plot.data.push_back({"calls_" + bound, std::move(table)});
  }
}

}  // namespace

Plot roofline_plot(const Prediction& p) {
  const auto points = points_of(p);
  const auto peaks = used_peaks(p);
  Span intensities;
  Span rates;
  for (const auto& point : points) {
    intensities.cover(point.intensity);
    rates.cover(point.rate / 1e9);
  }
  const double peak = peaks.empty() ? rates.high * 1e9 : peaks.front().peak.si();
  rates.cover(peak / 1e9 * kRoomAbove);
  for (const auto& bandwidth : p.bandwidths) intensities.cover(peak / bandwidth.si());
  const LogAxis x = log_axis(intensities.low * kRoomBeforeRidges, intensities.high * kRoomBeside);
  const LogAxis y = log_axis(rates.low, rates.high);
  Plot plot;
  plot.width = kWidth;
  plot.height = kHeight;
  plot.script = plot_preamble(
      fmt::format("{} under the roofs of {}/{}, {} {}, {} core{}", p.network, p.platform, p.engine,
                  p.runtime, to_text(p.precision), p.threads, p.threads == 1 ? "" : "s"));
  plot.script += axis_script("x", x, "") + axis_script("y", y, "");
  plot.script +=
      "set xlabel 'multiply-adds a byte of memory (MAC/B)'\n"
      "set ylabel 'multiply-adds a second (GMAC/s)'\n";
  std::string items;
  add_memory_roofs(p, peak, x, y, plot, items);
  add_peaks(p, peaks, x, plot, items);
  add_points(p, points, plot, items);
  plot.script += "plot " + items + '\n';
  return plot;
}

}  // namespace roofbeam
