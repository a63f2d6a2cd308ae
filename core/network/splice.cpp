#include "core/network/splice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace roofbeam {
namespace {

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

constexpr TensorId kUnmapped = -2;

}  // namespace

class Splicer {
 public:
  explicit Splicer(Network network) : outer_(std::move(network)) {}

  Network run(std::vector<Splice> splices) {
    std::map<LayerId, Splice*> splice_at;
    for (auto& each : splices) splice_at.emplace(each.at, &each);
    for (std::size_t id = 0; id < outer_.layers_.size(); ++id) {
      const auto found = splice_at.find(static_cast<LayerId>(id));
      if (found == splice_at.end()) {
        layers_.push_back(std::move(outer_.layers_[id]));
      } else {
        put(*found->second, outer_.layers_[id]);
      }
    }
    Network whole{std::move(outer_.name_), std::move(outer_.tensors_), std::move(layers_),
                  std::move(outer_.inputs_), std::move(outer_.outputs_)};
    whole.notes_ = std::move(outer_.notes_);
    return whole;
  }

 private:
  void put(Splice& splice, Layer& layer) {
    const auto prefix = layer.name + "/";
    map_tensors(splice, prefix);
    take_parts(splice, layer, prefix);
    for (auto& inner : splice.body.layers_) {
      inner.name.insert(0, prefix);
      inner.repeat *= splice.repeat;
      for (auto& id : inner.inputs) id = mapped(id);
      for (auto& id : inner.outputs) id = mapped(id);
      layers_.push_back(std::move(inner));
    }
    hand_on(splice, prefix);
    keep_collector(splice, layer);
    for (auto& text : splice.body.notes_.assumptions) outer_.assume(std::move(text));
  }

  void map_tensors(Splice& splice, const std::string& prefix) {
    auto& body = splice.body;
    map_.assign(body.tensors_.size(), kUnmapped);
    for (std::size_t i = 0; i < body.inputs_.size(); ++i) {
      const auto& input = splice.inputs[i];
      if (input.tensor != kNoTensor && input.same) map_[index(body.inputs_[i])] = input.tensor;
    }
    for (std::size_t i = 0; i < body.outputs_.size(); ++i) {
      auto& target = map_[index(body.outputs_[i])];
      const bool made_inside = body.tensor(body.outputs_[i]).producer.has_value();
      if (splice.outputs[i] != kNoTensor && made_inside && target == kUnmapped) {
        target = splice.outputs[i];
      }
    }
    const auto first_new = outer_.tensors_.size();
    for (std::size_t id = 0; id < map_.size(); ++id) {
      if (map_[id] == kUnmapped) map_[id] = adopt(std::move(body.tensors_[id]), prefix);
    }
    for (std::size_t id = first_new; id < outer_.tensors_.size(); ++id) {
      for (auto& source : outer_.tensors_[id].folded_from) source = mapped(source);
    }
  }

  // What nothing makes, inside or outside, is known to the loop alone: it costs nothing.
  TensorId adopt(Tensor tensor, const std::string& prefix) {
    tensor.name.insert(0, prefix);
    if (!tensor.producer) tensor.constant = true;
    tensor.producer.reset();
    outer_.tensors_.push_back(std::move(tensor));
    return static_cast<TensorId>(outer_.tensors_.size() - 1);
  }

  [[nodiscard]] TensorId mapped(TensorId id) const {
    return id == kNoTensor ? kNoTensor : map_[index(id)];
  }

  void take_parts(const Splice& splice, const Layer& layer, const std::string& prefix) {
    for (std::size_t i = 0; i < splice.inputs.size(); ++i) {
      const auto& input = splice.inputs[i];
      if (input.tensor == kNoTensor || input.same) continue;
      const auto part = mapped(splice.body.inputs_[i]);
      outer_.tensor(part).constant = false;
      layers_.push_back(
          view_of(fmt::format("{}input_{}", prefix, i), layer.op, input.tensor, part));
    }
  }

  static Layer view_of(std::string name, const std::string& op, TensorId source, TensorId result) {
    Layer view;
    view.name = std::move(name);
    view.op = op;
    view.inputs = {source};
    view.outputs = {result};
    view.state = LayerState::view;
    return view;
  }

  void hand_on(const Splice& splice, const std::string& prefix) {
    for (std::size_t i = 0; i < splice.outputs.size(); ++i) {
      const auto source = mapped(splice.body.outputs_[i]);
      if (splice.outputs[i] == kNoTensor || splice.outputs[i] == source) continue;
      layers_.push_back(
          view_of(fmt::format("{}output_{}", prefix, i), "Identity", source, splice.outputs[i]));
    }
  }

  // The layer itself stays for the outputs that its body does not make.
  void keep_collector(const Splice& splice, Layer& layer) {
    std::erase_if(layer.outputs, [&](TensorId id) {
      return id == kNoTensor || std::ranges::find(splice.outputs, id) != splice.outputs.end();
    });
    if (layer.outputs.empty()) return;
    layer.inputs.clear();
    for (const auto i : splice.collected) {
      layer.inputs.push_back(mapped(splice.body.outputs_[i]));
    }
    layer.attributes.clear();
    layer.captured = 0;
    layers_.push_back(std::move(layer));
  }

  Network outer_;
  std::vector<Layer> layers_;
  std::vector<TensorId> map_;
};

Network splice(Network network, std::vector<Splice> splices) {
  if (splices.empty()) return network;
  return Splicer(std::move(network)).run(std::move(splices));
}

}  // namespace roofbeam
