#include "core/operators/fold_quantization.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace roofbeam {
namespace {

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

bool quantizes(const Layer& layer) { return layer.op == "QuantizeLinear"; }
bool dequantizes(const Layer& layer) { return layer.op == "DequantizeLinear"; }

bool multiplies(const Layer& layer) { return layer.work.macs > 0; }

bool is_activation(const Layer& layer) {
  static constexpr std::array<std::string_view, 8> kFunctions = {
      "Clip", "HardSigmoid", "HardSwish", "LeakyRelu", "PRelu", "Relu", "Sigmoid", "Tanh"};
  return std::ranges::find(kFunctions, std::string_view(layer.op)) != kFunctions.end();
}

bool is_narrow(ElementType element) {
  return bits(element) > 0 && bits(element) <= 16 && element != ElementType::f16 &&
         element != ElementType::bf16 && element != ElementType::boolean;
}

class Folding {
 public:
  explicit Folding(Network network) : network_(std::move(network)) {
    for (const auto& layer : network_.layers()) layers_.push_back(layer);
    tensors_ = network_.tensors();
    sources_.assign(tensors_.size(), kNoTensor);
    note_readers();
  }

  Network run() {
    for (std::size_t id = 0; id < tensors_.size(); ++id) {
      store_as_in_file(static_cast<TensorId>(id));
    }
    for (std::size_t id = 0; id < layers_.size(); ++id) {
      if (!quantizes(layers_[id]) && !dequantizes(layers_[id])) fold_around(id);
    }
    remove_unread();
    return rebuilt();
  }

 private:
  void note_readers() {
    readers_.resize(tensors_.size());
    producer_.resize(tensors_.size());
    for (std::size_t id = 0; id < layers_.size(); ++id) {
      for (const auto input : layers_[id].inputs) {
        if (input != kNoTensor) readers_[index(input)].push_back(id);
      }
      for (const auto output : layers_[id].outputs) {
        if (output != kNoTensor) producer_[index(output)] = id;
      }
    }
    is_output_.resize(tensors_.size());
    for (const auto output : network_.outputs()) is_output_[index(output)] = true;
  }

  // A folded constant that comes from one narrow constant of as many elements is that one.
  void store_as_in_file(TensorId id) {
    auto& tensor = tensors_[index(id)];
    if (!tensor.constant || !is_float(tensor.element) || !tensor.shape) return;
    const auto& source = tensors_[index(source_of(id))];
    if (!source.shape || element_count(*source.shape) != element_count(*tensor.shape)) return;
    const bool stored = is_narrow(source.element) || source.element == ElementType::i32;
    if (stored) tensor.element = source.element;
  }

  // The stored constant at the end of a chain of single sources; each chain is walked once.
  TensorId source_of(TensorId id) {
    std::vector<TensorId> path;
    while (sources_[index(id)] == kNoTensor && tensors_[index(id)].folded_from.size() == 1) {
      path.push_back(id);
      id = tensors_[index(id)].folded_from.front();
    }
    if (sources_[index(id)] != kNoTensor) id = sources_[index(id)];
    for (const auto each : path) sources_[index(each)] = id;
    return id;
  }

  [[nodiscard]] Layer* dequantizer_of(TensorId id) {
    const auto producer = id == kNoTensor ? std::nullopt : producer_[index(id)];
    return producer && dequantizes(layers_[*producer]) ? &layers_[*producer] : nullptr;
  }

  [[nodiscard]] std::optional<std::size_t> only_reader(TensorId id) const {
    if (is_output_[index(id)] || readers_[index(id)].size() != 1) return std::nullopt;
    return readers_[index(id)].front();
  }

  // The layer that makes what is quantized after `id`: itself, or an activation function behind it.
  struct Tail {
    std::size_t last;
    std::size_t quantizer;
  };
  [[nodiscard]] std::optional<Tail> tail_of(std::size_t id) const {
    const auto& layer = layers_[id];
    if (layer.outputs.size() != 1 || layer.outputs.front() == kNoTensor) return std::nullopt;
    const auto next = only_reader(layer.outputs.front());
    if (!next) return std::nullopt;
    if (quantizes(layers_[*next])) return Tail{id, *next};
    if (!is_activation(layers_[*next]) || is_activation(layer)) return std::nullopt;
    const auto after = tail_of(*next);
    return after ? std::optional(Tail{*next, after->quantizer}) : std::nullopt;
  }

  // Whether every activation that the layer reads was quantized, and there is one.
  [[nodiscard]] bool reads_quantized(const Layer& layer) {
    bool any = false;
    for (const auto input : layer.inputs) {
      if (input == kNoTensor || tensors_[index(input)].constant) continue;
      if (!is_float(tensors_[index(input)].element)) continue;
      if (dequantizer_of(input) == nullptr) return false;
      any = true;
    }
    return any;
  }

  void fold_around(std::size_t id) {
    if (!reads_quantized(layers_[id])) return;
    const auto tail = tail_of(id);
    if (!tail && !multiplies(layers_[id])) return;
    for (auto& input : layers_[id].inputs) {
      if (const auto* dequantizer = dequantizer_of(input)) input = dequantizer->inputs.front();
    }
    if (tail) take_over(id, *tail);
  }

  void take_over(std::size_t id, const Tail& tail) {
    auto& quantizer = layers_[tail.quantizer];
    auto& last = layers_[tail.last];
    const auto made = quantizer.outputs.front();
    if (tail.last != id) {
      tensors_[index(layers_[id].outputs.front())].element = tensors_[index(made)].element;
    }
    last.outputs.front() = made;
    producer_[index(made)] = tail.last;
    if (last.state != LayerState::view) {
      for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
        layers_[id].work.vector_ops[kind] += quantizer.work.vector_ops[kind];
      }
    }
    gone_.push_back(tail.quantizer);
  }

  void remove_unread() {
    std::vector<bool> read = is_output_;
    std::vector<bool> gone(layers_.size());
    for (const auto id : gone_) gone[id] = true;
    for (std::size_t id = 0; id < layers_.size(); ++id) {
      if (gone[id]) continue;
      for (const auto input : layers_[id].inputs) {
        if (input != kNoTensor) read[index(input)] = true;
      }
    }
    std::vector<Layer> kept;
    for (std::size_t id = 0; id < layers_.size(); ++id) {
      const auto& layer = layers_[id];
      const bool unread = dequantizes(layer) && !read[index(layer.outputs.front())];
      if (!gone[id] && !unread) kept.push_back(std::move(layers_[id]));
    }
    layers_ = std::move(kept);
  }

  Network rebuilt() {
    Network folded{network_.name(), std::move(tensors_), std::move(layers_), network_.inputs(),
                   network_.outputs()};
    folded.set_notes(network_.notes());
    return folded;
  }

  Network network_;
  std::vector<Layer> layers_;
  std::vector<Tensor> tensors_;
  std::vector<TensorId> sources_;                  // of constants, as far as they were looked up
  std::vector<std::vector<std::size_t>> readers_;  // of a tensor, before anything was folded
  std::vector<std::optional<std::size_t>> producer_;
  std::vector<bool> is_output_;
  std::vector<std::size_t> gone_;
};

}  // namespace

Network fold_quantization(Network network) {
  const auto dequantized = [](const Layer& layer) { return dequantizes(layer); };
  const auto narrow_source = [](const Tensor& tensor) {
    return tensor.constant && is_narrow(tensor.element);
  };
  if (std::ranges::none_of(network.layers(), dequantized) &&
      std::ranges::none_of(network.tensors(), narrow_source)) {
    return network;
  }
  return Folding(std::move(network)).run();
}

}  // namespace roofbeam
