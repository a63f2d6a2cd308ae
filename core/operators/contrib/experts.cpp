// Mixtures of experts, and the LSTM whose weights have 8 bits.
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/operators/contrib/attention.hpp"
#include "core/operators/contrib/contrib.hpp"
#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// ---- MoE: tokens, their probabilities of experts, then weights and biases of two or three layers

// Where the weights of the layers are, and how many values an element of them holds.
struct Experts {
  std::array<std::size_t, 3> weights;
  std::size_t scales;  // of the first layer, or kNoInput
  std::int64_t packed;
};

Experts plain_experts(const LayerView&) { return {{2, 4, 6}, kNoInput, 1}; }

// Each weight is followed by its scales and its bias.
Experts quantized_experts(const LayerView& view) {
  const std::string_view type = view.text("quant_type", "int");
  const std::int64_t bits = type == "int"   ? view.integer("expert_weight_bits", 4)
                            : type == "fp8" ? 8
                                            : 4;
  if (bits != 2 && bits != 4 && bits != 8) {
    view.fail(fmt::format("expert_weight_bits is {}; it must be 2, 4 or 8", bits));
  }
  return {{2, 5, 8}, 3, 8 / bits};
}

std::int64_t expert_count(const LayerView& view) {
  require_dimensions(view, 1, 2, "tokens, experts");
  const std::int64_t experts = view.shape(1)[1];
  if (experts < 1) view.fail(fmt::format("{} has no experts", describe_input(view, 1)));
  return experts;
}

std::int64_t chosen_experts(const LayerView& view) {
  const std::int64_t chosen = view.integer("k", 1);
  const std::int64_t experts = expert_count(view);
  if (chosen >= 1 && chosen <= experts) return chosen;
  view.fail(fmt::format("k is {}; it must be 1 to the {} experts", chosen, experts));
}

// Weights of one expert's layer; 0 if there is no such layer.
std::int64_t weights_of(const LayerView& view, std::size_t input, std::int64_t packed) {
  if (!view.has_input(input)) return 0;
  require_dimensions(view, input, 3, "experts, outputs, inputs");
  const Shape& shape = view.shape(input);
  if (shape[0] != expert_count(view)) {
    view.fail(fmt::format("{} has {} experts, {} has {}", describe_input(view, input), shape[0],
                          describe_input(view, 1), expert_count(view)));
  }
  return elements(view, std::array{shape[1], shape[2], packed});
}

template <Experts (*experts)(const LayerView&)>
std::vector<TensorType> experts_shape(const LayerView& view) {
  require_rank(view, 2);
  const Experts it = experts(view);
  (void)chosen_experts(view);
  for (const std::size_t required : {it.weights[0], it.weights[1]}) (void)view.input(required);
  for (const std::size_t input : it.weights) (void)weights_of(view, input, it.packed);
  return {type_of(view, 0)};
}

// On the inner elements of every chosen expert.
void add_expert_activation(const LayerView& view, double inner, Work& work) {
  const std::string_view name = view.text("activation_type", "relu");
  if (name == "relu") return count_ops(work, inner, {compare});
  if (name == "identity") return;
  if (name == "gelu")
    return count_ops(work, inner, {exponential, multiply, multiply, multiply, add});
  if (name == "silu" || name == "swiglu") {
    count_ops(work, inner, {exponential, add, divide, multiply});
    if (name == "swiglu") count_ops(work, inner, {multiply, add});
    return;
  }
  view.fail(fmt::format("activation_type is '{}'; it must be relu, gelu, silu, swiglu or identity",
                        name));
}

template <Experts (*experts)(const LayerView&)>
Work experts_work(const LayerView& view) {
  const Experts it = experts(view);
  const Shape& data = view.shape(0);
  const std::int64_t hidden = data.back();
  const std::int64_t tokens = elements(view, std::span(data).first(data.size() - 1));
  const std::int64_t rows = checked_product(view, tokens, chosen_experts(view));
  std::int64_t weights = 0;
  for (const std::size_t input : it.weights) {
    weights = checked_sum(view, weights, weights_of(view, input, it.packed));
  }
  const std::int64_t columns = hidden > 0 ? weights / hidden : 0;
  Work work = matrix_product(view, {.batch = 1, .m = rows, .n = columns, .k = hidden});
  // Router: softmax and the largest; then the experts' results weighted.
  const double routed = count_of(view, std::array{tokens, expert_count(view)});
  add_softmax(work, routed);
  count_ops(work, routed, {compare});
  count_ops(work, count_of(view, std::array{rows, hidden}), {multiply, add});
  const std::int64_t second = weights_of(view, it.weights[1], it.packed);
  const std::int64_t inner = hidden > 0 ? second / hidden : 0;
  add_expert_activation(view, count_of(view, std::array{rows, inner}), work);
  if (view.has_input(it.scales))
    count_ops(work, count_of(view, std::array{rows, columns}), {multiply});
  return work;
}

// ---- DynamicQuantizeLSTM: data, weights, recurrent weights, biases, lengths, two states,
// peepholes, then scale and zero point of each weight

constexpr std::int64_t kGates = 4;
constexpr std::size_t kBias = 3;
constexpr std::size_t kPeepholes = 7;
constexpr std::size_t kFirstScale = 8;

struct Lstm {
  std::int64_t sequence;
  std::int64_t batch;
  std::int64_t input;
  std::int64_t directions;
  std::int64_t hidden;
};

Lstm read_lstm(const LayerView& view) {
  require_dimensions(view, 0, 3, "sequence, batch, input size");
  require_dimensions(view, 1, 3, "directions, input size, 4 * hidden size");
  require_dimensions(view, 2, 3, "directions, hidden size, 4 * hidden size");
  const Shape& data = view.shape(0);
  const std::int64_t directions = view.text("direction", "forward") == "bidirectional" ? 2 : 1;
  const std::int64_t hidden = view.shape(2)[1];
  const std::int64_t gates = checked_product(view, hidden, kGates);
  require_shape(view, 1, {directions, data[2], gates}, "of its directions, input and hidden size");
  require_shape(view, 2, {directions, hidden, gates}, "of its directions and hidden size");
  return {data[0], data[1], data[2], directions, hidden};
}

std::vector<TensorType> lstm_shape(const LayerView& view) {
  const Lstm it = read_lstm(view);
  for (std::size_t i = kFirstScale; i < kFirstScale + 4; ++i) (void)view.input(i);
  const ElementType element = view.input(0).element;
  const TensorType last{element, {it.directions, it.batch, it.hidden}, {}};
  return {{element, {it.sequence, it.directions, it.batch, it.hidden}, {}}, last, last};
}

Work lstm_work(const LayerView& view) {
  const Lstm it = read_lstm(view);
  const std::int64_t steps = checked_product(view, it.sequence, it.batch);
  Work work = matrix_product(view, {.batch = it.directions,
                                    .m = steps,
                                    .n = checked_product(view, it.hidden, kGates),
                                    .k = checked_sum(view, it.input, it.hidden)});
  const double cells = count_of(view, std::array{steps, it.directions, it.hidden});
  const double gates = cells * kGates;
  count_ops(work, gates, {multiply, multiply, add});  // both products rescaled and added
  if (view.has_input(kBias)) count_ops(work, gates, {add});
  if (view.has_input(kPeepholes)) count_ops(work, 3 * cells, {multiply, add});
  count_ops(work, 3 * cells, {exponential, add, divide});  // three sigmoids
  count_ops(work, 2 * cells, {exponential});               // two hyperbolic tangents
  count_ops(work, cells, {multiply, multiply, multiply, add});
  const double quantized = count_of(view, view.shape(0)) + cells;
  count_ops(work, quantized, {compare, compare, divide, add, compare, compare});
  return work;
}

// ---- rows

constexpr Operator kRows[] = {
    {.name = "DynamicQuantizeLSTM",
     .shape = lstm_shape,
     .work = lstm_work,
     .sentence = "MACs are steps times gates times input and hidden size, in each direction; per "
                 "gate two multiplies and one add (a bias one more), per cell three sigmoids, two "
                 "tanh, three multiplies and one add, and the data are quantized as by "
                 "DynamicQuantizeLinear.",
     .parameter_inputs = 0b1000'1110,
     .statistic_inputs = 0b1111'0000'0000,
     .domain = kMicrosoft,
     .acts_like = "LSTM"},
    {.name = "MoE",
     .shape = experts_shape<plain_experts>,
     .work = experts_work<plain_experts>,
     .sentence = "MACs are tokens times the experts chosen for each times the weights of one "
                 "expert; softmax and a compare per token and expert, one activation per inner "
                 "element, one multiply and one add per result of a chosen expert.",
     .parameter_inputs = 0b1111'1100,
     .domain = kMicrosoft,
     .acts_like = "MatMul"},
    {.name = "QMoE",
     .shape = experts_shape<quantized_experts>,
     .work = experts_work<quantized_experts>,
     .sentence = "As MoE, where the weights of an expert are those that its elements hold, several "
                 "in a byte; one multiply per result of a layer to rescale it.",
     .parameter_inputs = 0b101'1011'0100,
     .statistic_inputs = 0b1'1011'1010'0100'1000,
     .domain = kMicrosoft,
     .acts_like = "MatMul"},
};

}  // namespace

std::span<const Operator> contrib_experts_rows() { return kRows; }

}  // namespace roofbeam
