// The words of enumerations in YAML files and reports, in the order of each enum.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace roofbeam {

[[nodiscard]] std::span<const std::string> engine_kind_words();
[[nodiscard]] std::span<const std::string> architecture_words();  // of GPUs
[[nodiscard]] std::span<const std::string> level_kind_words();
[[nodiscard]] std::span<const std::string> algorithm_words();
[[nodiscard]] std::span<const std::string> grouping_words();
[[nodiscard]] std::span<const std::string> vector_op_words();

// The enumerator at an index into such a table.
template <class Enum>
[[nodiscard]] std::optional<Enum> enumerator(std::optional<std::size_t> index) {
  if (!index) return std::nullopt;
  return static_cast<Enum>(*index);
}

// "cpu, gpu, mcu, npu": for messages.
[[nodiscard]] std::string join(std::span<const std::string> words);

}  // namespace roofbeam
