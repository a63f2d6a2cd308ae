// Operators that move elements: their cost is in the bytes.
#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "core/operators/families.hpp"
#include "core/operators/resizing.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/slicing.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

// ---- Concat and Split

void require_same_but(const LayerView& view, std::size_t i, std::size_t axis) {
  Shape expected = view.shape(0);
  const auto& shape = view.shape(i);
  if (shape.size() == expected.size()) expected[axis] = shape[axis];
  if (shape == expected) return;
  view.fail(fmt::format("cannot join {} and {} along axis {}: the other dimensions differ",
                        describe_input(view, 0), describe_input(view, i), axis));
}

// Only vectors are joined by value: that is how shapes and scales are put together.
template <class T>
std::optional<Values> joined_values(const LayerView& view, const TensorType& type) {
  if (type.shape.size() != 1 || type.shape[0] > Values::kMostValues) return std::nullopt;
  std::vector<T> joined;
  for (std::size_t i = 0; i < view.input_count(); ++i) {
    const auto* known = values_of(view, i);
    const auto* values = known != nullptr ? std::get_if<std::vector<T>>(&known->elements) : nullptr;
    if (values == nullptr) return std::nullopt;
    joined.insert(joined.end(), values->begin(), values->end());
  }
  return Values{std::move(joined)};
}

std::vector<TensorType> concat_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto axis = view.axis(view.integer("axis", 1), type.shape.size());
  for (std::size_t i = 1; i < view.input_count(); ++i) {
    require_same_but(view, i, axis);
    type.shape[axis] = checked_sum(view, type.shape[axis], view.shape(i)[axis]);
  }
  type.values = is_float(type.element) ? joined_values<double>(view, type)
                                       : joined_values<std::int64_t>(view, type);
  return {type};
}

// Parts of a split: stated (attribute, from opset 13 input 1), or equal, the last one smaller.
Integers split_parts(const LayerView& view, std::int64_t extent) {
  if (view.has_input(1)) return view.constant_integers(1, "the parts");
  if (view.has("split")) return view.integers("split");
  const auto outputs = static_cast<std::int64_t>(view.output_count());
  const auto count = view.integer("num_outputs", outputs);
  if (count < 1 || count != outputs) {
    view.fail(fmt::format("it has {} outputs, but num_outputs is {}", view.output_count(), count));
  }
  if (!view.has("num_outputs") && extent % count != 0) {
    view.fail(fmt::format("{} do not divide into {} equal parts", extent, count));
  }
  const auto part = extent / count + (extent % count != 0 ? 1 : 0);
  Integers parts(static_cast<std::size_t>(count), part);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto left = extent - std::min(extent, static_cast<std::int64_t>(i) * part);
    parts[i] = std::min(part, left);
  }
  return parts;
}

void check_parts(const LayerView& view, const Integers& parts, std::int64_t extent) {
  if (parts.size() != view.output_count()) {
    view.fail(fmt::format("it has {} outputs for {} parts", view.output_count(), parts.size()));
  }
  std::int64_t sum = 0;
  for (const auto part : parts) {
    if (part < 0) view.fail(fmt::format("a part has {} elements", part));
    sum = checked_sum(view, sum, part);
  }
  if (sum != extent) {
    view.fail(fmt::format("its parts add up to {}, the input has {} along the axis", sum, extent));
  }
}

std::vector<TensorType> split_shape(const LayerView& view) {
  const auto type = type_of(view, 0);
  const auto axis = view.axis(view.integer("axis", 0), type.shape.size());
  const auto extent = type.shape[axis];
  const auto parts = split_parts(view, extent);
  check_parts(view, parts, extent);
  const auto* values = type.shape.size() == 1 ? view.integers(std::size_t{0}) : nullptr;
  std::vector<TensorType> types;
  std::int64_t begin = 0;
  for (const auto part : parts) {
    types.push_back(type);
    types.back().shape[axis] = part;
    if (values != nullptr) {
      types.back().values =
          Values{Integers(values->begin() + begin, values->begin() + begin + part)};
    }
    begin += part;
  }
  return types;
}

// ---- Transpose, Expand, Tile

std::optional<Values> moved_values(const LayerView& view, const Shape& result,
                                   const Integers& steps) {
  const auto* values = values_of(view, 0);
  if (values == nullptr) return std::nullopt;
  const auto chosen = places(result, steps);
  return chosen ? std::optional(select(*values, *chosen)) : std::nullopt;
}

Integers permutation(const LayerView& view, std::size_t rank) {
  auto order = view.integers("perm");
  if (order.empty()) {
    order.resize(rank);
    std::iota(order.rbegin(), order.rend(), 0);
  }
  auto sorted = order;
  for (auto& axis : sorted) axis = static_cast<std::int64_t>(view.axis(axis, rank));
  std::ranges::sort(sorted);
  Integers expected(rank);
  std::iota(expected.begin(), expected.end(), 0);
  if (sorted != expected) {
    view.fail(fmt::format("perm must name every axis of {} once", describe_input(view, 0)));
  }
  return order;
}

std::vector<TensorType> transpose_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto& source = view.shape(0);
  const auto own_steps = row_major_steps(source);
  Integers steps;
  type.shape.clear();
  for (const auto stated : permutation(view, source.size())) {
    const auto axis = view.axis(stated, source.size());
    type.shape.push_back(source[axis]);
    steps.push_back(own_steps[axis]);
  }
  type.values = moved_values(view, type.shape, steps);
  return {type};
}

std::vector<TensorType> expand_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  type.shape = broadcast(view, type.shape, view.constant_integers(1, "the shape"));
  type.values = moved_values(view, type.shape, broadcast_steps(view.shape(0), type.shape));
  return {type};
}

// Tiling is reading a broadcast along an extra axis in front of each.
std::optional<Values> tiled_values(const LayerView& view, const Integers& repeats) {
  const auto& shape = view.shape(0);
  const auto own_steps = row_major_steps(shape);
  Shape result;
  Integers steps;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    result.insert(result.end(), {repeats[axis], shape[axis]});
    steps.insert(steps.end(), {0, own_steps[axis]});
  }
  return moved_values(view, result, steps);
}

std::vector<TensorType> tile_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto& repeats = view.constant_integers(1, "the repeats");
  if (repeats.size() != type.shape.size()) {
    view.fail(fmt::format("{} repeats do not match {}", repeats.size(), describe_input(view, 0)));
  }
  for (std::size_t axis = 0; axis < repeats.size(); ++axis) {
    if (repeats[axis] < 0) view.fail(fmt::format("a repeat is {}", repeats[axis]));
    type.shape[axis] = checked_product(view, type.shape[axis], repeats[axis]);
  }
  type.values = tiled_values(view, repeats);
  return {type};
}

// ---- Gather and its kin

// Known indices counted from the front, checked; nothing if they are not known.
std::optional<Integers> known_indices(const LayerView& view, std::int64_t extent) {
  const auto* stated = view.integers(std::size_t{1});
  if (stated == nullptr) return std::nullopt;
  Integers indices;
  for (const auto index : *stated) {
    if (index < -extent || index >= extent) {
      view.fail(fmt::format("index {} is outside {}", index, describe_input(view, 0)));
    }
    indices.push_back(index < 0 ? index + extent : index);
  }
  return indices;
}

std::vector<TensorType> gather_shape(const LayerView& view) {
  const auto& data = view.shape(0);
  const auto& indices = view.shape(1);
  const auto axis = view.axis(view.integer("axis", 0), data.size());
  auto type = type_of(view, 0);
  const auto place = type.shape.begin() + static_cast<std::ptrdiff_t>(axis);
  type.shape.insert(type.shape.erase(place), indices.begin(), indices.end());
  const auto chosen = known_indices(view, data[axis]);
  const auto* values = data.size() == 1 ? values_of(view, 0) : nullptr;
  if (chosen && values != nullptr) type.values = select(*values, *chosen);
  return {type};
}

std::vector<TensorType> gather_elements_shape(const LayerView& view) {
  const auto& data = view.shape(0);
  if (view.shape(1).size() != data.size()) {
    view.fail(fmt::format("{} and {} must have as many dimensions", describe_input(view, 0),
                          describe_input(view, 1)));
  }
  (void)known_indices(view, data[view.axis(view.integer("axis", 0), data.size())]);
  return {{view.input(0).element, view.shape(1), {}}};
}

std::vector<TensorType> gather_nd_shape(const LayerView& view) {
  const auto& data = view.shape(0);
  const auto& indices = view.shape(1);
  const auto batch = view.integer("batch_dims", 0);
  const auto depth = indices.empty() ? 0 : indices.back();
  const auto rank = static_cast<std::int64_t>(data.size());
  const bool fits = batch >= 0 && batch < std::ssize(indices) && depth >= 1 &&
                    depth <= rank - batch &&
                    std::equal(data.begin(), data.begin() + batch, indices.begin());
  if (!fits) {
    view.fail(fmt::format("{} cannot index {}", describe_input(view, 1), describe_input(view, 0)));
  }
  auto type = type_of(view, 0);
  type.shape.assign(indices.begin(), indices.end() - 1);
  type.shape.insert(type.shape.end(), data.begin() + batch + depth, data.end());
  return {type};
}

// ---- DepthToSpace and SpaceToDepth

std::int64_t block_size(const LayerView& view) {
  if (view.shape(0).size() != 4) view.fail(describe_input(view, 0) + " must have 4 dimensions");
  const auto block = view.integer("blocksize", 0);
  constexpr std::int64_t kMost = 1 << 20;
  if (block < 1 || block > kMost) {
    view.fail(fmt::format("blocksize is {}; it must be 1 to {}", block, kMost));
  }
  return block;
}

void require_divisible(const LayerView& view, std::int64_t dim, std::int64_t by) {
  if (dim % by != 0) {
    view.fail(fmt::format("{} does not divide by the block size: {} is no multiple of {}",
                          describe_input(view, 0), dim, by));
  }
}

std::vector<TensorType> depth_to_space_shape(const LayerView& view) {
  const auto block = block_size(view);
  auto type = type_of(view, 0);
  require_divisible(view, type.shape[1], block * block);
  type.shape[1] /= block * block;
  for (const std::size_t axis : {2, 3}) {
    type.shape[axis] = checked_product(view, type.shape[axis], block);
  }
  return {type};
}

std::vector<TensorType> space_to_depth_shape(const LayerView& view) {
  const auto block = block_size(view);
  auto type = type_of(view, 0);
  for (const std::size_t axis : {2, 3}) {
    require_divisible(view, type.shape[axis], block);
    type.shape[axis] /= block;
  }
  type.shape[1] = checked_product(view, type.shape[1], block * block);
  return {type};
}

constexpr std::string_view kBytes = "No arithmetic: its cost is the bytes it reads and writes.";
constexpr std::uint32_t kData = 0b1;
constexpr std::uint32_t kAll = ~0u;

constexpr Operator row(std::string_view name, ShapeRule shape, std::uint32_t parameters = kData) {
  return {.name = name,
          .shape = shape,
          .work = only_bytes,
          .sentence = kBytes,
          .parameter_inputs = parameters};
}

constexpr Operator kRows[] = {
    row("Concat", concat_shape, kAll),
    row("DepthToSpace", depth_to_space_shape),
    row("Expand", expand_shape),
    row("Gather", gather_shape),
    row("GatherElements", gather_elements_shape),
    row("GatherND", gather_nd_shape),
    row("Pad", pad_shape),
    {.name = "Resize",
     .shape = resize_shape,
     .work = resize_work,
     .sentence = "Nearest: no arithmetic; linear: one multiply and one add per result for each of "
                 "the 2^d neighbours in d resized dimensions; cubic: for each of 4^d; antialiasing "
                 "multiplies them by how much smaller the result is.",
     .parameter_inputs = kData,
     .counts_on_stated = true},
    row("Slice", slice_shape),
    row("SpaceToDepth", space_to_depth_shape),
    row("Split", split_shape),
    row("Tile", tile_shape),
    row("Transpose", transpose_shape),
    {.name = "Upsample",
     .shape = upsample_shape,
     .work = resize_work,
     .sentence = "As Resize: nearest moves bytes only, linear interpolates between neighbours.",
     .parameter_inputs = kData,
     .counts_on_stated = true},
};

}  // namespace

std::span<const Operator> movement_rows() { return kRows; }

}  // namespace roofbeam
