#include "reports/inspection.hpp"

#include <fmt/format.h>

#include "core/operators/layer_bytes.hpp"
#include "core/operators/operator.hpp"
#include "core/operators/stored_precision.hpp"
#include "core/quantity/quantity.hpp"

namespace roofbeam {
namespace {

// "float32", "sequence of float32".
std::string type_text(const Tensor& tensor) {
  const auto element = std::string(to_text(tensor.element));
  if (tensor.container == Container::tensor) return element;
  const auto container = to_text(tensor.container);  // "a sequence"
  return fmt::format("{} of {}", container.substr(container.find(' ') + 1), element);
}

std::vector<Inspection::Port> ports(const Network& network, const std::vector<TensorId>& ids) {
  std::vector<Inspection::Port> all;
  for (const TensorId id : ids) {
    const Tensor& tensor = network.tensor(id);
    const auto symbols = network.notes().symbols.find(id);
    all.push_back(
        {tensor.name, type_text(tensor), tensor.shape, tensor.upper_bound,
         symbols == network.notes().symbols.end() ? std::vector<std::string>{} : symbols->second});
  }
  return all;
}

std::optional<Shape> first_output_shape(const Network& network, const Layer& layer) {
  for (const TensorId id : layer.outputs) {
    if (id != kNoTensor) return network.tensor(id).shape;
  }
  return std::nullopt;
}

Inspection::Row row(const Network& network, const Layer& layer, const LayerWeights& weights) {
  const bool counted = layer.state == LayerState::modelled || layer.state == LayerState::view;
  const Operator* entry = find_operator(layer.domain, layer.op);
  const auto bytes = layer_bytes(network, layer);
  return {.name = layer.name,
          .op = layer.domain.empty() ? layer.op : layer.domain + "." + layer.op,
          .output_shape = first_output_shape(network, layer),
          .macs = counted ? std::optional(layer.work.macs) : std::nullopt,
          .vector_ops = layer.work.vector_ops,
          .bytes_read = bytes.read,
          .bytes_written = bytes.written,
          .repeat = layer.repeat,
          .precision = to_text(stored_precision(network, layer)),
          .parameters = weights.parameters,
          .weight_bytes = weights.bytes,
          .state = layer.state,
          .rule = entry == nullptr ? std::string_view{} : entry->sentence};
}

void add_critical_path(Inspection& inspection, const Network& network) {
  std::vector<double> weights;
  for (const Layer& layer : network.layers()) {
    weights.push_back(static_cast<double>(layer.work.macs) * static_cast<double>(layer.repeat));
  }
  const Network::Path path = network.longest_path(weights);
  inspection.critical_path_macs = path.weight;
  for (const LayerId id : path.layers) {
    inspection.critical_path.push_back(network.layer(id).name);
  }
  const std::vector<double> ones(weights.size(), 1.0);
  inspection.depth = static_cast<std::int64_t>(network.longest_path(ones).weight);
}

}  // namespace

Inspection inspect(const Network& network) {
  Inspection inspection;
  inspection.network = network.name();
  inspection.inputs = ports(network, network.inputs());
  inspection.outputs = ports(network, network.outputs());
  inspection.totals = totals(network);
  inspection.flops = flops(Macs::from_si(static_cast<double>(inspection.totals.macs)));
  const auto weights = weights_by_layer(network);
  for (std::size_t id = 0; id < weights.size(); ++id) {
    inspection.layers.push_back(row(network, network.layers()[id], weights[id]));
  }
  inspection.assumptions = network.assumptions();
  add_critical_path(inspection, network);
  return inspection;
}

std::string_view to_text(VectorOp op) {
  static constexpr std::array<std::string_view, kVectorOpKinds> kNames = {
      "add", "multiply", "divide", "compare", "square_root", "exponential"};
  return kNames[static_cast<std::size_t>(op)];
}

std::string_view to_text(LayerState state) {
  switch (state) {
    case LayerState::modelled:
      return "modelled";
    case LayerState::view:
      return "view";
    case LayerState::not_modelled:
      return "not modelled";
    case LayerState::not_shaped:
      return "not shaped";
    case LayerState::unseen:
      break;
  }
  return "unseen";
}

}  // namespace roofbeam
