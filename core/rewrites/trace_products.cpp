// Convolutions, matrix products and norms: where weights meet channels.
#include <algorithm>

#include "core/operators/convolution.hpp"
#include "core/operators/rules.hpp"
#include "core/rewrites/tracer.hpp"

namespace roofbeam {
namespace {

Extent times(const Extent& extent, std::int64_t factor) {
  Extent scaled = extent;
  for (auto& term : scaled) term.times *= factor;
  return scaled;
}

bool is_pointwise(const Shape& weight) {
  return std::all_of(weight.begin() + 2, weight.end(), [](auto size) { return size == 1; });
}

// Every one-dimensional constant with a number for each output channel.
void tie_channel_vectors(LayerTrace& layer, const Extent& channels, std::size_t weight) {
  for (std::size_t i = 1; i < layer.view().input_count(); ++i) {
    if (i == weight || !layer.view().has_input(i) || layer.shape_in(i).size() != 1) continue;
    if (layer.groups().size(layer.in(i)[0]) == layer.groups().size(channels)) {
      layer.tie(layer.in(i)[0], channels);
    }
  }
}

// ---- convolutions: weight (output channels, input channels per group, kernel)

// Each group of channels by itself: a depthwise convolution follows its input.
Extent convolve_single_channels(LayerTrace& layer, std::size_t weight, const Extent& in,
                                std::int64_t groups) {
  layer.trace().depthwise[layer.id()] = in;
  const auto out = times(in, layer.shape_in(weight)[0] / groups);
  layer.tie(layer.in(weight)[0], out);
  layer.groups().fix(layer.in(weight)[1]);
  return out;
}

Extent convolve(LayerTrace& layer, std::size_t weight, const Extent& in) {
  const auto groups = layer.view().integer("group", 1);
  if (groups > 1 && layer.groups().size(in) == groups) {
    return convolve_single_channels(layer, weight, in, groups);
  }
  const auto part = layer.groups().part(in, groups);
  if (part) layer.tie(*part, layer.in(weight)[1]);
  const auto out = layer.made(weight, 0);
  static_cast<void>(layer.groups().part(out, groups));
  layer.trace().products.push_back(
      {layer.id(), in, out, is_pointwise(layer.shape_in(weight)), true});
  return out;
}

Dims with_channels(const Shape& result, std::size_t axis, const Extent& batch,
                   const Extent& channels) {
  Dims dims;
  for (const auto size : result) dims.push_back(ChannelGroups::fixed(size));
  dims[0] = batch;
  dims[axis] = channels;
  return dims;
}

void conv(LayerTrace& layer) {
  const auto inputs = convolution_inputs(layer.view());
  const auto rank = layer.shape_in(0).size();
  const std::size_t axis = inputs.channels_last ? rank - 1 : 1;
  const Dims in = layer.in(0);
  const auto out = convolve(layer, inputs.weight, in[axis]);
  tie_channel_vectors(layer, out, inputs.weight);
  layer.out(0, with_channels(layer.shape_out(0), axis, in[0], out));
  // A residual that the same call adds.
  for (std::size_t i = 1; i < layer.view().input_count(); ++i) {
    if (layer.view().has_input(i) && !layer.is_constant(i) &&
        layer.shape_in(i) == layer.shape_out(0)) {
      layer.tie(layer.in(i)[axis], out);
    }
  }
}

// Weight (input channels, output channels per group, kernel).
void conv_transpose(LayerTrace& layer) {
  if (!layer.layer().domain.empty()) return layer.fix_all();
  const auto groups = layer.view().integer("group", 1);
  const Dims in = layer.in(0);
  layer.tie(in[1], layer.in(1)[0]);
  Extent out;
  if (groups > 1 && layer.groups().size(in[1]) == groups) {
    layer.trace().depthwise[layer.id()] = in[1];
    layer.groups().fix(layer.in(1)[1]);
    out = times(in[1], layer.shape_in(1)[1]);
  } else {
    static_cast<void>(layer.groups().part(in[1], groups));
    out = times(layer.made(1, 1), groups);
    layer.trace().products.push_back(
        {layer.id(), in[1], out, is_pointwise(layer.shape_in(1)), true});
  }
  tie_channel_vectors(layer, out, 1);
  layer.out(0, with_channels(layer.shape_out(0), 1, in[0], out));
}

// ---- matrix products

void gemm(LayerTrace& layer) {
  if (!layer.layer().domain.empty() || layer.view().input_count() < 2 ||
      layer.shape_in(0).size() != 2 || layer.shape_in(1).size() != 2) {
    return layer.fix_all();
  }
  const std::size_t inner_a = layer.view().integer("transA", 0) != 0 ? 0 : 1;
  const std::size_t inner_b = layer.view().integer("transB", 0) != 0 ? 1 : 0;
  const Dims a = layer.in(0);
  layer.tie(a[inner_a], layer.in(1)[inner_b]);
  const auto out = layer.made(1, 1 - inner_b);
  layer.trace().products.push_back({layer.id(), a[inner_a], out, true, false});
  Dims result = {a[1 - inner_a], out};
  if (layer.view().has_input(2) && layer.shape_in(2).size() <= 2) {
    const Dims all[] = {result, layer.in(2)};
    result = layer.broadcast(all, layer.shape_out(0));
  }
  layer.out(0, std::move(result));
}

void multiply(LayerTrace& layer, std::size_t first, std::size_t second) {
  const auto rank_a = layer.shape_in(first).size();
  const auto rank_b = layer.shape_in(second).size();
  if (rank_a < 2 || rank_b < 2) return layer.fix_all();
  const Dims a = layer.in(first);
  const Dims b = layer.in(second);
  layer.tie(a[rank_a - 1], b[rank_b - 2]);
  const bool left = layer.is_constant(first);
  const auto rows = left ? layer.made(first, rank_a - 2) : a[rank_a - 2];
  const auto columns = layer.is_constant(second) ? layer.made(second, rank_b - 1) : b[rank_b - 1];
  if (left || layer.is_constant(second)) {
    layer.trace().products.push_back(
        {layer.id(), a[rank_a - 1], left ? rows : columns, true, false});
  }
  const auto& shape = layer.shape_out(0);
  const Dims batches[] = {Dims(a.begin(), a.end() - 2), Dims(b.begin(), b.end() - 2)};
  Dims result = layer.broadcast(batches, Shape(shape.begin(), shape.end() - 2));
  result.push_back(rows);
  result.push_back(columns);
  layer.out(0, std::move(result));
}

void matmul(LayerTrace& layer) {
  const auto& name = layer.layer().op;
  if (name == "MatMul" && layer.layer().domain.empty()) return multiply(layer, 0, 1);
  if (name == "MatMulInteger" || name == "QLinearMatMul") {
    const std::size_t second = name == "QLinearMatMul" ? 3 : 1;
    multiply(layer, 0, second);
    tie_channel_vectors(layer, layer.in(second).back(), second);
    return;
  }
  layer.fix_all();
}

// ---- norms

void channel_norm(LayerTrace& layer) {
  const Dims in = layer.in(0);
  if (in.size() < 2) return layer.fix_all();
  tie_channel_vectors(layer, in[1], 0);
  layer.out(0, in);
  for (std::size_t i = 1; i < layer.view().output_count(); ++i) {
    if (layer.view().has_output(i)) layer.out(i, {in[1]});
  }
}

void group_norm(LayerTrace& layer) {
  const Dims in = layer.in(0);
  static_cast<void>(layer.groups().part(in[1], layer.view().integer("num_groups", 1)));
  channel_norm(layer);
}

void layer_norm(LayerTrace& layer) {
  if (layer.layer().op != "LayerNormalization" && layer.layer().op != "RMSNormalization") {
    return layer.fix_all();
  }
  const Dims in = layer.in(0);
  const Shape& shape = layer.shape_in(0);
  Dims result = in;
  for (const std::size_t i : {1, 2}) {
    if (!layer.view().has_input(i)) continue;
    const Dims all[] = {result, layer.in(i)};
    result = layer.broadcast(all, shape);
  }
  layer.out(0, std::move(result));
  for (std::size_t i = 1; i < layer.view().output_count(); ++i) {
    if (layer.view().has_output(i)) layer.out(i, {});
  }
}

constexpr TraceRow kRows[] = {
    {"BatchNormalization", channel_norm},
    {"Conv", conv},
    {"ConvTranspose", conv_transpose},
    {"Gemm", gemm},
    {"GroupNormalization", group_norm},
    {"InstanceNormalization", channel_norm},
    {"LayerNormalization", layer_norm},
    {"MatMul", matmul},
    {"MatMulInteger", matmul},
    {"QLinearMatMul", matmul},
    {"RMSNormalization", layer_norm},
};

}  // namespace

std::span<const TraceRow> product_traces() { return kRows; }

}  // namespace roofbeam
