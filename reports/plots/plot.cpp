#include "reports/plots/plot.hpp"

#include <fmt/format.h>

#include <cmath>

#include "reports/csv.hpp"
#include "reports/table.hpp"

namespace roofbeam {
namespace {

std::string_view ending(ImageFormat format) {
  switch (format) {
    case ImageFormat::svg:
      return ".svg";
    case ImageFormat::pdf:
      return ".pdf";
    case ImageFormat::png:
      return ".png";
  }
  return {};
}

// Points and line widths are per terminal: a PNG has twice the pixels of a screen.
std::string terminal(const Plot& plot, ImageFormat format) {
  switch (format) {
    case ImageFormat::svg:
      return fmt::format(
          "set terminal svg size {:.0f},{:.0f} dynamic font 'DejaVu Sans,12' noenhanced "
          "background '#ffffff'",
          plot.width * 50, plot.height * 50);
    case ImageFormat::pdf:
      return fmt::format(
          "set terminal pdfcairo size {:.2f}cm,{:.2f}cm font 'DejaVu Sans,9' noenhanced linewidth "
          "1.2 pointscale 0.6",
          plot.width, plot.height);
    case ImageFormat::png:
      return fmt::format(
          "set terminal pngcairo size {:.0f},{:.0f} font 'DejaVu Sans,22' noenhanced linewidth 2 "
          "pointscale 2",
          plot.width * 100, plot.height * 100);
  }
  return {};
}

void replace_all(std::string& text, const std::string& mark, const std::string& by) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), by);
    at += by.size();
  }
}

// Size of the small print, beside the terminal's own.
std::string_view small_print(ImageFormat format) {
  switch (format) {
    case ImageFormat::svg:
      return "10";
    case ImageFormat::pdf:
      return "7.5";
    case ImageFormat::png:
      return "17";
  }
  return {};
}

std::string filled_in(const Plot& plot, ImageFormat format, const std::string& base) {
  std::string script = plot.script;
  for (const auto& table : plot.data) {
    replace_all(script, fmt::format("@{{{}}}", table.name),
                quoted(fmt::format("{}.{}.dat", base, table.name)));
  }
  replace_all(script, "@{small}", std::string(small_print(format)));
  return script;
}

}  // namespace

std::optional<ImageFormat> image_format_of(std::string_view path) {
  for (const auto format : {ImageFormat::svg, ImageFormat::pdf, ImageFormat::png}) {
    if (path.size() > 4 && path.substr(path.size() - 4) == ending(format)) return format;
  }
  return std::nullopt;
}

std::vector<PlotFile> plot_files(const Plot& plot, ImageFormat format, const std::string& base) {
  std::vector<PlotFile> files;
  files.push_back(
      {base + ".gp",
       fmt::format("{}\nset output {}\n{}\nset output\n", terminal(plot, format),
                   quoted(base + std::string(ending(format))), filled_in(plot, format, base))});
  for (const auto& table : plot.data) {
    files.push_back({fmt::format("{}.{}.dat", base, table.name), table.text});
  }
  return files;
}

std::string_view colour(std::size_t index) { return kPalette[index % kPalette.size()]; }

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : printable(text)) {
    result += c;
    if (c == '\'') result += c;
  }
  return result + '\'';
}

// In data files, gnuplot knows no escapes: a quote within a text reads as an apostrophe.
std::string cell(std::string_view text) {
  std::string result = printable(text);
  for (char& c : result) {
    if (c == '"') c = '\'';
  }
  return '"' + result + '"';
}

std::string cell(double value) { return std::isfinite(value) ? csv_number(value) : "NaN"; }

std::string plot_preamble(std::string_view title) {
  return fmt::format(
      "set encoding utf8\n"
      "set datafile separator \"\\t\"\n"
      "set label {} at screen 0.5, screen 0.965 center\nset tmargin 3.2\n"
      "set border 3 linecolor '#444444'\n"
      "set tics nomirror out textcolor '#222222'\n"
      "set grid linecolor '#dddddd' linetype 1 linewidth 0.5\n"
      "set key outside right top vertical Left reverse samplen 2 spacing 1.2\n",
      quoted(title));
}

AxisUnit axis_unit(double largest) {
  static constexpr std::array<std::string_view, 9> kPrefixes = {"p", "n", "u", "m", "",
                                                                "k", "M", "G", "T"};
  if (!(largest > 0) || !std::isfinite(largest)) return {};
  const int thousands = static_cast<int>(std::floor(std::log10(largest) / 3));
  const int place = std::min(std::max(thousands, -4), 4);
  return {std::pow(1000.0, place), std::string(kPrefixes[static_cast<std::size_t>(place + 4)])};
}

}  // namespace roofbeam
