// Operators whose result has the dimensions of their inputs.
#include "core/rewrites/tracer.hpp"

namespace roofbeam {
namespace {

void alike(LayerTrace& layer) {
  const Dims in = layer.in(0);
  for (std::size_t i = 0; i < layer.view().output_count(); ++i) {
    if (layer.view().has_output(i)) layer.out(i, in);
  }
}

void broadcast(LayerTrace& layer) {
  std::vector<Dims> all;
  for (std::size_t i = 0; i < layer.view().input_count(); ++i) {
    if (layer.view().has_input(i)) all.push_back(layer.in(i));
  }
  layer.out(0, layer.broadcast(all, layer.shape_out(0)));
}

// Channels stay, what lies behind them is another size.
void pool(LayerTrace& layer) {
  const Dims in = layer.in(0);
  const auto& was = layer.shape_in(0);
  for (std::size_t i = 0; i < layer.view().output_count(); ++i) {
    if (!layer.view().has_output(i)) continue;
    const auto& is = layer.shape_out(i);
    if (is.size() != was.size()) return layer.fix_all();
    Dims out = in;
    for (std::size_t axis = 0; axis < is.size(); ++axis) {
      if (is[axis] != was[axis]) out[axis] = ChannelGroups::fixed(is[axis]);
    }
    layer.out(i, std::move(out));
  }
}

// Scales and zero points are of the whole tensor or of each place along an axis.
void quantize(LayerTrace& layer) {
  const Dims in = layer.in(0);
  const auto rank = in.size();
  for (const std::size_t i : {1, 2}) {
    if (!layer.view().has_input(i) || layer.shape_in(i).size() != 1 || rank == 0) continue;
    const auto size = layer.shape_in(i)[0];
    const auto axis = layer.view().axis(rank == 1 ? 0 : layer.view().integer("axis", 1), rank);
    if (size == layer.shape_in(0)[axis] && size > 1) layer.tie(layer.in(i)[0], in[axis]);
  }
  if (layer.view().has_input(1) && layer.shape_in(1).size() > 1) return layer.fix_all();
  layer.out(0, in);
}

constexpr TraceRow kRows[] = {
    {"Add", broadcast},
    {"And", broadcast},
    {"AveragePool", pool},
    {"BitShift", broadcast},
    {"Cast", alike},
    {"CastLike", alike},
    {"Clip", alike},
    {"DequantizeLinear", quantize},
    {"Div", broadcast},
    {"Dropout", alike},
    {"Equal", broadcast},
    {"GlobalAveragePool", pool},
    {"GlobalLpPool", pool},
    {"GlobalMaxPool", pool},
    {"Greater", broadcast},
    {"GreaterOrEqual", broadcast},
    {"Hardmax", alike},
    {"LRN", alike},
    {"Less", broadcast},
    {"LessOrEqual", broadcast},
    {"LogSoftmax", alike},
    {"LpNormalization", alike},
    {"LpPool", pool},
    {"Max", broadcast},
    {"MaxPool", pool},
    {"Mean", broadcast},
    {"MeanVarianceNormalization", alike},
    {"Min", broadcast},
    {"Mod", broadcast},
    {"Mul", broadcast},
    {"Not", alike},
    {"Or", broadcast},
    {"PRelu", broadcast},
    {"Pow", broadcast},
    {"QuantizeLinear", quantize},
    {"Relu", alike},
    {"Softmax", alike},
    {"Sub", broadcast},
    {"Sum", broadcast},
    {"Where", broadcast},
};

}  // namespace

std::span<const TraceRow> elementwise_traces() { return kRows; }

}  // namespace roofbeam
