// Operators that write updates into a copy of their data.
#include <fmt/core.h>

#include <algorithm>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

// Inputs of all of them.
constexpr std::size_t kIndices = 1;
constexpr std::size_t kUpdates = 2;

std::string_view reduction(const LayerView& view) {
  const auto name = view.text("reduction", "none");
  static constexpr std::string_view kNames[] = {"none", "add", "mul", "max", "min"};
  if (std::ranges::find(kNames, name) != std::end(kNames)) return name;
  view.fail(fmt::format("reduction is '{}'; it must be none, add, mul, max or min", name));
}

// A known vector of integers with known updates: how exporters replace a dimension.
std::optional<Values> scattered_values(const LayerView& view) {
  const auto* data = view.integers(std::size_t{0});
  const auto* indices = view.integers(kIndices);
  const auto* updates = view.integers(kUpdates);
  const bool known = data != nullptr && indices != nullptr && updates != nullptr;
  if (!known || view.shape(0).size() != 1 || indices->size() != updates->size()) return {};
  if (reduction(view) != "none") return std::nullopt;
  Integers result = *data;
  const auto extent = std::ssize(result);
  for (std::size_t i = 0; i < indices->size(); ++i) {
    const auto index = (*indices)[i];
    if (index < -extent || index >= extent) {
      view.fail(fmt::format("index {} is outside {}", index, describe_input(view, 0)));
    }
    result[static_cast<std::size_t>(index < 0 ? index + extent : index)] = (*updates)[i];
  }
  return Values{std::move(result)};
}

std::vector<TensorType> scattered(const LayerView& view) {
  auto type = type_of(view, 0);
  type.values = scattered_values(view);
  return {type};
}

std::vector<TensorType> scatter_elements_shape(const LayerView& view) {
  const auto& data = view.shape(0);
  (void)view.axis(view.integer("axis", 0), data.size());
  (void)reduction(view);
  if (view.shape(kIndices).size() != data.size()) {
    view.fail(fmt::format("{} and {} must have as many dimensions", describe_input(view, 0),
                          describe_input(view, kIndices)));
  }
  require_inputs(view, 3);
  require_shape(view, kUpdates, view.shape(kIndices), "there is one update per index");
  return scattered(view);
}

std::vector<TensorType> scatter_nd_shape(const LayerView& view) {
  require_inputs(view, 3);
  (void)reduction(view);
  const auto& data = view.shape(0);
  const auto& indices = view.shape(kIndices);
  if (indices.empty() || indices.back() > std::ssize(data)) {
    view.fail(
        fmt::format("{} cannot index {}", describe_input(view, kIndices), describe_input(view, 0)));
  }
  Shape updates(indices.begin(), indices.end() - 1);
  updates.insert(updates.end(), data.begin() + indices.back(), data.end());
  require_shape(view, kUpdates, updates,
                fmt::format("{} index {}", to_text(indices), to_text(data)));
  return scattered(view);
}

Work scatter_work(const LayerView& view) {
  const auto how = reduction(view);
  Work work;
  if (how == "none") return work;
  const auto op = how == "add"   ? VectorOp::add
                  : how == "mul" ? VectorOp::multiply
                                 : VectorOp::compare;
  work.ops(op) = static_cast<double>(elements(view, view.shape(kUpdates)));
  return work;
}

constexpr Operator row(std::string_view name, ShapeRule shape) {
  return {.name = name,
          .shape = shape,
          .work = scatter_work,
          .sentence = "Moves bytes; with a reduction one add, multiply or compare per update.",
          .parameter_inputs = 0b101};
}

constexpr Operator kRows[] = {
    row("Scatter", scatter_elements_shape),
    row("ScatterElements", scatter_elements_shape),
    row("ScatterND", scatter_nd_shape),
};

}  // namespace

std::span<const Operator> scattering_rows() { return kRows; }

}  // namespace roofbeam
