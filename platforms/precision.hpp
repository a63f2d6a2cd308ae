// The number formats that a network can run at.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace roofbeam {

enum class Precision : std::uint8_t { fp32, fp16, bf16, int16, int8, int4 };
inline constexpr std::size_t kPrecisions = 6;

[[nodiscard]] int bits(Precision);
[[nodiscard]] std::string_view to_text(Precision);
[[nodiscard]] std::optional<Precision> parse_precision(std::string_view word);
[[nodiscard]] std::span<const std::string> precision_words();  // in the order of the enum

// One optional T per precision.
template <class T>
class PerPrecision {
 public:
  [[nodiscard]] const std::optional<T>& operator[](Precision p) const {
    return values_[static_cast<std::size_t>(p)];
  }
  [[nodiscard]] std::optional<T>& operator[](Precision p) {
    return values_[static_cast<std::size_t>(p)];
  }

 private:
  std::array<std::optional<T>, kPrecisions> values_{};
};

}  // namespace roofbeam
