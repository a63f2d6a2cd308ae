#include "core/operators/resizing.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;

Integers all_axes(std::size_t rank) {
  Integers axes(rank);
  std::iota(axes.begin(), axes.end(), 0);
  return axes;
}

// ---- Pad

Integers stated_pads(const LayerView& view) {
  if (view.opset() >= 11) return view.constant_integers(1, "the pads");
  const auto pads = view.integers("pads");
  return pads.empty() ? view.integers("paddings") : pads;  // opset 1 called them so
}

Integers pad_axes(const LayerView& view) {
  if (view.has_input(3)) return view.constant_integers(3, "the axes");
  return all_axes(view.shape(0).size());
}

// ---- Resize

bool is_empty(const LayerView& view, std::size_t i) {
  return !view.has_input(i) || element_count(view.shape(i)) == 0;
}

Integers resized_axes(const LayerView& view) {
  const auto axes = view.integers("axes");
  return axes.empty() ? all_axes(view.shape(0).size()) : axes;
}

void require_count(const LayerView& view, std::size_t found, std::size_t axes,
                   std::string_view what) {
  if (found == axes) return;
  view.fail(fmt::format("{} {} do not match the {} axes of {}", found, what, axes,
                        describe_input(view, 0)));
}

// Multiplied in 32 bits, as runtimes do: 6 times 1.6666666 is 10 there, a little less in 64.
std::int64_t scaled_dimension(const LayerView& view, std::int64_t dim, double scale,
                              double (*rounded)(double)) {
  const auto product = stored(ElementType::f32, static_cast<double>(dim) * scale);
  const double size = product ? rounded(*product) : 0;
  if (!product || !(scale > 0) || !(size < 9e18)) {
    view.fail(fmt::format("cannot scale {} by {}", dim, scale));
  }
  return static_cast<std::int64_t>(size);
}

Shape scaled_shape(const LayerView& view, const Reals& scales, const Integers& axes) {
  require_count(view, scales.size(), axes.size(), "scales");
  Shape shape = view.shape(0);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    auto& dim = shape[view.axis(axes[i], shape.size())];
    dim = scaled_dimension(view, dim, scales[i], std::floor);
  }
  return shape;
}

bool is_cropped(const LayerView& view) {
  return view.text("coordinate_transformation_mode", "half_pixel") == "tf_crop_and_resize";
}

// Scales of the part of the input that the region of interest (starts, then ends) keeps.
Reals cropped_scales(const LayerView& view, Reals scales) {
  const auto& region = view.constant_reals(1, "the region of interest");
  if (region.size() != 2 * scales.size()) {
    view.fail(fmt::format("{} starts and ends of a region do not match {} scales", region.size(),
                          scales.size()));
  }
  for (std::size_t i = 0; i < scales.size(); ++i) {
    scales[i] *= region[scales.size() + i] - region[i];
  }
  return scales;
}

Reals stated_scales(const LayerView& view) {
  if (view.opset() < 11) return view.constant_reals(1, "the scales");
  const auto& scales = view.constant_reals(2, "the scales");
  return is_cropped(view) ? cropped_scales(view, scales) : scales;
}

// One scale for all axes, so that no size is exceeded (not_larger) or missed (not_smaller).
std::optional<double> common_scale(const LayerView& view, const Integers& sizes,
                                   const Integers& axes) {
  const auto policy = view.text("keep_aspect_ratio_policy", "stretch");
  if (policy == "stretch") return std::nullopt;
  if (policy != "not_larger" && policy != "not_smaller") {
    view.fail(fmt::format(
        "keep_aspect_ratio_policy is '{}'; it must be stretch, not_larger or not_smaller", policy));
  }
  Reals scales;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto dim = view.shape(0)[view.axis(axes[i], view.shape(0).size())];
    if (dim == 0) view.fail("cannot keep the aspect ratio of an empty input");
    scales.push_back(static_cast<double>(sizes[i]) / static_cast<double>(dim));
  }
  const auto [least, most] = std::ranges::minmax(scales);
  return policy == "not_larger" ? least : most;
}

Shape sized_shape(const LayerView& view, const Integers& sizes, const Integers& axes) {
  require_count(view, sizes.size(), axes.size(), "sizes");
  if (axes.empty()) return view.shape(0);
  const auto scale = common_scale(view, sizes, axes);
  Shape shape = view.shape(0);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    auto& dim = shape[view.axis(axes[i], shape.size())];
    dim = scale ? scaled_dimension(view, dim, *scale, std::round) : sizes[i];
  }
  return shape;
}

// How many elements make one of the output: `each` along every dimension that changes, and more
// where antialiasing stretches the filter over what is scaled down.
double neighbours(const LayerView& view, double each) {
  const bool antialias = view.integer("antialias", 0) != 0;
  double count = 1;
  require_output_rank(view, view.shape(0).size());
  for (std::size_t axis = 0; axis < view.shape(0).size(); ++axis) {
    const auto before = static_cast<double>(view.shape(0)[axis]);
    const auto after = static_cast<double>(view.output_shape(0)[axis]);
    if (before == after) continue;
    count *= each * (antialias && after > 0 ? std::max(1.0, before / after) : 1);
  }
  return count;
}

}  // namespace

std::vector<TensorType> pad_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto pads = stated_pads(view);
  const auto axes = pad_axes(view);
  if (pads.size() != 2 * axes.size()) {
    view.fail(fmt::format("{} pads do not match the {} axes of {}, two for each", pads.size(),
                          axes.size(), describe_input(view, 0)));
  }
  for (std::size_t i = 0; i < axes.size(); ++i) {
    auto& dim = type.shape[view.axis(axes[i], type.shape.size())];
    dim = checked_sum(view, checked_sum(view, dim, pads[i]), pads[axes.size() + i]);
  }
  return {type};
}

std::vector<TensorType> resize_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto axes = resized_axes(view);
  const std::size_t scales = view.opset() < 11 ? 1 : 2;
  if (!is_empty(view, scales)) {
    type.shape = scaled_shape(view, stated_scales(view), axes);
  } else if (!is_empty(view, 3)) {
    type.shape = sized_shape(view, view.constant_integers(3, "the sizes"), axes);
  } else {
    view.fail("it needs scales or sizes");
  }
  return {type};
}

Work resize_work(const LayerView& view) {
  const auto mode = view.text("mode", "nearest");
  if (mode == "nearest") return {};
  const double results = static_cast<double>(elements(view, view.output_shape(0)));
  const double read = results * neighbours(view, mode == "cubic" ? 4 : 2);
  Work work;
  work.ops(VectorOp::multiply) = read;
  work.ops(VectorOp::add) = read;
  return work;
}

std::vector<TensorType> upsample_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto axes = all_axes(type.shape.size());
  if (view.has_input(1)) {
    type.shape = scaled_shape(view, view.constant_reals(1, "the scales"), axes);
    return {type};
  }
  for (const auto& attribute : view.layer().attributes) {
    const auto* scales = std::get_if<Reals>(&attribute.value);
    if (attribute.name != "scales" || scales == nullptr) continue;
    type.shape = scaled_shape(view, *scales, axes);
    return {type};
  }
  view.fail("it needs scales");
}

}  // namespace roofbeam
