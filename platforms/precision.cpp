#include "platforms/precision.hpp"

#include <algorithm>

namespace roofbeam {
namespace {

constexpr std::array<int, kPrecisions> kBits = {32, 16, 16, 16, 8, 4};

}  // namespace

std::span<const std::string> precision_words() {
  static const std::array<std::string, kPrecisions> words = {"fp32",  "fp16", "bf16",
                                                             "int16", "int8", "int4"};
  return words;
}

int bits(Precision precision) { return kBits[static_cast<std::size_t>(precision)]; }

std::string_view to_text(Precision precision) {
  return precision_words()[static_cast<std::size_t>(precision)];
}

std::optional<Precision> parse_precision(std::string_view word) {
  const auto words = precision_words();
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Precision>(found - words.begin());
}

}  // namespace roofbeam
