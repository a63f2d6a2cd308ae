#include "scenarios/readers/scan.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>

namespace roofbeam::readers {
namespace {

constexpr std::size_t kShown = 3;

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const auto begin = text.find_first_not_of(kBlanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<double> whole_number(std::string_view text) {
  const bool begins_like_one = !text.empty() && text.find_first_of("0123456789.") == 0;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = end == text.data() + text.size();
  if (!begins_like_one || error != std::errc{} || !whole || !std::isfinite(value)) return {};
  return value;
}

std::optional<int> whole_count(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return {};
  return value;
}

std::optional<std::string_view> behind(std::string_view line, std::string_view key,
                                       std::string_view ends) {
  const auto begin = line.find(key);
  if (begin == line.npos) return {};
  const auto rest = trimmed(line.substr(begin + key.size()));
  return trimmed(rest.substr(0, rest.find_first_of(ends)));
}

std::string stem(std::string_view path) { return std::filesystem::path(path).stem().string(); }

config::Mark mark(const Text& text, int line, std::size_t column) {
  return {text, line, static_cast<int>(column)};
}

std::string place(const Text& text, int line) { return fmt::format("{}:{}", text->name, line); }

void Lines::add(int line) {
  if (++count_ <= kShown) first_ += fmt::format("{}{}", count_ > 1 ? ", " : "", line);
}

std::string Lines::to_text() const {
  const auto more = count_ > kShown ? fmt::format(" and {} more", count_ - kShown) : "";
  return fmt::format("line{} {}{}", count_ == 1 ? "" : "s", first_, more);
}

}  // namespace roofbeam::readers
