// Values that hold other values.
#pragma once

#include <cstdint>
#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {

// Every layer that makes a sequence has a copy of its items, so that only so many, of so many
// dimensions, are followed one by one. Any other sequence knows how many items it has, not which.
inline constexpr std::int64_t kMostItems = 1024;
inline constexpr std::size_t kMostDimensions = 64;
[[nodiscard]] bool are_followed(std::int64_t count, const Shape& item);

[[nodiscard]] TensorType sequence_of(ElementType element, std::vector<TensorType> items);

// `count` items of the same type.
[[nodiscard]] TensorType sequence_of(std::int64_t count, const TensorType& item);

}  // namespace roofbeam
