// Recurrent layers: a cell of a few gates that is run once per time step and direction.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// Inputs of all three operators; the cell state and the peepholes are LSTM's.
constexpr std::size_t kData = 0;
constexpr std::size_t kWeight = 1;
constexpr std::size_t kRecurrence = 2;
constexpr std::size_t kBias = 3;
constexpr std::size_t kLengths = 4;
constexpr std::size_t kInitialHidden = 5;
constexpr std::size_t kInitialCell = 6;
constexpr std::size_t kPeepholes = 7;

// What tells the operators apart. `activations` are the default ones of one direction, `uses` how
// often each is applied per hidden unit and step.
struct Cell {
  std::int64_t gates;
  std::size_t states;  // hidden state, and LSTM's cell state
  std::array<std::string_view, 3> activations;
  std::array<int, 3> uses;
};

constexpr Cell kRnn{.gates = 1, .states = 1, .activations = {"Tanh"}, .uses = {1}};
constexpr Cell kGru{.gates = 3, .states = 1, .activations = {"Sigmoid", "Tanh"}, .uses = {2, 1}};
constexpr Cell kLstm{
    .gates = 4, .states = 2, .activations = {"Sigmoid", "Tanh", "Tanh"}, .uses = {3, 1, 1}};

struct Sizes {
  std::int64_t steps;
  std::int64_t batch;
  std::int64_t input;
  std::int64_t directions;
  std::int64_t hidden;
  bool batch_first;  // layout 1
};

std::int64_t directions(const LayerView& view) {
  const auto direction = view.text("direction", "forward");
  if (direction == "bidirectional") return 2;
  if (direction == "forward" || direction == "reverse") return 1;
  view.fail(
      fmt::format("direction is '{}'; it must be forward, reverse or bidirectional", direction));
}

void require_three(const LayerView& view, std::size_t i, std::string_view what) {
  if (view.shape(i).size() == 3) return;
  view.fail(fmt::format("{} must have 3 dimensions: {}", describe_input(view, i), what));
}

bool batch_first(const LayerView& view) {
  const auto layout = view.integer("layout", 0);
  if (layout == 0 || layout == 1) return layout == 1;
  view.fail(fmt::format("layout is {}; it must be 0 (steps first) or 1 (batch first)", layout));
}

Sizes sizes_of(const LayerView& view) {
  require_three(view, kData, "steps, batch and features (batch first if layout is 1)");
  require_three(view, kRecurrence, "directions, gates times hidden units and hidden units");
  const Shape& data = view.shape(kData);
  const bool swapped = batch_first(view);
  return {.steps = data[swapped ? 1 : 0],
          .batch = data[swapped ? 0 : 1],
          .input = data[2],
          .directions = directions(view),
          .hidden = view.shape(kRecurrence)[2],
          .batch_first = swapped};
}

void check_hidden_size(const LayerView& view, std::int64_t hidden) {
  if (view.integer("hidden_size", hidden) == hidden) return;
  view.fail(fmt::format("hidden_size is {}, but {} has {} hidden units",
                        view.integer("hidden_size", 0), describe_input(view, kRecurrence), hidden));
}

// Initial and last states, by layout.
Shape state_shape(const Sizes& sizes) {
  if (sizes.batch_first) return {sizes.batch, sizes.directions, sizes.hidden};
  return {sizes.directions, sizes.batch, sizes.hidden};
}

Shape sequence_shape(const Sizes& sizes) {
  if (sizes.batch_first) return {sizes.batch, sizes.steps, sizes.directions, sizes.hidden};
  return {sizes.steps, sizes.directions, sizes.batch, sizes.hidden};
}

void check_inputs(const LayerView& view, const Cell& cell, const Sizes& sizes) {
  const auto times = [&](std::int64_t count) { return checked_product(view, count, sizes.hidden); };
  const auto d = sizes.directions;
  const auto why = fmt::format(
      "the input ({}) has {} features, the cell {} direction{} and {} gate{} of {} hidden unit{}",
      to_text(view.shape(kData)), sizes.input, d, d == 1 ? "" : "s", cell.gates,
      cell.gates == 1 ? "" : "s", sizes.hidden, sizes.hidden == 1 ? "" : "s");
  require_inputs(view, 3);
  require_shape(view, kRecurrence, {d, times(cell.gates), sizes.hidden}, why);
  require_shape(view, kWeight, {d, times(cell.gates), sizes.input}, why);
  require_shape(view, kBias, {d, times(2 * cell.gates)}, why);
  require_shape(view, kLengths, {sizes.batch}, fmt::format("the batch is {}", sizes.batch));
  require_shape(view, kInitialHidden, state_shape(sizes), "that is the shape of a state");
  if (cell.states < 2) return;
  require_shape(view, kInitialCell, state_shape(sizes), "that is the shape of a state");
  require_shape(view, kPeepholes, {d, times(3)}, why);
}

template <const Cell& cell>
std::vector<TensorType> recurrent_shape(const LayerView& view) {
  const Sizes sizes = sizes_of(view);
  check_hidden_size(view, sizes.hidden);
  check_inputs(view, cell, sizes);
  const auto element = view.input(kData).element;
  std::vector<TensorType> types(1 + cell.states, {element, state_shape(sizes), {}});
  types[0].shape = sequence_shape(sizes);
  return types;
}

struct Activation {
  std::string_view name;  // lower case: files spell them any way
  std::vector<VectorOp> ops;
};

const std::vector<VectorOp>* operations_of(std::string_view name) {
  static const Activation kKnown[] = {
      {"affine", {multiply, add}},
      {"elu", {compare, exponential, multiply, add}},
      {"hardsigmoid", {multiply, add, compare, compare}},
      {"leakyrelu", {compare, multiply}},
      {"relu", {compare}},
      {"scaledtanh", {exponential, multiply, multiply}},
      {"sigmoid", {exponential, add, divide}},
      {"softplus", {exponential, exponential, add}},
      {"softsign", {compare, add, divide}},
      {"tanh", {exponential}},
      {"thresholdedrelu", {compare}},
  };
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto found = std::ranges::find(kKnown, lower, &Activation::name);
  return found == std::end(kKnown) ? nullptr : &found->ops;
}

const std::vector<std::string>* stated_activations(const LayerView& view) {
  const auto& all = view.layer().attributes;
  const auto found = std::ranges::find(all, "activations", &Attribute::name);
  return found == all.end() ? nullptr : std::get_if<std::vector<std::string>>(&found->value);
}

// Both directions count as the forward one states it.
std::string_view activation(const LayerView& view, const Cell& cell, std::size_t i) {
  const auto* stated = stated_activations(view);
  if (stated == nullptr || i >= stated->size()) return cell.activations[i];
  return (*stated)[i];
}

void add_activations(const LayerView& view, const Cell& cell, double units, Work& work) {
  for (std::size_t i = 0; i < cell.uses.size() && cell.uses[i] > 0; ++i) {
    const auto name = activation(view, cell, i);
    const auto* ops = operations_of(name);
    if (ops == nullptr) view.fail(fmt::format("the activation '{}' is not known", name));
    for (const auto op : *ops) work.ops(op) += cell.uses[i] * units;
  }
}

// Gates joined to the next states, per hidden unit and step.
void add_states(const LayerView& view, const Cell& cell, double units, Work& work) {
  if (cell.gates == kLstm.gates) {  // c = f * c + i * g; h = o * tanh(c)
    work.ops(multiply) += 3 * units;
    work.ops(add) += units;
  }
  if (cell.gates == kGru.gates) {  // h = (1 - z) * g + z * h, with r * h inside g
    work.ops(multiply) += 3 * units;
    work.ops(add) += 2 * units;
  }
  if (view.has_input(kPeepholes)) {
    work.ops(multiply) += 3 * units;
    work.ops(add) += 3 * units;
  }
}

// One add per gate: the two biases are added up beforehand. A reset gate behind the recurrence
// keeps them apart.
double bias_adds(const LayerView& view, const Cell& cell) {
  if (!view.has_input(kBias)) return 0;
  const bool apart = cell.gates == kGru.gates && view.integer("linear_before_reset", 0) != 0;
  return static_cast<double>(cell.gates) + (apart ? 1 : 0);
}

// One product per step and direction, of the input and the state side by side.
template <const Cell& cell>
Work recurrent_work(const LayerView& view) {
  const Sizes sizes = sizes_of(view);
  const auto runs = checked_product(view, sizes.steps, sizes.directions);
  const auto gates = static_cast<double>(cell.gates);
  Work work = matrix_product(view, {.batch = runs,
                                    .m = sizes.batch,
                                    .n = checked_product(view, cell.gates, sizes.hidden),
                                    .k = checked_sum(view, sizes.input, sizes.hidden)});
  const auto units =
      static_cast<double>(elements(view, std::array{runs, sizes.batch, sizes.hidden}));
  add_activations(view, cell, units, work);
  add_states(view, cell, units, work);
  work.ops(add) += bias_adds(view, cell) * units;
  if (view.has("clip")) work.ops(compare) += 2 * gates * units;
  return work;
}

constexpr std::uint32_t kWeights = 0b1110;

constexpr Operator kRows[] = {
    {.name = "GRU",
     .shape = recurrent_shape<kGru>,
     .work = recurrent_work<kGru>,
     .sentence =
         "Per step, direction and batch item, three gates of hidden units times (features plus "
         "hidden units) MACs; per hidden unit two sigmoids and a tanh, or the stated activations, "
         "three multiplies and two adds, and an add per gate with a bias; padded steps count.",
     .parameter_inputs = kWeights},
    {.name = "LSTM",
     .shape = recurrent_shape<kLstm>,
     .work = recurrent_work<kLstm>,
     .sentence =
         "Per step, direction and batch item, four gates of hidden units times (features plus "
         "hidden units) MACs; per hidden unit three sigmoids and two tanhs, or the stated "
         "activations, three multiplies and an add, an add per gate with a bias, and three "
         "multiplies and adds with peepholes; padded steps count.",
     .parameter_inputs = kWeights | 1u << kPeepholes},
    {.name = "RNN",
     .shape = recurrent_shape<kRnn>,
     .work = recurrent_work<kRnn>,
     .sentence =
         "Per step, direction and batch item, hidden units times (features plus hidden units) "
         "MACs; per hidden unit a tanh or the stated activation, and an add with a bias; padded "
         "steps count.",
     .parameter_inputs = kWeights},
};

}  // namespace

std::span<const Operator> recurrent_rows() { return kRows; }

}  // namespace roofbeam
