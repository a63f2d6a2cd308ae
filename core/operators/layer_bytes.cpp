#include "core/operators/layer_bytes.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace roofbeam {
namespace {

double bytes_of(const TensorType& type) {
  if (type.container == Container::sequence || type.container == Container::optional) {
    double sum = 0;
    for (const auto& item : type.items) sum += bytes_of(item);
    return sum;
  }
  return std::ceil(static_cast<double>(element_count(type.shape)) * bits(type.element) / 8);
}

bool looks_up(const Layer& layer) {
  return layer.op == "Gather" || layer.op == "GatherElements" || layer.op == "GatherND" ||
         layer.op == "GatherBlockQuantized" || layer.op == "Slice";
}

double sum_of(const Network& network, const std::vector<TensorId>& ids) {
  double sum = 0;
  for (const auto id : std::set<TensorId>(ids.begin(), ids.end())) {
    if (id != kNoTensor) sum += tensor_bytes(network.tensor(id));
  }
  return sum;
}

}  // namespace

double tensor_bytes(const Tensor& tensor) { return tensor.shape ? bytes_of(type_of(tensor)) : 0; }

LayerBytes layer_bytes(const Network& network, const Layer& layer) {
  if (layer.state == LayerState::view) return {};
  LayerBytes bytes{sum_of(network, layer.inputs), sum_of(network, layer.outputs)};
  if (looks_up(layer) && !layer.inputs.empty() && layer.inputs.front() != kNoTensor) {
    const double table = tensor_bytes(network.tensor(layer.inputs.front()));
    bytes.read -= table - std::min(table, bytes.written);
  }
  return bytes;
}

}  // namespace roofbeam
