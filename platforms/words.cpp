#include "platforms/words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "platforms/runtime.hpp"

namespace roofbeam {

std::span<const std::string> engine_kind_words() {
  static const std::array<std::string, 4> words = {"cpu", "gpu", "mcu", "npu"};
  return words;
}

std::span<const std::string> architecture_words() {
  static const std::array<std::string, 8> words = {"adreno", "apple",  "gcn",     "intel",
                                                   "mali",   "nvidia", "powervr", "rdna"};
  return words;
}

std::span<const std::string> level_kind_words() {
  static const std::array<std::string, 2> words = {"cache", "memory"};
  return words;
}

std::span<const std::string> algorithm_words() {
  static const std::array<std::string, 10> words = {
      "direct",    "im2col",      "winograd", "gemm",      "gemv",
      "depthwise", "elementwise", "pooling",  "reduction", "copy"};
  return words;
}

std::span<const std::string> grouping_words() {
  static const std::array<std::string, 4> words = {"any", "1", "depthwise", "grouped"};
  return words;
}

std::span<const std::string> vector_op_words() {
  static const std::array<std::string, kVectorOpKinds> words = {
      "add", "multiply", "divide", "compare", "square_root", "exponential"};
  return words;
}

std::string join(std::span<const std::string> words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string_view to_text(EngineKind kind) {
  return engine_kind_words()[static_cast<std::size_t>(kind)];
}

std::string_view to_text(Algorithm algorithm) {
  return algorithm_words()[static_cast<std::size_t>(algorithm)];
}

}  // namespace roofbeam
