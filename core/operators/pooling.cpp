#include "core/operators/pooling.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/window.hpp"

namespace roofbeam {
namespace {

std::vector<TensorType> pool_shape(const LayerView& view) {
  return {{view.input(0).element, pooled_shape(view), {}}};
}

std::vector<TensorType> max_pool_shape(const LayerView& view) {
  std::vector<TensorType> types = pool_shape(view);
  types.push_back({ElementType::i64, types[0].shape, {}});  // Indices
  return types;
}

std::vector<TensorType> global_shape(const LayerView& view) {
  return {{view.input(0).element, globally_pooled_shape(view), {}}};
}

// Where a window's inverse ends: (input - 1) * stride + kernel - pads.
std::int64_t unpooled_size(const LayerView& view, const Window& window, std::size_t d) {
  const auto last = checked_product(view, view.shape(0)[d + 2] - 1, window.strides[d]);
  const auto pads = checked_sum(view, window.begin[d], window.end[d]);
  return checked_sum(view, checked_sum(view, last, window.kernel[d]), -pads);
}

std::vector<TensorType> unpool_shape(const LayerView& view) {
  require_rank(view, 3);
  auto type = type_of(view, 0);
  require_inputs(view, 2);
  require_shape(view, 1, type.shape, "each element has an index");
  const Window window = read_window(view, view.integers("kernel_shape"));
  if (!view.has_input(2)) {
    for (std::size_t d = 0; d < window.kernel.size(); ++d) {
      type.shape[d + 2] = unpooled_size(view, window, d);
    }
    return {type};
  }
  const auto& stated = view.constant_integers(2, "the output's shape");
  if (stated.size() != type.shape.size()) {
    view.fail(fmt::format("the output's shape ({}) must have as many dimensions as {}",
                          to_text(stated), describe_input(view, 0)));
  }
  type.shape = stated;
  return {type};
}

double outputs(const LayerView& view) {
  return static_cast<double>(elements(view, view.output_shape(0)));
}

// Elements that all windows together read, padding included.
double window_elements(const LayerView& view) {
  const std::int64_t count = elements(view, view.output_shape(0));
  const std::vector<std::int64_t> kernel = view.integers("kernel_shape");
  return static_cast<double>(checked_product(view, count, elements(view, kernel)));
}

double global_elements(const LayerView& view) {
  return static_cast<double>(elements(view, view.shape(0)));
}

using Reads = double (*)(const LayerView&);

template <Reads reads>
Work max_work(const LayerView& view) {
  Work work;
  work.ops(VectorOp::compare) = reads(view);
  return work;
}

template <Reads reads>
Work average_work(const LayerView& view) {
  Work work;
  work.ops(VectorOp::add) = reads(view);
  work.ops(VectorOp::divide) = outputs(view);
  return work;
}

Work norm(std::int64_t p, double read, double written) {
  Work work;
  work.ops(VectorOp::add) = read;
  if (p == 1) {
    work.ops(VectorOp::compare) = read;
  } else if (p == 2) {
    work.ops(VectorOp::multiply) = read;
    work.ops(VectorOp::square_root) = written;
  } else {
    work.ops(VectorOp::exponential) = read + written;
  }
  return work;
}

template <Reads reads>
Work norm_work(const LayerView& view) {
  return norm(view.integer("p", 2), reads(view), outputs(view));
}

constexpr Operator kRows[] = {
    {.name = "AveragePool",
     .shape = pool_shape,
     .work = average_pool_work,
     .sentence = "One add per element of every window, padding included, and one divide per output "
                 "element."},
    {.name = "GlobalAveragePool",
     .shape = global_shape,
     .work = global_average_pool_work,
     .sentence = "One add per input element and one divide per output element."},
    {.name = "GlobalLpPool",
     .shape = global_shape,
     .work = norm_work<global_elements>,
     .sentence =
         "Per input element one add and one multiply for p = 2, one compare for p = 1, else "
         "one exponential; per output element one square root for p = 2, none for p = 1, "
         "else one exponential."},
    {.name = "GlobalMaxPool",
     .shape = global_shape,
     .work = global_max_pool_work,
     .sentence = "One compare per input element."},
    {.name = "LpPool",
     .shape = pool_shape,
     .work = norm_work<window_elements>,
     .sentence = "Per element of every window one add and one multiply for p = 2, one compare for "
                 "p = 1, else one exponential; per output element one square root for p = 2, none "
                 "for p = 1, else one exponential."},
    {.name = "MaxPool",
     .shape = max_pool_shape,
     .work = max_pool_work,
     .sentence = "One compare per element of every window, padding included."},
    {.name = "MaxUnpool",
     .shape = unpool_shape,
     .work = only_bytes,
     .sentence = "No arithmetic: its cost is the bytes it moves."},
};

}  // namespace

Shape pooled_shape(const LayerView& view, bool channels_last) {
  require_rank(view, 3);
  Shape data = view.shape(0);
  if (channels_last) data = to_channels_first(std::move(data));
  const std::int64_t channels = data[1];
  const Window window = read_window(view, view.integers("kernel_shape"), std::move(data));
  Shape shape = slide(view, window, channels, view.integer("ceil_mode", 0) != 0);
  return channels_last ? to_channels_last(std::move(shape)) : shape;
}

Shape globally_pooled_shape(const LayerView& view, bool channels_last) {
  require_rank(view, 3);
  Shape shape = view.shape(0);
  const auto first = shape.begin() + (channels_last ? 1 : 2);
  std::fill_n(first, shape.size() - 2, 1);
  return shape;
}

Work max_pool_work(const LayerView& view) { return max_work<window_elements>(view); }
Work average_pool_work(const LayerView& view) { return average_work<window_elements>(view); }
Work global_max_pool_work(const LayerView& view) { return max_work<global_elements>(view); }
Work global_average_pool_work(const LayerView& view) { return average_work<global_elements>(view); }

std::span<const Operator> pooling_rows() { return kRows; }

}  // namespace roofbeam
