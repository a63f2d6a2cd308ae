// Steps of training: optimizers, which take a rate, a step number and then, for all tensors
// together, the values, the gradients and what is remembered between steps.
#include <fmt/core.h>

#include <algorithm>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

constexpr std::size_t kFirst = 2;  // inputs before it are the rate and the step

// How many tensors are optimized, when each comes with its gradient and `states` others.
std::size_t optimized(const LayerView& view, std::size_t states) {
  const std::size_t each = 2 + states;
  const std::size_t inputs = view.input_count();
  if (inputs > kFirst && (inputs - kFirst) % each == 0) return (inputs - kFirst) / each;
  view.fail(fmt::format("it has {} inputs; they must be a rate, a step and {} for each tensor",
                        inputs, each));
}

// New values, then each new state.
template <std::size_t states>
std::vector<TensorType> optimizer_shape(const LayerView& view) {
  const std::size_t count = optimized(view, states);
  require_inputs(view, view.input_count());
  std::vector<TensorType> types;
  for (std::size_t i = 0; i < (2 + states) * count; ++i) {
    const std::size_t value = kFirst + i % count;
    require_shape(view, kFirst + i, view.shape(value),
                  fmt::format("it belongs to {}", describe_input(view, value)));
    if (i < (1 + states) * count) types.push_back(type_of(view, value));
  }
  return types;
}

double values(const LayerView& view, std::size_t states) {
  double all = 0;
  for (std::size_t i = 0; i < optimized(view, states); ++i) {
    all += static_cast<double>(elements(view, view.shape(kFirst + i)));
  }
  return all;
}

void add_regularisation(const LayerView& view, double all, Work& work) {
  if (view.real("norm_coefficient", 0) == 0) return;
  work.ops(multiply) += all;
  work.ops(add) += all;
}

Work adagrad_work(const LayerView& view) {
  const double all = values(view, 1);
  Work work;
  work.ops(multiply) = 2 * all;
  work.ops(add) = 3 * all;
  work.ops(square_root) = all;
  work.ops(divide) = all;
  add_regularisation(view, all, work);
  return work;
}

Work adam_work(const LayerView& view) {
  const double all = values(view, 2);
  Work work;
  work.ops(multiply) = (view.real("norm_coefficient_post", 0) != 0 ? 7 : 6) * all;
  work.ops(add) = 4 * all;
  work.ops(square_root) = all;
  work.ops(divide) = all;
  add_regularisation(view, all, work);
  return work;
}

Work momentum_work(const LayerView& view) {
  const double all = values(view, 1);
  const bool nesterov = view.text("mode", "standard") == "nesterov";
  Work work;
  work.ops(multiply) = (nesterov ? 4 : 3) * all;
  work.ops(add) = (nesterov ? 3 : 2) * all;
  add_regularisation(view, all, work);
  return work;
}

// ---- Gradient

std::size_t differentiated(const LayerView& view) {
  const auto& all = view.layer().attributes;
  const auto found = std::ranges::find(all, "xs", &Attribute::name);
  const auto* names =
      found == all.end() ? nullptr : std::get_if<std::vector<std::string>>(&found->value);
  if (names == nullptr) view.fail("it needs xs, the names of what it differentiates by");
  return names->size();
}

// The first inputs are the values of xs; a gradient by one of them has its type.
std::vector<TensorType> gradient_shape(const LayerView& view) {
  std::vector<TensorType> types;
  for (std::size_t i = 0; i < differentiated(view); ++i) types.push_back(type_of(view, i));
  return types;
}

Work gradient_work(const LayerView&) {
  throw DependsOnData{"what the layers that it differentiates take backwards is not modelled"};
}

constexpr std::string_view kDomain = "ai.onnx.preview.training";

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = 0,
          .domain = kDomain};
}

constexpr Operator kRows[] = {
    row("Adagrad", optimizer_shape<1>, adagrad_work,
        "Per optimized element two multiplies, three adds, a square root and a divide; a multiply "
        "and an add for a norm coefficient."),
    row("Adam", optimizer_shape<2>, adam_work,
        "Per optimized element six multiplies, four adds, a square root and a divide; a multiply "
        "and an add for a norm coefficient, a multiply for one after the step."),
    row("Gradient", gradient_shape, gradient_work,
        "Not counted: it stands for all layers that it differentiates, backwards."),
    row("Momentum", optimizer_shape<1>, momentum_work,
        "Per optimized element three multiplies and two adds, one more of each with Nesterov's "
        "momentum and one more of each for a norm coefficient."),
};

}  // namespace

std::span<const Operator> training_rows() { return kRows; }

}  // namespace roofbeam
