#include "reports/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace roofbeam {
namespace {

constexpr std::string_view kEllipsis = "…";

// One UTF-8 character: its bytes and the columns that it takes. A wrong byte is one column.
struct Character {
  std::size_t bytes = 1;
  std::size_t columns = 1;
};

std::size_t expected_bytes(unsigned char lead) {
  if (lead >= 0xF0) return 4;
  if (lead >= 0xE0) return 3;
  return lead >= 0xC0 ? 2 : 1;
}

bool is_combining(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200D) ||
         (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F);
}

bool is_wide(char32_t c) {  // East Asian characters and pictures take two columns
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = expected_bytes(lead);
  if (bytes == 1 || bytes > text.size()) return {};
  auto code = static_cast<char32_t>(lead & (0xFFu >> (bytes + 1)));
  for (const char next : text.substr(1, bytes - 1)) {
    const auto byte = static_cast<unsigned char>(next);
    if ((byte & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte & 0x3F);
  }
  if (is_combining(code)) return {bytes, 0};
  return {bytes, is_wide(code) ? 2u : 1u};
}

// The bytes of the first characters that take at most so many columns.
std::size_t bytes_within(std::string_view text, std::size_t columns) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const Character character = first_character(text.substr(bytes));
    if (character.columns > columns) break;
    columns -= character.columns;
    bytes += character.bytes;
  }
  return bytes;
}

// The first byte of the last characters that take at most so many columns.
std::size_t begin_of_last(std::string_view text, std::size_t columns) {
  std::size_t left = display_width(text);
  std::size_t begin = 0;
  while (left > columns) {
    const Character character = first_character(text.substr(begin));
    left -= character.columns;
    begin += character.bytes;
  }
  while (begin < text.size() && first_character(text.substr(begin)).columns == 0) {
    begin += first_character(text.substr(begin)).bytes;  // a mark without its letter
  }
  return begin;
}

// ANSI's "select graphic rendition"; the colours of the bounds are those of HTML reports.
std::string_view code(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::heading:
      return "1";
    case Style::good:
      return "32";
    case Style::bad:
      return "1;31";
    case Style::warning:
      return "33";
    case Style::dim:
    case Style::dispatch:
      return "2";
    case Style::compute:
      return "94";
    case Style::near_memory:
      return "36";
    case Style::far_memory:
      return "33";
  }
  return "";
}

}  // namespace

std::string paint(std::string_view text, Style style, const Terminal& terminal) {
  const std::string_view parameters = code(style);
  if (!terminal.color || parameters.empty() || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", parameters, text);
}

Style bound_style(std::string_view bound, std::span<const std::string> levels) {
  if (bound == "compute") return Style::compute;
  if (bound == "dispatch") return Style::dispatch;
  const auto level = std::find(levels.begin(), levels.end(), bound);
  if (level == levels.end()) return Style::plain;
  return level + 1 == levels.end() ? Style::far_memory : Style::near_memory;
}

std::string in_markdown(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    if (std::string_view("\\`*_|<>[]#~").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : 0);
    const bool is_c1 = byte == 0xC2 && next >= 0x80 && next <= 0x9F;  // in UTF-8: U+0080 to U+009F
    result += byte < 0x20 || byte == 0x7F || is_c1 ? '?' : text[i];
    if (is_c1) ++i;
  }
  return result;
}

std::string printable_lines(std::string_view text) {
  std::string lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines += (begin == 0 ? "" : "\n") + printable(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    columns += character.columns;
    text.remove_prefix(character.bytes);
  }
  return columns;
}

std::string shortened(std::string_view text, std::size_t width, double beginning) {
  if (display_width(text) <= width) return std::string(text);
  const auto first = static_cast<std::size_t>(static_cast<double>(width - 1) * beginning + 1e-9);
  const std::size_t last = width - 1 - first;
  return std::string(text.substr(0, bytes_within(text, first)))
      .append(kEllipsis)
      .append(text.substr(begin_of_last(text, last)));
}

namespace {

// Or ends in one: "(3.60", "970–12.4", "uJ–3.36".
bool is_number(std::string_view word) {
  constexpr std::string_view kDash = "–";
  if (const std::size_t dash = word.rfind(kDash); dash != std::string_view::npos) {
    word.remove_prefix(dash + kDash.size());
  }
  if (word.starts_with('(')) word.remove_prefix(1);
  return !word.empty() && word.find_first_not_of("0123456789.,+-<>=") == std::string_view::npos &&
         word.find_first_of("0123456789") != std::string_view::npos;
}

bool is_unit(std::string_view word) {
  constexpr std::size_t kLongest = 7;
  const std::string_view first = word.substr(0, word.find("–"));  // "uJ–3.36"
  return !first.empty() && first.size() <= kLongest && !is_number(first);
}

// Where the first word ends: behind a number's unit, "3.38 MiB", "970 uJ–3.36 mJ".
std::size_t end_of_word(std::string_view text) {
  std::size_t begin = 0;
  std::size_t end = std::min(text.find(' '), text.size());
  while (end < text.size() && is_number(text.substr(begin, end - begin))) {
    const std::size_t next = std::min(text.find(' ', end + 1), text.size());
    if (!is_unit(text.substr(end + 1, next - end - 1))) break;
    begin = end + 1;
    end = next;
  }
  return end;
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t indent, std::size_t width) {
  std::string result;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t end = end_of_word(text);
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t columns = display_width(word);
    if (result.empty()) {
      result = word;
      column += columns;
    } else if (column + 1 + columns <= width) {
      result.append(" ").append(word);
      column += 1 + columns;
    } else {
      result.append("\n").append(indent, ' ').append(word);
      column = indent + columns;
    }
  }
  return result;
}

std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width) {
  std::string rest = wrapped(text, 0, width);
  std::vector<std::string> lines;
  for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
    lines.push_back(rest.substr(0, end));
    rest.erase(0, end + 1);
  }
  lines.push_back(std::move(rest));
  return lines;
}

}  // namespace roofbeam
