#include "scenarios/cell_number.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace roofbeam {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

constexpr std::array<std::pair<std::string_view, double>, 9> kWords = {{{"", kNan},
                                                                        {"nan", kNan},
                                                                        {"null", kNan},
                                                                        {"unknown", kNan},
                                                                        {"-", kNan},
                                                                        {"inf", kInfinity},
                                                                        {"infinite", kInfinity},
                                                                        {"-inf", -kInfinity},
                                                                        {"-infinite", -kInfinity}}};

std::optional<double> word_value(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const auto& [word, value] : kWords) {
    if (lower == word) return value;
  }
  return std::nullopt;
}

std::string_view without_spaces_behind(std::string_view text) {
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

std::optional<double> cell_number(std::string_view text) {
  if (const auto value = word_value(text)) return value;
  const bool share = text.back() == '%';
  if (share) text = without_spaces_behind(text.substr(0, text.size() - 1));
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  double value = 0;
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end || !std::isfinite(value)) return std::nullopt;
  return share ? value / 100 : value;
}

}  // namespace roofbeam
