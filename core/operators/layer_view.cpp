#include <fmt/core.h>

#include <algorithm>

#include "core/input_error.hpp"
#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

bool present(const std::vector<TensorId>& ids, std::size_t i) {
  return i < ids.size() && ids[i] != kNoTensor;
}

const Attribute* find(const Layer& layer, std::string_view name) {
  const auto found = std::ranges::find(layer.attributes, name, &Attribute::name);
  return found == layer.attributes.end() ? nullptr : &*found;
}

// The attribute's value as T, or nullptr if there is no such attribute.
template <class T>
const T* value_of(const LayerView& view, std::string_view name, std::string_view kind) {
  const Attribute* attribute = find(view.layer(), name);
  if (!attribute) return nullptr;
  if (const T* value = std::get_if<T>(&attribute->value)) return value;
  view.fail(fmt::format("attribute '{}' must be {}", name, kind));
}

}  // namespace

bool LayerView::has_input(std::size_t i) const { return present(layer_.inputs, i); }
bool LayerView::has_output(std::size_t i) const { return present(layer_.outputs, i); }

const Tensor& LayerView::any_input(std::size_t i) const {
  if (!has_input(i)) fail(fmt::format("input {} is required but left out", i));
  return network_.tensor(layer_.inputs[i]);
}

const Tensor& LayerView::input(std::size_t i) const {
  const Tensor& tensor = any_input(i);
  if (tensor.container == Container::tensor) return tensor;
  fail(fmt::format("input {} '{}' is {}; a tensor was expected", i, tensor.name,
                   to_text(tensor.container)));
}

const std::vector<TensorType>& LayerView::items(std::size_t i) const {
  const Tensor& tensor = any_input(i);
  const auto is = tensor.container;
  if (is == Container::sequence || is == Container::optional) return tensor.items;
  fail(fmt::format("input {} '{}' is {}; a sequence or an optional was expected", i, tensor.name,
                   to_text(is)));
}

const Shape& LayerView::output_shape(std::size_t i) const {
  if (!has_output(i)) fail(fmt::format("output {} is required but left out", i));
  return *network_.tensor(layer_.outputs[i]).shape;
}

const std::vector<std::int64_t>* LayerView::integers(std::size_t i) const {
  if (!has_input(i) || !input(i).values) return nullptr;
  return input(i).values->integers();
}

const std::vector<double>* LayerView::reals(std::size_t i) const {
  if (!has_input(i) || !input(i).values) return nullptr;
  return input(i).values->reals();
}

const std::vector<std::int64_t>& LayerView::constant_integers(std::size_t i,
                                                              std::string_view what) const {
  const Tensor& tensor = input(i);
  if (const auto* values = integers(i)) return *values;
  if (is_integer(tensor.element) || tensor.element == ElementType::boolean) fail_unknown(i, what);
  fail(fmt::format("input {} '{}' ({}) must be integers, not {}", i, tensor.name, what,
                   to_text(tensor.element)));
}

const std::vector<double>& LayerView::constant_reals(std::size_t i, std::string_view what) const {
  const Tensor& tensor = input(i);
  if (const auto* values = reals(i)) return *values;
  if (is_float(tensor.element)) fail_unknown(i, what);
  fail(fmt::format("input {} '{}' ({}) must be real numbers, not {}", i, tensor.name, what,
                   to_text(tensor.element)));
}

bool LayerView::has(std::string_view name) const { return find(layer_, name) != nullptr; }

std::int64_t LayerView::integer(std::string_view name, std::int64_t otherwise) const {
  const auto* value = value_of<std::int64_t>(*this, name, "an integer");
  return value ? *value : otherwise;
}

double LayerView::real(std::string_view name, double otherwise) const {
  const auto* value = value_of<double>(*this, name, "a real number");
  return value ? *value : otherwise;
}

std::string_view LayerView::text(std::string_view name, std::string_view otherwise) const {
  const auto* value = value_of<std::string>(*this, name, "a text");
  return value ? std::string_view(*value) : otherwise;
}

std::vector<std::int64_t> LayerView::integers(std::string_view name) const {
  const auto* value = value_of<std::vector<std::int64_t>>(*this, name, "a list of integers");
  return value ? *value : std::vector<std::int64_t>{};
}

const TensorType* LayerView::tensor(std::string_view name) const {
  return value_of<TensorType>(*this, name, "a tensor");
}

std::size_t LayerView::axis(std::int64_t axis, std::size_t rank) const {
  const auto count = static_cast<std::int64_t>(rank);
  if (rank == 0) fail(fmt::format("axis {} of a scalar: it has no dimensions", axis));
  if (axis < -count || axis >= count) {
    fail(fmt::format("axis {} lies outside a tensor of {} dimensions; it may be {} to {}", axis,
                     rank, -count, count - 1));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + count : axis);
}

void LayerView::fail_unknown(std::size_t i, std::string_view what) const {
  throw DependsOnData{fmt::format("input {} '{}' ({}) is not known before the network runs", i,
                                  any_input(i).name, what)};
}

void LayerView::fail(const std::string& text) const {
  throw InputError(fmt::format("{}: {}", describe(layer_), text));
}

}  // namespace roofbeam
