#include "core/network/network.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dag_shortest_paths.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <utility>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

using BoostGraph = boost::compressed_sparse_row_graph<boost::bidirectionalS>;
using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

// Notes in each tensor which layer makes it.
void set_producers(std::vector<Tensor>& tensors, const std::vector<Layer>& layers) {
  for (auto& tensor : tensors) tensor.producer.reset();
  for (std::size_t id = 0; id < layers.size(); ++id) {
    for (const auto output : layers[id].outputs) {
      if (output == kNoTensor) continue;
      auto& producer = tensors[index(output)].producer;
      if (producer) {
        throw InputError(fmt::format("tensor '{}' is made twice: by {} and by {}",
                                     tensors[index(output)].name,
                                     describe(layers[index(*producer)]), describe(layers[id])));
      }
      producer = static_cast<LayerId>(id);
    }
  }
}

// Every input is a constant, a network input, or made by a layer.
void check_inputs(const std::vector<Tensor>& tensors, const std::vector<Layer>& layers,
                  const std::vector<TensorId>& inputs) {
  std::vector<bool> given(tensors.size());
  for (const auto input : inputs) given[index(input)] = true;
  for (const auto& layer : layers) {
    for (const auto input : layer.inputs) {
      if (input == kNoTensor) continue;
      const auto& tensor = tensors[index(input)];
      if (tensor.constant || tensor.producer || given[index(input)]) continue;
      throw InputError(fmt::format(
          "{} reads tensor '{}', which no layer makes and which is neither a weight nor "
          "an input of the network",
          describe(layer), tensor.name));
    }
  }
}

Edges edges_of(const std::vector<Tensor>& tensors, const std::vector<Layer>& layers) {
  Edges edges;
  for (std::size_t id = 0; id < layers.size(); ++id) {
    for (const auto input : layers[id].inputs) {
      if (input == kNoTensor) continue;
      if (const auto producer = tensors[index(input)].producer) {
        edges.emplace_back(index(*producer), id);
      }
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

// Whether every layer stands after those that it reads from.
bool is_ordered(const std::vector<Tensor>& tensors, const std::vector<Layer>& layers) {
  for (std::size_t id = 0; id < layers.size(); ++id) {
    for (const auto input : layers[id].inputs) {
      if (input == kNoTensor) continue;
      const auto& producer = tensors[index(input)].producer;
      if (producer && index(*producer) >= id) return false;
    }
  }
  return true;
}

BoostGraph graph_of(const Edges& edges, std::size_t layers) {
  return {boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), layers};
}

[[noreturn]] void throw_cycle(const BoostGraph& graph, const Edges& edges,
                              const std::vector<Layer>& layers) {
  std::vector<std::size_t> component(layers.size());
  const auto count = boost::strong_components(
      graph,
      boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::size_t> size(count);
  for (const auto c : component) ++size[c];
  std::vector<std::string> names;
  std::size_t on_cycle = 0;
  for (std::size_t id = 0; id < layers.size(); ++id) {
    const bool loop = std::binary_search(edges.begin(), edges.end(), std::pair{id, id});
    if (size[component[id]] < 2 && !loop) continue;
    if (++on_cycle <= 5) names.push_back(describe(layers[id]));
  }
  throw InputError(fmt::format("the network has a cycle through {}{}", fmt::join(names, ", "),
                               on_cycle > 5 ? fmt::format(" and {} more", on_cycle - 5) : ""));
}

// Layer indices so that predecessors come first. A depth-first search against the edges, begun at
// the first layer, leaves an order that is valid already as it is.
std::vector<std::size_t> execution_order(const BoostGraph& graph, const Edges& edges,
                                         const std::vector<Layer>& layers) {
  std::vector<std::size_t> order;
  order.reserve(layers.size());
  try {
    const auto backwards = boost::make_reverse_graph(graph);
    boost::topological_sort(backwards, std::back_inserter(order));
  } catch (const boost::not_a_dag&) {
    throw_cycle(graph, edges, layers);
  }
  return order;
}

std::vector<LayerId> unique_sorted(std::vector<LayerId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

Network::Network(std::string name, std::vector<Tensor> tensors, std::vector<Layer> layers,
                 std::vector<TensorId> inputs, std::vector<TensorId> outputs)
    : name_(std::move(name)),
      tensors_(std::move(tensors)),
      layers_(std::move(layers)),
      inputs_(std::move(inputs)),
      outputs_(std::move(outputs)) {
  set_producers(tensors_, layers_);
  check_inputs(tensors_, layers_, inputs_);
  if (is_ordered(tensors_, layers_)) return;
  const auto edges = edges_of(tensors_, layers_);
  const auto order = execution_order(graph_of(edges, layers_.size()), edges, layers_);
  std::vector<Layer> ordered;
  ordered.reserve(layers_.size());
  for (const auto id : order) ordered.push_back(std::move(layers_[id]));
  layers_ = std::move(ordered);
  set_producers(tensors_, layers_);
}

Network Network::copy() const {
  Network same{name_, tensors_, layers_, inputs_, outputs_};
  same.notes_ = notes_;
  return same;
}

Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

std::vector<LayerId> Network::predecessors(LayerId id) const {
  std::vector<LayerId> ids;
  for (const auto input : layer(id).inputs) {
    if (input == kNoTensor) continue;
    if (const auto producer = tensor(input).producer) ids.push_back(*producer);
  }
  return unique_sorted(std::move(ids));
}

std::vector<LayerId> Network::successors(LayerId id) const {
  std::vector<LayerId> ids;
  for (auto later = id + 1; index(later) < layers_.size(); ++later) {
    const auto before = predecessors(later);
    if (std::binary_search(before.begin(), before.end(), id)) ids.push_back(later);
  }
  return ids;
}

// The longest path is the shortest one under negated weights. One more vertex, before all layers,
// starts every chain; the weight of an edge is that of the layer it leads to.
Network::Path Network::longest_path(std::span<const double> weights) const {
  const std::size_t count = layers_.size();
  if (count == 0) return {};
  auto edges = edges_of(tensors_, layers_);
  for (std::size_t id = 0; id < count; ++id) edges.emplace_back(count, id);
  std::sort(edges.begin(), edges.end());
  std::vector<double> lengths;
  lengths.reserve(edges.size());
  for (const auto& edge : edges) lengths.push_back(-weights[edge.second]);
  const boost::compressed_sparse_row_graph<> graph(boost::edges_are_sorted, edges.begin(),
                                                   edges.end(), count + 1);

  std::vector<double> distance(count + 1);
  std::vector<std::size_t> before(count + 1);
  const auto vertices = boost::get(boost::vertex_index, graph);
  const auto lengths_map =
      boost::make_iterator_property_map(lengths.begin(), boost::get(boost::edge_index, graph));
  boost::dag_shortest_paths(
      graph, count,
      boost::weight_map(lengths_map)
          .distance_map(boost::make_iterator_property_map(distance.begin(), vertices))
          .predecessor_map(boost::make_iterator_property_map(before.begin(), vertices)));

  const auto last = std::min_element(distance.begin(), distance.end() - 1);
  Path path{0 - *last, {}};
  for (auto id = static_cast<std::size_t>(last - distance.begin()); id != count; id = before[id]) {
    path.layers.push_back(static_cast<LayerId>(id));
  }
  std::reverse(path.layers.begin(), path.layers.end());
  return path;
}

TensorType type_of(const Tensor& tensor) {
  return {tensor.element,     *tensor.shape,    tensor.values,
          tensor.upper_bound, tensor.container, tensor.items};
}

void set_type(Tensor& tensor, TensorType type) {
  tensor.element = type.element;
  tensor.shape = std::move(type.shape);
  tensor.values = std::move(type.values);
  tensor.upper_bound = type.upper_bound;
  tensor.container = type.container;
  tensor.items = std::move(type.items);
}

std::string describe(const Layer& layer) {
  return fmt::format("layer '{}' ({}{}{})", layer.name, layer.domain,
                     layer.domain.empty() ? "" : ".", layer.op);
}

TensorId Network::add_constant(Tensor constant) {
  constant.constant = true;
  constant.producer.reset();
  tensors_.push_back(std::move(constant));
  return static_cast<TensorId>(tensors_.size() - 1);
}

Network without_constant_layers(Network network) {
  const auto is_constant = [&](TensorId id) {
    return id == kNoTensor || network.tensors_[index(id)].constant;
  };
  const auto makes_constants = [&](const Layer& layer) {
    return std::all_of(layer.outputs.begin(), layer.outputs.end(), is_constant);
  };
  if (std::none_of(network.layers_.begin(), network.layers_.end(), makes_constants)) return network;
  std::vector<bool> from_shapes(network.tensors_.size());
  std::vector<Layer> kept;
  kept.reserve(network.layers_.size());
  for (auto& layer : network.layers_) {
    if (!makes_constants(layer)) {
      kept.push_back(std::move(layer));
      continue;
    }
    const bool reads_shapes = std::any_of(layer.inputs.begin(), layer.inputs.end(), [&](auto id) {
      return !is_constant(id) || (id != kNoTensor && from_shapes[index(id)]);
    });
    if (!reads_shapes) continue;
    for (const auto id : layer.outputs) {
      if (id != kNoTensor) from_shapes[index(id)] = true;
    }
    network.notes_.shape_layers.push_back(std::move(layer));
  }
  Network rest{std::move(network.name_), std::move(network.tensors_), std::move(kept),
               std::move(network.inputs_), std::move(network.outputs_)};
  rest.notes_ = std::move(network.notes_);
  return rest;
}

}  // namespace roofbeam
