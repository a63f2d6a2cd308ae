// Reading and writing images at places that are computed: grids, regions of interest, blocks.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/window.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;
using Integers = std::vector<std::int64_t>;

double count(const LayerView& view, std::span<const std::int64_t> dims) {
  return static_cast<double>(elements(view, dims));
}

void require_dimensions(const LayerView& view, std::size_t i, std::size_t rank) {
  if (view.shape(i).size() == rank) return;
  view.fail(fmt::format("{} must have {} dimensions", describe_input(view, i), rank));
}

// ---- GridSample

// Elements that an interpolation reads along one dimension.
std::int64_t neighbours(const LayerView& view) {
  const auto mode = view.text("mode", view.opset() < 20 ? "bilinear" : "linear");
  if (mode == "linear" || mode == "bilinear") return 2;
  if (mode == "cubic" || mode == "bicubic") return 4;
  if (mode == "nearest") return 1;
  view.fail(fmt::format("mode is '{}'; it must be linear, cubic or nearest", mode));
}

std::vector<TensorType> grid_sample_shape(const LayerView& view) {
  require_rank(view, 3);
  const Shape& image = view.shape(0);
  const Shape& grid = view.shape(1);
  const auto spatial = std::ssize(image) - 2;
  (void)neighbours(view);
  if (grid.size() != image.size() || grid[0] != image[0] || grid.back() != spatial) {
    view.fail(fmt::format("{} does not fit {}: it must be {}, the sizes of the result, {}",
                          describe_input(view, 1), describe_input(view, 0), image[0], spatial));
  }
  Shape shape{image[0], image[1]};
  shape.insert(shape.end(), grid.begin() + 1, grid.end() - 1);
  return {{view.input(0).element, std::move(shape), {}}};
}

Work grid_sample_work(const LayerView& view) {
  const double coordinates = count(view, view.shape(1));
  const auto along_each = neighbours(view);
  const double all = count(view, Shape(view.shape(0).size() - 2, along_each));
  const double reads = along_each == 1 ? 0 : count(view, view.output_shape(0)) * all;
  Work work;
  work.ops(multiply) = coordinates + reads;
  work.ops(add) = coordinates + reads;
  return work;
}

// ---- AffineGrid

// Batch, channels and the sizes of the grid, two or three of them.
std::vector<TensorType> affine_grid_shape(const LayerView& view) {
  require_dimensions(view, 0, 3);
  const Shape& theta = view.shape(0);
  const auto& size = view.constant_integers(1, "the size");
  const auto spatial = std::ssize(size) - 2;
  if ((spatial != 2 && spatial != 3) || theta != Shape{size[0], spatial, spatial + 1}) {
    view.fail(
        fmt::format("{} does not fit the size {}: it must be Nx2x3 for NxCxHxW or Nx3x4 for "
                    "NxCxDxHxW",
                    describe_input(view, 0), to_text(size)));
  }
  Shape shape{size[0]};
  shape.insert(shape.end(), size.begin() + 2, size.end());
  shape.push_back(spatial);
  return {{view.input(0).element, std::move(shape), {}}};
}

// Each place of the grid, with a 1, times its matrix.
Work affine_grid_work(const LayerView& view) {
  require_dimensions(view, 0, 3);
  const Shape& theta = view.shape(0);
  require_output_rank(view, theta[2] < 4 ? 4 : 5);
  const std::span<const std::int64_t> grid(view.output_shape(0));
  return matrix_product(view, {.batch = theta[0],
                               .m = elements(view, grid.subspan(1, grid.size() - 2)),
                               .n = theta[1],
                               .k = theta[2]});
}

// ---- RoiAlign and MaxRoiPool

std::int64_t positive(const LayerView& view, std::string_view attribute) {
  const auto value = view.integer(attribute, 1);
  if (value >= 1) return value;
  view.fail(fmt::format("{} is {}; it must be at least 1", attribute, value));
}

// One pooled image per region, each region given by `numbers`.
std::vector<TensorType> regions(const LayerView& view, std::int64_t numbers, std::int64_t height,
                                std::int64_t width) {
  require_dimensions(view, 0, 4);
  const Shape& rois = view.shape(1);
  if (rois.size() != 2 || rois[1] != numbers) {
    view.fail(
        fmt::format("{} must be regions of {} numbers each", describe_input(view, 1), numbers));
  }
  return {{view.input(0).element, {rois[0], view.shape(0)[1], height, width}, {}}};
}

std::vector<TensorType> roi_align_shape(const LayerView& view) {
  auto types = regions(view, 4, positive(view, "output_height"), positive(view, "output_width"));
  const auto count = view.shape(1)[0];
  require_inputs(view, 3);
  require_shape(view, 2, {count}, fmt::format("there are {} regions", count));
  return types;
}

// Points along one dimension of a bin; if it is up to the region, those of the largest one, the
// whole image.
double points(const LayerView& view, std::int64_t pixels, std::int64_t bins) {
  const auto ratio = view.integer("sampling_ratio", 0);
  if (ratio < 0) view.fail(fmt::format("sampling_ratio is {}; it must not be negative", ratio));
  if (ratio > 0) return static_cast<double>(ratio);
  return std::ceil(static_cast<double>(pixels) / static_cast<double>(bins));
}

Work roi_align_work(const LayerView& view) {
  const Shape& image = view.shape(0);
  const Shape& output = view.output_shape(0);
  const double reads = 4 * count(view, output) * points(view, image[2], output[2]) *
                       points(view, image[3], output[3]);
  Work work;
  work.ops(multiply) = reads;
  work.ops(view.text("mode", "avg") == "max" ? compare : add) = reads;
  return work;
}

std::vector<TensorType> roi_pool_shape(const LayerView& view) {
  const Integers sizes = view.integers("pooled_shape");
  if (sizes.size() != 2 || sizes[0] < 1 || sizes[1] < 1) {
    view.fail(fmt::format("pooled_shape must be two positive sizes, not {}", to_text(sizes)));
  }
  return regions(view, 5, sizes[0], sizes[1]);
}

Work roi_pool_work(const LayerView& view) {
  const Shape& image = view.shape(0);
  Work work;
  work.ops(compare) = count(view, std::array{view.shape(1)[0], image[1], image[2], image[3]});
  return work;
}

// ---- Col2Im

struct Blocks {
  Integers image;
  Integers block;
  Integers strides;
  Integers dilations;
  Integers pads;
};

Blocks read_blocks(const LayerView& view) {
  const auto& image = view.constant_integers(1, "the image's shape");
  const auto& block = view.constant_integers(2, "the block's shape");
  const auto empty = [](std::int64_t size) { return size < 1; };
  if (image.size() != block.size() || std::ranges::any_of(image, empty) ||
      std::ranges::any_of(block, empty)) {
    view.fail(fmt::format("the image {} and the block {} must have as many sizes, all positive",
                          to_text(image), to_text(block)));
  }
  const auto rank = image.size();
  return {.image = image,
          .block = block,
          .strides = spatial_attribute(view, "strides", rank, 1, 1),
          .dilations = spatial_attribute(view, "dilations", rank, 1, 1),
          .pads = spatial_attribute(view, "pads", 2 * rank, 0, 0)};
}

// How many positions a block has along dimension d of the image.
std::int64_t positions(const LayerView& view, const Blocks& blocks, std::size_t d) {
  const auto pads = checked_sum(view, blocks.pads[d], blocks.pads[d + blocks.image.size()]);
  const auto padded = checked_sum(view, blocks.image[d], pads);
  const auto last = checked_product(view, blocks.dilations[d], blocks.block[d] - 1);
  if (last < padded) return (padded - last - 1) / blocks.strides[d] + 1;
  view.fail(
      fmt::format("a block of {} reaches over {} elements, dimension {} of the padded image "
                  "has {}",
                  blocks.block[d], checked_sum(view, last, 1), d, padded));
}

std::vector<TensorType> col2im_shape(const LayerView& view) {
  require_dimensions(view, 0, 3);
  const Shape& columns = view.shape(0);
  const Blocks blocks = read_blocks(view);
  std::int64_t number = 1;
  for (std::size_t d = 0; d < blocks.image.size(); ++d) {
    number = checked_product(view, number, positions(view, blocks, d));
  }
  const auto size = elements(view, blocks.block);
  if (columns[1] % size != 0 || columns[2] != number) {
    view.fail(fmt::format("{} must be batch, channels times the {} elements of a block, {} blocks",
                          describe_input(view, 0), size, number));
  }
  Shape shape{columns[0], columns[1] / size};
  shape.insert(shape.end(), blocks.image.begin(), blocks.image.end());
  return {{view.input(0).element, std::move(shape), {}}};
}

Work col2im_work(const LayerView& view) {
  Work work;
  work.ops(add) = count(view, view.shape(0));
  return work;
}

// ---- CenterCropPad and ImageDecoder

std::vector<TensorType> crop_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  const auto& sizes = view.constant_integers(1, "the new sizes");
  const Integers axes = view.integers("axes");
  const auto axes_count = view.has("axes") ? axes.size() : type.shape.size();
  if (sizes.size() != axes_count) {
    view.fail(fmt::format("{} sizes do not match the {} axes of {}", sizes.size(), axes_count,
                          describe_input(view, 0)));
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto axis = view.has("axes") ? axes[i] : static_cast<std::int64_t>(i);
    type.shape[view.axis(axis, type.shape.size())] = sizes[i];
  }
  return {type};
}

std::vector<TensorType> decoded_shape(const LayerView& view) {
  require_dimensions(view, 0, 1);
  view.fail_unknown(0, "the encoded image");
}

constexpr std::uint32_t kData = 0b1;

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence) {
  return {
      .name = name, .shape = shape, .work = work, .sentence = sentence, .parameter_inputs = kData};
}

constexpr Operator kRows[] = {
    row("AffineGrid", affine_grid_shape, affine_grid_work,
        "MACs are the places of the grid times the elements of a matrix."),
    row("CenterCropPad", crop_shape, only_bytes, "No arithmetic: its cost is the bytes it moves."),
    row("Col2Im", col2im_shape, col2im_work, "One add per input element."),
    row("GridSample", grid_sample_shape, grid_sample_work,
        "One multiply and one add per coordinate of the grid; per output element one multiply and "
        "one add for each neighbour: 2 per spatial dimension if linear, 4 if cubic, none if "
        "nearest."),
    // A fast cosine transform of 8 points takes 5 multiplies and 29 adds: Y. Arai, T. Agui,
    // M. Nakajima, Trans. IEICE E71 (1988) 1095.
    {.name = "ImageDecoder",
     .shape = decoded_shape,
     .work = elementwise<multiply, multiply, add, add, add, add, add, add, add, add>,
     .sentence = "Two multiplies and eight adds per output element: a cosine transform of 8x8 "
                 "blocks, and the change of colours.",
     .parameter_inputs = kData,
     .counts_on_stated = true},
    row("MaxRoiPool", roi_pool_shape, roi_pool_work,
        "One compare per element of a region and channel, a region being at most the image."),
    row("RoiAlign", roi_align_shape, roi_align_work,
        "Four multiplies and four adds (compares for a maximum) per sampled point of an output "
        "element; without a sampling_ratio there are as many points as in a region of the whole "
        "image."),
};

}  // namespace

std::span<const Operator> sampling_rows() { return kRows; }

}  // namespace roofbeam
