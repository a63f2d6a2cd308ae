#include "core/operators/contrib/contrib.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// Activations by the names that optimizers write, and the standard operators that count them, each
// by its output.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kActivations = {{
    {"Celu", "Celu"},
    {"Clip", "Clip"},
    {"Elu", "Elu"},
    {"FastGelu", "Gelu"},
    {"Gelu", "Gelu"},
    {"HardSigmoid", "HardSigmoid"},
    {"HardSwish", "HardSwish"},
    {"LeakyRelu", "LeakyRelu"},
    {"Mish", "Mish"},
    {"Relu", "Relu"},
    {"Selu", "Selu"},
    {"Sigmoid", "Sigmoid"},
    {"Softplus", "Softplus"},
    {"Softsign", "Softsign"},
    {"Tanh", "Tanh"},
    {"ThresholdedRelu", "ThresholdedRelu"},
    {"relu", "Relu"},
}};

void add_vector_ops(Work& work, const Work& more) {
  for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
    work.vector_ops[kind] += more.vector_ops[kind];
  }
}

}  // namespace

void count_ops(Work& work, double times, std::initializer_list<VectorOp> ops) {
  for (const VectorOp op : ops) work.ops(op) += times;
}

double count_of(const LayerView& view, std::span<const std::int64_t> dims) {
  return static_cast<double>(elements(view, dims));
}

void add_activation(const LayerView& view, Work& work) {
  const std::string_view name = view.text("activation", "");
  if (name.empty()) return;
  if (name == "Softmax") return add_softmax(work, count_of(view, view.output_shape(0)));
  const auto found =
      std::ranges::find(kActivations, name, &decltype(kActivations)::value_type::first);
  if (found == kActivations.end()) {
    view.fail(
        fmt::format("activation '{}' is not known; Relu, Sigmoid, Tanh, LeakyRelu, Clip, "
                    "HardSigmoid, Gelu and the like are",
                    name));
  }
  add_vector_ops(work, find_operator("", found->second)->work(view));
}

void add_softmax(Work& work, double elements) {
  count_ops(work, elements, {compare, add, add, exponential, divide});
}

void require_dimensions(const LayerView& view, std::size_t i, std::size_t rank,
                        std::string_view names) {
  if (view.shape(i).size() == rank) return;
  view.fail(fmt::format("{} must have {} dimensions: {}", describe_input(view, i), rank, names));
}

std::int64_t required_integer(const LayerView& view, std::string_view name, std::int64_t least) {
  if (!view.has(name)) view.fail(fmt::format("attribute '{}' is required", name));
  const std::int64_t value = view.integer(name, 0);
  if (value < least) view.fail(fmt::format("{} is {}; it must be at least {}", name, value, least));
  return value;
}

}  // namespace roofbeam
