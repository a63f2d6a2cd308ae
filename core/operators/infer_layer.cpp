#include "core/operators/infer_layer.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "core/input_error.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

bool is_negative(std::int64_t dim) { return dim < 0; }

}  // namespace

bool fits(ElementType element, const Shape& shape) {
  std::int64_t size = std::max(1, bits(element));
  return std::ranges::none_of(shape, [&](std::int64_t dim) {
    return is_negative(dim) || __builtin_mul_overflow(size, std::max<std::int64_t>(dim, 1), &size);
  });
}

std::string describe_misfit(const std::string& tensor, const Shape& shape) {
  const bool negative = std::ranges::any_of(shape, is_negative);
  return fmt::format("tensor '{}' ({}) has {}", tensor, to_text(shape),
                     negative ? "a negative dimension" : "more than 2^63 - 1 bits");
}

namespace {

template <class Predicate>
bool all_inputs(const Network& network, const Layer& layer, Predicate predicate) {
  return std::ranges::all_of(
      layer.inputs, [&](TensorId id) { return id == kNoTensor || predicate(network.tensor(id)); });
}

bool fits(const TensorType& type) {
  return fits(type.element, type.shape) &&
         std::ranges::all_of(type.items, [](const TensorType& item) { return fits(item); });
}

// Whether the file states a shape for this tensor that is within the bound.
bool states_within(const Tensor& tensor, const Shape& bound) {
  return tensor.shape && std::ranges::equal(*tensor.shape, bound, std::ranges::less_equal{});
}

std::int64_t known_elements(const TensorType& type) {
  std::int64_t count = 0;
  if (type.values) {
    count = std::visit([](const auto& list) { return std::ssize(list); }, type.values->elements);
  }
  for (const auto& item : type.items) count += 16 + known_elements(item);
  return count;
}

// Keeps what is known of a value within the budget; without its items a sequence has no type.
bool spend(KnownBudget& budget, TensorType& type) {
  constexpr std::int64_t kFree = 16;
  const auto count = known_elements(type);
  if (count <= kFree) return true;
  if (count > budget.elements) {
    type.values.reset();
    return type.items.empty();
  }
  budget.elements -= count;
  return true;
}

void set_output(const LayerView& view, Tensor& tensor, TensorType&& type, bool constant,
                KnownBudget& budget) {
  if (!spend(budget, type)) {
    throw DependsOnData{"so many items of sequences cannot all be followed"};
  }
  if (!fits(type)) view.fail("its output " + describe_misfit(tensor.name, type.shape));
  const bool stated = type.upper_bound && states_within(tensor, type.shape);
  if (!stated) tensor.shape = std::move(type.shape);
  tensor.upper_bound = type.upper_bound && !stated;
  tensor.element = type.element;
  tensor.container = type.container;
  tensor.items = std::move(type.items);
  tensor.constant = constant || type.values;
  tensor.values = std::move(type.values);
}

// Operators that do not shrink when an input grows: from values that are upper bounds they make
// upper bounds. Sub and Div do so in their first input.
bool keeps_bounds(const Network& network, const Layer& layer) {
  static constexpr std::string_view kMonotone[] = {
      "Add",        "Cast",      "Ceil",    "Concat",    "ConstantOfShape",
      "Expand",     "Flatten",   "Floor",   "Gather",    "Identity",
      "Max",        "Min",       "Mul",     "ReduceMax", "ReduceMin",
      "ReduceProd", "ReduceSum", "Reshape", "Shape",     "Size",
      "Slice",      "Split",     "Squeeze", "Tile",      "Transpose",
      "Unsqueeze"};
  const bool first_only = layer.op == "Sub" || layer.op == "Div";
  if (!first_only) return std::ranges::binary_search(kMonotone, std::string_view(layer.op));
  return layer.inputs.size() < 2 || !network.tensor(layer.inputs[1]).upper_bound;
}

bool reads_bound(const Network& network, const Layer& layer) {
  return std::ranges::any_of(
      layer.inputs, [&](TensorId id) { return id != kNoTensor && network.tensor(id).upper_bound; });
}

void pass_bounds_on(const Network& network, const Layer& layer, std::vector<TensorType>& types) {
  const bool keeps = keeps_bounds(network, layer);
  for (TensorType& type : types) {
    type.upper_bound = true;
    if (!keeps) type.values.reset();
  }
}

void set_outputs(Network& network, const LayerView& view, std::vector<TensorType> types,
                 bool random, KnownBudget& budget) {
  const Layer& layer = view.layer();
  if (types.size() < layer.outputs.size()) {
    view.fail(fmt::format("it has {} outputs, the operator has at most {}", layer.outputs.size(),
                          types.size()));
  }
  const bool constant =
      !random && all_inputs(network, layer, [](const Tensor& t) { return t.constant; });
  for (std::size_t i = 0; i < layer.outputs.size(); ++i) {
    if (!view.has_output(i)) continue;
    set_output(view, network.tensor(layer.outputs[i]), std::move(types[i]), constant, budget);
  }
}

// Remembers which weights went into constants.
void note_sources(Network& network, const Layer& layer, const Operator& row) {
  for (const TensorId output : layer.outputs) {
    if (output == kNoTensor || !network.tensor(output).constant) continue;
    auto& sources = network.tensor(output).folded_from;
    for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
      const bool weight = layer.inputs[i] != kNoTensor && has_bit(row.parameter_inputs, i) &&
                          network.tensor(layer.inputs[i]).constant;
      if (weight) sources.push_back(layer.inputs[i]);
    }
  }
}

std::string shapes_of_outputs(const Network& network, const Layer& layer) {
  std::string text;
  for (const TensorId id : layer.outputs) {
    if (id == kNoTensor) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ", ", to_text(*network.tensor(id).shape));
  }
  return text;
}

void note_bounds(Network& network, const Layer& layer) {
  const bool bounded = std::ranges::any_of(layer.outputs, [&](TensorId id) {
    return id != kNoTensor && network.tensor(id).upper_bound;
  });
  if (!bounded) return;
  network.assume(fmt::format("{}: the shape of what it makes depends on data; at most {} is used",
                             describe(layer), shapes_of_outputs(network, layer)));
}

// What the rule makes of the inputs.
void apply_rule(Network& network, Layer& layer, const Operator& row, bool from_bounds,
                KnownBudget& budget) {
  const LayerView view(network, layer);
  auto types = row.shape(view);
  if (from_bounds) pass_bounds_on(network, layer, types);
  set_outputs(network, view, std::move(types), row.random, budget);
  if (!from_bounds) note_bounds(network, layer);
  note_sources(network, layer, row);
}

void count_work(const Network& network, Layer& layer, const Operator& row) {
  layer.state = row.cost == Cost::view ? LayerState::view : LayerState::modelled;
  if (row.work) layer.work = row.work(LayerView(network, layer));
}

bool states_outputs(const Network& network, const Layer& layer) {
  return std::ranges::all_of(layer.outputs, [&](TensorId id) {
    return id == kNoTensor || network.tensor(id).shape.has_value();
  });
}

bool only_moves(const Operator& row) { return row.cost == Cost::view || row.work == only_bytes; }

// Counts work on outputs that the file states; false if that, too, depends on data.
bool try_to_count(const Network& network, Layer& layer, const Operator& row) {
  try {
    count_work(network, layer, row);
    return true;
  } catch (const DependsOnData&) {
    layer.state = LayerState::not_shaped;
    return false;
  }
}

// The file may state the shapes that the rule cannot know; otherwise they stay unknown. The rule
// did not come to check all inputs, so work may be counted only where that needs no more
// (`counts`).
void use_stated_shapes(Network& network, Layer& layer, const Operator& row,
                       const std::string& reason, bool counts) {
  const bool stated = states_outputs(network, layer);
  layer.state = LayerState::not_shaped;
  if (stated && counts) counts = try_to_count(network, layer, row);
  std::string remedy = "its shape is unknown and it is not counted";
  if (stated)
    remedy = fmt::format("{} is used, as the file states", shapes_of_outputs(network, layer));
  if (stated && !counts) remedy += ", but its work is not counted";
  network.assume(fmt::format("{}: {}; {}", describe(layer), reason, remedy));
}

}  // namespace

void infer_layer(Network& network, Layer& layer, KnownBudget& budget) {
  const Operator* row = find_operator(layer.domain, layer.op);
  if (!row) {
    layer.state = LayerState::not_modelled;
    return;
  }
  if (!all_inputs(network, layer, [](const Tensor& t) { return t.shape.has_value(); })) {
    layer.state = LayerState::not_shaped;
    return;
  }
  const bool from_bounds = reads_bound(network, layer);
  try {
    apply_rule(network, layer, *row, from_bounds, budget);
    count_work(network, layer, *row);
  } catch (const DependsOnData& unknown) {
    use_stated_shapes(network, layer, *row, unknown.reason,
                      row->counts_on_stated || only_moves(*row));
  } catch (const InputError&) {
    // Bounds may contradict each other where the shapes that will be do not.
    if (!from_bounds) throw;
    use_stated_shapes(network, layer, *row, "its inputs' shapes depend on data", only_moves(*row));
  }
}

}  // namespace roofbeam
