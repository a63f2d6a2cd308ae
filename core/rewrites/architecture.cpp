#include "core/rewrites/architecture.hpp"

#include <algorithm>
#include <vector>

#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

class Recogniser {
 public:
  Recogniser(const Network& network, const ChannelTrace& trace)
      : network_(network), trace_(trace) {}

  Architecture run() {
    for (const auto& product : trace_.products) {
      const auto out = trace_.groups.single(product.out);
      if (!out) continue;
      if (squeezes(product)) {
        found_.squeezed_from.emplace(*out, product.in);
      } else if (is_expansion(product, *out)) {
        found_.expanded_from.emplace(*out, product.in);
      }
    }
    for (const auto& product : trace_.products) note_features(product);
    return std::move(found_);
  }

 private:
  // ---- what is around a layer

  [[nodiscard]] const Tensor& data(const Product& product) const {
    return network_.tensor(network_.layer(product.layer).inputs.front());
  }
  [[nodiscard]] const Shape& result(const Product& product) const {
    return *network_.tensor(network_.layer(product.layer).outputs.front()).shape;
  }
  [[nodiscard]] const Layer* maker(const Tensor& tensor) const {
    return tensor.producer ? &network_.layer(*tensor.producer) : nullptr;
  }

  // One position of a map, or no map at all.
  [[nodiscard]] static bool is_single_position(const Shape& shape) {
    return std::all_of(shape.begin() + std::min<std::ptrdiff_t>(2, std::ssize(shape)), shape.end(),
                       [](auto size) { return size == 1; });
  }

  // Back through views and what works on single elements to what pools a whole map.
  [[nodiscard]] bool is_pooled(const Tensor& tensor) const {
    const auto* layer = maker(tensor);
    for (int steps = 0; layer != nullptr && steps < 8; ++steps) {
      const auto& before = network_.tensor(layer->inputs.front());
      if (!before.shape) return false;
      const auto name = kernel_name(*layer);
      if (name.starts_with("Global")) return true;
      const bool pools = name == "AveragePool" || name == "MaxPool" || name == "ReduceMean";
      if (pools) return !is_single_position(*before.shape);
      if (layer->state != LayerState::view) return false;
      layer = maker(before);
    }
    return false;
  }

  // Back through norms and residual sums to a convolution, without an activation on the way.
  [[nodiscard]] bool is_linear(const Tensor& tensor) const {
    const auto* layer = maker(tensor);
    for (int steps = 0; layer != nullptr && steps < 8; ++steps) {
      const auto name = kernel_name(*layer);
      if (name == "Conv") return true;
      if (name == "Add") {
        const auto& second = network_.tensor(layer->inputs.back());
        layer = second.producer ? maker(second) : maker(network_.tensor(layer->inputs.front()));
        continue;
      }
      if (name != "BatchNormalization") return false;
      layer = maker(network_.tensor(layer->inputs.front()));
    }
    return false;
  }

  // ---- rules

  [[nodiscard]] bool makes_again(const Product& squeeze) const {
    const auto channels = trace_.groups.single(squeeze.in);
    const auto squeezed = trace_.groups.single(squeeze.out);
    return channels && std::ranges::any_of(trace_.products, [&](const Product& other) {
             return other.layer > squeeze.layer && trace_.groups.single(other.out) == channels &&
                    trace_.groups.single(other.in) == squeezed;
           });
  }

  [[nodiscard]] bool squeezes(const Product& product) const {
    return product.pointwise && is_single_position(result(product)) && is_pooled(data(product)) &&
           makes_again(product);
  }

  [[nodiscard]] bool has_depthwise(GroupId group) const {
    return std::ranges::any_of(trace_.depthwise, [&](const auto& each) {
      return trace_.groups.single(each.second) == group;
    });
  }

  // Whether every layer that reads these channels, gates aside, makes fewer of them.
  [[nodiscard]] bool is_projected(GroupId group, std::int64_t size) const {
    bool any = false;
    for (const auto& product : trace_.products) {
      if (trace_.groups.single(product.in) != group || is_single_position(result(product)))
        continue;
      if (trace_.groups.size(product.out) >= size) return false;
      any = true;
    }
    return any;
  }

  [[nodiscard]] bool is_expansion(const Product& product, GroupId out) const {
    const auto size = trace_.groups.size(product.out);
    return product.pointwise && product.convolution && !is_single_position(result(product)) &&
           !trace_.groups.is_fixed(product.in) && size > trace_.groups.size(product.in) &&
           has_depthwise(out) && is_projected(out, size);
  }

  [[nodiscard]] const Product* only_maker(GroupId group) const {
    const Product* only = nullptr;
    for (const auto& product : trace_.products) {
      if (trace_.groups.single(product.out) != group) continue;
      if (only != nullptr) return nullptr;
      only = &product;
    }
    return only;
  }

  // A classifier makes a network's outputs of one position.
  void note_features(const Product& product) {
    const auto features = trace_.groups.single(product.in);
    if (!features || !trace_.groups.is_fixed(product.out)) return;
    if (!is_single_position(result(product)) || !product.pointwise) return;
    const auto* source = only_maker(*features);
    if (source == nullptr || !source->pointwise) return;
    const bool widens = trace_.groups.size(source->out) > trace_.groups.size(source->in);
    if (is_pooled(data(*source)) || (widens && source->convolution && is_linear(data(*source)))) {
      found_.features.insert(*features);
    }
  }

  const Network& network_;
  const ChannelTrace& trace_;
  Architecture found_;
};

}  // namespace

Architecture recognise(const Network& network, const ChannelTrace& trace) {
  return Recogniser(network, trace).run();
}

}  // namespace roofbeam
