#include <fmt/core.h>

#include <algorithm>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

constexpr std::size_t kScale = 1;
constexpr std::size_t kShift = 2;

double count(const LayerView& view, std::span<const std::int64_t> dims) {
  return static_cast<double>(elements(view, dims));
}

// Channels of (batch, channels, ...); a lone batch dimension has one channel.
std::int64_t channels(const LayerView& view) {
  require_rank(view, 1);
  return view.shape(0).size() > 1 ? view.shape(0)[1] : 1;
}

void require_per_channel(const LayerView& view, std::size_t i) {
  if (view.has_input(i) && view.shape(i) == Shape{channels(view)}) return;
  require_shape(
      view, i, {channels(view)},
      fmt::format("the input ({}) has {} channels", to_text(view.shape(0)), channels(view)));
}

// Before opset 9, spatial = 0 normalised every position by itself.
std::vector<TensorType> batch_norm_shape(const LayerView& view) {
  require_inputs(view, 5);
  if (view.integer("spatial", 1) != 0) {
    for (std::size_t i = 1; i < 5; ++i) require_per_channel(view, i);
  }
  const std::size_t most_outputs = view.opset() < 14 ? 5 : 3;
  std::vector<TensorType> types(most_outputs, type_of(view, 3));
  types[0] = type_of(view, 0);
  return types;
}

// Normalising rows of `length` elements by their own mean and deviation.
Work row_norm_work(const LayerView& view, double rows) {
  const double all = count(view, view.shape(0));
  Work work;
  work.ops(VectorOp::add) = all * (view.has_input(kShift) ? 4 : 3);
  work.ops(VectorOp::multiply) = all * 3;
  work.ops(VectorOp::divide) = rows * 3;
  work.ops(VectorOp::square_root) = rows;
  return work;
}

// In training a batch norm makes the statistics that it normalises with: opset 14 says so, before
// that more than one output did.
bool makes_statistics(const LayerView& view) {
  if (view.opset() >= 14) return view.integer("training_mode", 0) != 0;
  return view.has_output(1);
}

Work batch_norm_work(const LayerView& view) {
  if (!makes_statistics(view)) return elementwise<VectorOp::multiply, VectorOp::add>(view);
  return row_norm_work(view, static_cast<double>(channels(view)));
}

ElementType stash_type(const LayerView& view) {
  switch (view.integer("stash_type", 1)) {
    case 1:
      return ElementType::f32;
    case 10:
      return ElementType::f16;
    case 11:
      return ElementType::f64;
    case 16:
      return ElementType::bf16;
    default:
      view.fail(
          fmt::format("stash_type is {}; it must be 1 (float32), 10 (float16), 11 (float64) "
                      "or 16 (bfloat16)",
                      view.integer("stash_type", 1)));
  }
}

std::size_t layer_norm_axis(const LayerView& view) {
  return view.axis(view.integer("axis", -1), view.shape(0).size());
}

std::vector<TensorType> layer_norm_shape(const LayerView& view) {
  const auto axis = static_cast<std::ptrdiff_t>(layer_norm_axis(view));
  const Shape& data = view.shape(0);
  require_inputs(view, 2);
  require_broadcast_to(view, kScale, data);
  require_broadcast_to(view, kShift, data);
  Shape statistics = data;
  std::fill(statistics.begin() + axis, statistics.end(), 1);
  const TensorType statistic{stash_type(view), statistics, {}};
  return {type_of(view, 0), statistic, statistic};
}

Work layer_norm_work(const LayerView& view) {
  return row_norm_work(view, count(view, std::span(view.shape(0)).first(layer_norm_axis(view))));
}

// The result has the type of the scale; the input may be stored with another one.
std::vector<TensorType> rms_norm_shape(const LayerView& view) {
  (void)layer_norm_axis(view);
  require_inputs(view, 2);
  require_broadcast_to(view, kScale, view.shape(0));
  return {{view.input(kScale).element, view.shape(0), {}}};
}

// Like a layer norm without a mean.
Work rms_norm_work(const LayerView& view) {
  const double all = count(view, view.shape(0));
  const double rows = count(view, std::span(view.shape(0)).first(layer_norm_axis(view)));
  Work work;
  work.ops(VectorOp::add) = all;
  work.ops(VectorOp::multiply) = all * 3;
  work.ops(VectorOp::divide) = rows * 2;
  work.ops(VectorOp::square_root) = rows;
  return work;
}

std::vector<TensorType> lp_norm_shape(const LayerView& view) {
  (void)view.axis(view.integer("axis", -1), view.shape(0).size());
  const auto p = view.integer("p", 2);
  if (p != 1 && p != 2) view.fail(fmt::format("p is {}; it must be 1 or 2", p));
  return {type_of(view, 0)};
}

Work lp_norm_work(const LayerView& view) {
  const bool squares = view.integer("p", 2) == 2;
  Shape rows = view.shape(0);
  rows[view.axis(view.integer("axis", -1), rows.size())] = 1;
  const double all = count(view, view.shape(0));
  Work work;
  work.ops(squares ? VectorOp::multiply : VectorOp::compare) = all;
  work.ops(VectorOp::add) = all;
  work.ops(VectorOp::divide) = all;
  if (squares) work.ops(VectorOp::square_root) = count(view, rows);
  return work;
}

// The axes that are averaged over: all but the channels, unless stated.
std::vector<std::size_t> averaged_axes(const LayerView& view) {
  const auto stated = view.has("axes") ? view.integers("axes") : Shape{0, 2, 3};
  std::vector<std::size_t> axes;
  for (const auto axis : stated) axes.push_back(view.axis(axis, view.shape(0).size()));
  return axes;
}

std::vector<TensorType> mean_variance_shape(const LayerView& view) {
  (void)averaged_axes(view);
  return {type_of(view, 0)};
}

// The variance is the mean of the squares less the squared mean.
Work mean_variance_work(const LayerView& view) {
  Shape rows = view.shape(0);
  for (const auto axis : averaged_axes(view)) rows[axis] = 1;
  const double all = count(view, view.shape(0));
  const double results = count(view, rows);
  Work work;
  work.ops(VectorOp::add) = all * 3 + results;
  work.ops(VectorOp::multiply) = all * 2 + results;
  work.ops(VectorOp::divide) = results * 3;
  work.ops(VectorOp::square_root) = results;
  return work;
}

std::vector<TensorType> instance_norm_shape(const LayerView& view) {
  require_rank(view, 3);
  require_inputs(view, 3);
  for (const std::size_t i : {kScale, kShift}) require_per_channel(view, i);
  return {type_of(view, 0)};
}

Work instance_norm_work(const LayerView& view) {
  return row_norm_work(view, count(view, std::span(view.shape(0)).first(2)));
}

std::int64_t norm_groups(const LayerView& view) {
  const std::int64_t groups = view.integer("num_groups", 0);
  if (groups < 1) view.fail("num_groups is required and must be at least 1");
  if (channels(view) % groups != 0) {
    view.fail(fmt::format("the {} channels of the input ({}) do not divide into {} groups",
                          channels(view), to_text(view.shape(0)), groups));
  }
  return groups;
}

// Scale and shift are per group until opset 20, per channel from 21 on.
std::vector<TensorType> group_norm_shape(const LayerView& view) {
  require_rank(view, 2);
  require_inputs(view, 3);
  const std::int64_t groups = norm_groups(view);
  for (const std::size_t i : {kScale, kShift}) {
    if (view.opset() >= 21) {
      require_per_channel(view, i);
    } else {
      require_shape(view, i, {groups}, fmt::format("there are {} groups", groups));
    }
  }
  return {type_of(view, 0)};
}

Work group_norm_work(const LayerView& view) {
  const std::int64_t rows = checked_product(view, view.shape(0)[0], norm_groups(view));
  return row_norm_work(view, static_cast<double>(rows));
}

std::vector<TensorType> lrn_shape(const LayerView& view) {
  require_rank(view, 2);
  const std::int64_t size = view.integer("size", 0);
  if (size < 1) view.fail(fmt::format("size is {}; it must be at least 1", size));
  return {type_of(view, 0)};
}

Work lrn_work(const LayerView& view) {
  const double all = count(view, view.shape(0));
  Work work;
  work.ops(VectorOp::multiply) = all * 2;
  work.ops(VectorOp::add) = all * (static_cast<double>(view.integer("size", 0)) + 1);
  work.ops(VectorOp::exponential) = all;
  work.ops(VectorOp::divide) = all;
  return work;
}

std::size_t softmax_axis(const LayerView& view) {
  return view.axis(view.integer("axis", view.opset() < 13 ? 1 : -1), view.shape(0).size());
}

std::vector<TensorType> softmax_shape(const LayerView& view) {
  (void)softmax_axis(view);
  return {type_of(view, 0)};
}

// How many sums there are: before opset 13, all dimensions from the axis on are one row.
double softmax_rows(const LayerView& view) {
  Shape rows = view.shape(0);
  const auto axis = static_cast<std::ptrdiff_t>(softmax_axis(view));
  const auto last = view.opset() < 13 ? rows.end() : rows.begin() + axis + 1;
  std::fill(rows.begin() + axis, last, 1);
  return count(view, rows);
}

Work softmax_work(const LayerView& view) {
  const double all = count(view, view.shape(0));
  Work work;
  work.ops(VectorOp::compare) = all;
  work.ops(VectorOp::add) = all * 2;
  work.ops(VectorOp::exponential) = all;
  work.ops(VectorOp::divide) = all;
  return work;
}

Work log_softmax_work(const LayerView& view) {
  const double all = count(view, view.shape(0));
  Work work;
  work.ops(VectorOp::compare) = all;
  work.ops(VectorOp::add) = all * 3;
  work.ops(VectorOp::exponential) = all + softmax_rows(view);
  return work;
}

constexpr Operator kRows[] = {
    {.name = "BatchNormalization",
     .shape = batch_norm_shape,
     .work = batch_norm_work,
     .sentence = "One multiply and one add per element: scale and shift with the statistics folded "
                 "in; in training as InstanceNormalization, per channel.",
     .parameter_inputs = 0b00111,
     .statistic_inputs = 0b11000},
    {.name = "GroupNormalization",
     .shape = group_norm_shape,
     .work = group_norm_work,
     .sentence = "Per element four adds and three multiplies (mean, variance, normalisation, scale "
                 "and shift), per group of one batch item three divides and a square root."},
    {.name = "InstanceNormalization",
     .shape = instance_norm_shape,
     .work = instance_norm_work,
     .sentence = "Per element four adds and three multiplies (mean, variance, normalisation, scale "
                 "and shift), per channel of one batch item three divides and a square root."},
    {.name = "LRN",
     .shape = lrn_shape,
     .work = lrn_work,
     .sentence = "Per element two multiplies (square, alpha), `size` + 1 adds (window, bias), one "
                 "exponential (power) and one divide."},
    {.name = "LayerNormalization",
     .shape = layer_norm_shape,
     .work = layer_norm_work,
     .sentence = "Per element three adds (four with a bias) and three multiplies (mean, variance, "
                 "normalisation, scale), per normalised row three divides and a square root."},
    {.name = "LogSoftmax",
     .shape = softmax_shape,
     .work = log_softmax_work,
     .sentence = "Per element one compare (maximum), three adds (shift, sum, logarithm of the sum) "
                 "and one exponential; one more exponential per row for its logarithm."},
    {.name = "LpNormalization",
     .shape = lp_norm_shape,
     .work = lp_norm_work,
     .sentence = "Per element one multiply (square; a compare if p is 1), one add and one divide, "
                 "per normalised row a square root unless p is 1."},
    {.name = "MeanVarianceNormalization",
     .shape = mean_variance_shape,
     .work = mean_variance_work,
     .sentence = "Per element three adds and two multiplies (mean, mean square, normalisation), "
                 "per mean an add, a multiply, three divides and a square root."},
    {.name = "RMSNormalization",
     .shape = rms_norm_shape,
     .work = rms_norm_work,
     .sentence = "Per element one add and three multiplies (mean square, normalisation, scale), "
                 "per normalised row two divides and a square root."},
    {.name = "Softmax",
     .shape = softmax_shape,
     .work = softmax_work,
     .sentence =
         "Per element one compare (maximum), two adds (shift, sum), one exponential and one "
         "divide."},
};

}  // namespace

std::span<const Operator> normalisation_rows() { return kRows; }

}  // namespace roofbeam
