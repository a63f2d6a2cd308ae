#include "models/fusion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kClasses = {{
    {"Add", "add"},
    {"BatchNormalization", "batchnorm"},
    {"Celu", "activation"},
    {"Clip", "activation"},
    {"Conv", "conv"},
    {"ConvTranspose", "conv"},
    {"Elu", "activation"},
    {"Erf", "activation"},
    {"Gelu", "activation"},
    {"Gemm", "gemm"},
    {"HardSigmoid", "activation"},
    {"HardSwish", "activation"},
    {"LeakyRelu", "activation"},
    {"MatMul", "matmul"},
    {"Mish", "activation"},
    {"Mul", "mul"},
    {"PRelu", "activation"},
    {"Relu", "activation"},
    {"Selu", "activation"},
    {"Sigmoid", "activation"},
    {"Softplus", "activation"},
    {"Tanh", "activation"},
}};

class Fusion {
 public:
  Fusion(const Network& network, const Runtime& runtime)
      : network_(network),
        runtime_(runtime),
        readers_(count_readers(network)),
        group_of_(network.layers().size()) {}

  std::vector<FusedGroup> run() {
    for (std::size_t id = 0; id < network_.layers().size(); ++id) {
      if (network_.layers()[id].state != LayerState::modelled) continue;
      place(static_cast<LayerId>(id));
    }
    std::sort(groups_.begin(), groups_.end(), [](const FusedGroup& a, const FusedGroup& b) {
      return a.layers.back() < b.layers.back();
    });
    return std::move(groups_);
  }

 private:
  void place(LayerId id) {
    auto group = group_to_join(id);
    if (!group) {
      group = groups_.size();
      groups_.emplace_back();
    }
    groups_[*group].layers.push_back(id);
    group_of_[static_cast<std::size_t>(id)] = group;
  }

  // The group to join; of several, the one that finishes last, so that the others are done.
  [[nodiscard]] std::optional<std::size_t> group_to_join(LayerId id) const {
    const auto& layer = network_.layer(id);
    const auto word = fusion_class(layer);
    if (word.empty()) return std::nullopt;
    std::optional<std::size_t> best;
    for (const auto input : layer.inputs) {
      const auto group = group_ending_in(input);
      if (!group || !joins(*group, layer, word)) continue;
      if (!best || groups_[*group].layers.back() > groups_[*best].layers.back()) best = group;
    }
    return best;
  }

  [[nodiscard]] std::optional<std::size_t> group_ending_in(TensorId input) const {
    if (input == kNoTensor || readers_[static_cast<std::size_t>(input)] != 1) return std::nullopt;
    const auto producer = network_.tensor(input).producer;
    if (!producer) return std::nullopt;
    const auto group = group_of_[static_cast<std::size_t>(*producer)];
    if (!group || groups_[*group].layers.back() != *producer) return std::nullopt;
    return group;
  }

  [[nodiscard]] bool joins(std::size_t group, const Layer& layer, std::string_view word) const {
    const auto& leader = network_.layer(groups_[group].layers.front());
    const auto pair = fmt::format("{}+{}", fusion_class(leader), word);
    return runtime_.fuses(pair) && (pair != "activation+mul" || multiplies_input(leader, layer)) &&
           leader.repeat == layer.repeat &&
           network_.tensor(leader.outputs.front()).shape ==
               network_.tensor(layer.outputs.front()).shape;
  }

  // x times f(x), as Swish is written.
  static bool multiplies_input(const Layer& activation, const Layer& product) {
    return std::find(product.inputs.begin(), product.inputs.end(), activation.inputs.front()) !=
           product.inputs.end();
  }

  const Network& network_;
  const Runtime& runtime_;
  std::vector<int> readers_;
  std::vector<std::optional<std::size_t>> group_of_;
  std::vector<FusedGroup> groups_;
};

}  // namespace

std::string_view fusion_class(const Layer& layer) {
  const auto op = kernel_name(layer);
  const auto row =
      std::lower_bound(kClasses.begin(), kClasses.end(), op,
                       [](const auto& entry, std::string_view name) { return entry.first < name; });
  return row != kClasses.end() && row->first == op ? row->second : "";
}

std::vector<FusedGroup> fuse(const Network& network, const Runtime& runtime) {
  return Fusion(network, runtime).run();
}

std::vector<int> count_readers(const Network& network) {
  std::vector<int> readers(network.tensors().size());
  for (const auto& layer : network.layers()) {
    for (const auto input : layer.inputs) {
      if (input != kNoTensor) ++readers[static_cast<std::size_t>(input)];
    }
  }
  for (const auto output : network.outputs()) ++readers[static_cast<std::size_t>(output)];
  return readers;
}

}  // namespace roofbeam
