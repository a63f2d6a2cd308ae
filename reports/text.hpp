// Text as a terminal shows it: how wide it is, how it is shortened and wrapped, and in which style.
//
// Views say what a text means (Style), never how that looks: only paint(), given a terminal that
// has colours, writes ANSI codes. Files, pipes and Markdown have none. Width counts what is shown:
// UTF-8 characters, combining marks as nothing.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roofbeam {

inline constexpr std::size_t kReportWidth = 100;

// What text is written for.
struct Terminal {
  Terminal(std::size_t columns = kReportWidth, bool colors = false)  // NOLINT: a width will do
      : width(columns), color(colors) {}
  std::size_t width;
  bool color;
};

enum class Style {
  plain,
  heading,  // of what follows, or what matters most
  good,
  bad,  // what does not fit, hold or meet a requirement
  warning,
  dim,  // what is said besides
  // What bounds a layer, in the colours of HTML reports.
  compute,
  dispatch,
  near_memory,
  far_memory,
};

// A text and what it means.
struct Span {
  Span(std::string words = {}, Style meaning = Style::plain)  // NOLINT: plain unless told
      : text(std::move(words)), style(meaning) {}
  Span(const char* words) : text(words) {}  // NOLINT
  std::string text;
  Style style = Style::plain;
};

// The text between ANSI codes, or as it is where the terminal has no colours or it is plain.
[[nodiscard]] std::string paint(std::string_view text, Style style, const Terminal& terminal);

// "compute", "dispatch" or one of the memory levels, nearest first.
[[nodiscard]] Style bound_style(std::string_view bound, std::span<const std::string> levels);

// The text as it reads in a Markdown cell or line.
[[nodiscard]] std::string in_markdown(std::string_view text);
// The text with control characters, which could drive a terminal, as '?'.
[[nodiscard]] std::string printable(std::string_view text);
[[nodiscard]] std::string printable_lines(std::string_view text);  // but for newlines
// Columns that a terminal uses for UTF-8 text.
[[nodiscard]] std::size_t display_width(std::string_view text);
// The text, or its beginning, '…' and its end, at most `width` (at least 1) columns wide, of which
// the beginning has so large a share.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width,
                                    double beginning = 1.0 / 3);
// Breaks at spaces into lines of at most `width` columns (longer words stay whole, and a number
// with its unit), joined by a newline and `indent` spaces; the first line is not indented, but
// counted as if it were.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent,
                                  std::size_t width = kReportWidth);
// The same as lines, without indentation.
[[nodiscard]] std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width);

}  // namespace roofbeam
