// Charts as gnuplot's own files: a script and tables of data, which a paper's author can change.
//
// What is common to all charts stands here: size and fonts by output format, a palette that
// colour-blind people can tell apart (Okabe and Ito, "Color Universal Design", 2008), and the
// quoting of names. Text is never "enhanced": a name with an underscore reads as it is.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofbeam {

enum class ImageFormat : std::uint8_t { svg, pdf, png };
// By the ending of a path: ".svg", ".pdf", ".png".
[[nodiscard]] std::optional<ImageFormat> image_format_of(std::string_view path);

// A table beside the script. In the script, @{NAME} stands for its file, and @{small} for the size
// of small print.
struct PlotData {
  std::string name;  // "layers"
  std::string text;  // columns separated by tabs
};

struct Plot {
  double width = 16;   // cm
  double height = 10;  // cm
  std::string script;  // without terminal and output
  std::vector<PlotData> data;
};

// The files of a plot, by name: BASE.gp, and BASE.NAME.dat for each table. `gnuplot BASE.gp`, run
// where they lie, writes BASE with the format's ending.
struct PlotFile {
  std::string name;
  std::string text;
};
[[nodiscard]] std::vector<PlotFile> plot_files(const Plot& plot, ImageFormat format,
                                               const std::string& base);

// Okabe and Ito's colours but yellow, which is too light for lines.
inline constexpr std::array<std::string_view, 7> kPalette = {
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"};
[[nodiscard]] std::string_view colour(std::size_t index);  // repeats

// A text in gnuplot's single quotes.
[[nodiscard]] std::string quoted(std::string_view text);
// A cell of a table, in double quotes, for strings.
[[nodiscard]] std::string cell(std::string_view text);
// A number that gnuplot reads back to the same bits; "NaN" for one that is not finite.
[[nodiscard]] std::string cell(double value);

// Lines that every chart begins with: grid, borders, key outside of the data, and the title in the
// middle of the page: gnuplot centres it on the data, and long ones leave the page.
[[nodiscard]] std::string plot_preamble(std::string_view title);

// SI prefixes for axes: a factor of 1000 chosen so that `largest` reads as 1 to 1000.
struct AxisUnit {
  double factor = 1;   // of what is plotted: value / factor
  std::string prefix;  // "m", "G"
};
[[nodiscard]] AxisUnit axis_unit(double largest);

}  // namespace roofbeam
