#include "core/onnx/input_types.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "core/input_error.hpp"

namespace roofbeam::onnx {
namespace {

constexpr std::int64_t kMostItems = 4096;

std::string remedy(const std::set<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += fmt::format(" --dim {}=N", name);
  return text;
}

std::string name_of(const ValueInfo& info, std::size_t axis) {
  const auto& dimension = (*info.type.shape)[axis];
  return dimension.name.empty() ? fmt::format("{}.{}", info.name, axis)
                                : std::string(dimension.name);
}

// The names that give the dimension its value.
std::set<std::string> names_in(const std::string& name) {
  auto names = evaluate(name, {}).missing;
  return names.empty() ? std::set{name} : names;
}

}  // namespace

std::optional<std::int64_t> InputTypes::of_dimension(const ValueInfo& info, std::size_t axis) {
  const auto name = name_of(info, axis);
  const auto found = dims_.resolve(info.name, (*info.type.shape)[axis], axis);
  if (!found.value) {
    unbound_.push_back(fmt::format("'{}' (dimension {} of input '{}')", name, axis, info.name));
    unbound_names_.insert(found.missing.begin(), found.missing.end());
    return std::nullopt;
  }
  const bool empty = *found.value == 0 && keep_unbound_;  // to look at, not to forecast
  if (*found.value > 0 || empty) return found.value;
  throw InputError(
      fmt::format("dimension {} of input '{}' is {}; it must be at least 1: give it with{}", axis,
                  info.name, *found.value, remedy(names_in(name))));
}

std::optional<TensorType> InputTypes::of_tensor(const ValueInfo& info) {
  if (!info.type.shape) {
    assumptions_.push_back(fmt::format(
        "input '{}' states no shape: what reads it is not counted; export the model with one, or "
        "set it with onnx.tools.update_model_dims",
        info.name));
    return std::nullopt;
  }
  TensorType type;
  type.element = info.type.element;
  bool known = true;
  for (std::size_t axis = 0; axis < info.type.shape->size(); ++axis) {
    const auto dim = of_dimension(info, axis);
    known = known && dim;
    type.shape.push_back(dim.value_or(1));
  }
  return known ? std::optional(std::move(type)) : std::nullopt;
}

// A sequence holds one item unless --dim NAME.length=N says otherwise; an optional is there.
std::optional<TensorType> InputTypes::of_container(const ValueInfo& info) {
  std::int64_t length = 1;
  if (info.type.container == Container::sequence) {
    const auto name = fmt::format("{}.length", info.name);
    const auto given = dims_.resolve(info.name, {std::nullopt, name}, 0);
    length = given.value.value_or(1);
    if (!given.value) {
      assumptions_.push_back(fmt::format(
          "input '{}' is a sequence of any length; 1 is used, --dim {}=N says otherwise", info.name,
          name));
    }
  }
  if (length < 0 || length > kMostItems) {
    throw InputError(fmt::format("the length of sequence '{}' is {}; it must be 0 to {}", info.name,
                                 length, kMostItems));
  }
  std::optional<TensorType> item = TensorType{};
  if (!info.type.item.empty()) item = of_input({info.name, info.type.item.front()});
  if (!item) return std::nullopt;
  TensorType type;
  type.element = item->element;
  type.container = info.type.container;
  type.shape = {length};
  type.items.assign(static_cast<std::size_t>(length), *item);
  return type;
}

std::optional<TensorType> InputTypes::of_input(const ValueInfo& info) {
  return info.type.container == Container::tensor ? of_tensor(info) : of_container(info);
}

// Only a hint: arithmetic that makes no dimension is as good as nothing.
std::optional<std::int64_t> InputTypes::stated_dimension(const ValueInfo& info, std::size_t axis) {
  try {
    return dims_.resolve(info.name, (*info.type.shape)[axis], axis).value;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

std::optional<TensorType> InputTypes::stated(const ValueInfo& info) {
  if (info.type.container != Container::tensor || !info.type.shape) return std::nullopt;
  TensorType type;
  type.element = info.type.element;
  for (std::size_t axis = 0; axis < info.type.shape->size(); ++axis) {
    const auto dim = stated_dimension(info, axis);
    if (!dim) return std::nullopt;
    type.shape.push_back(*dim);
  }
  return type;
}

std::vector<std::string> InputTypes::finish() {
  const auto unknown =
      fmt::format("has unknown dimensions: {}; give {} with{}", fmt::join(unbound_, ", "),
                  unbound_names_.size() == 1 ? "it" : "them", remedy(unbound_names_));
  if (!unbound_.empty() && !keep_unbound_) throw InputError(unknown);
  dims_.require_all_used();
  if (!unbound_.empty()) assumptions_.insert(assumptions_.begin(), "the network " + unknown);
  return std::move(assumptions_);
}

std::vector<std::string> symbols_of(const ValueInfo& info) {
  if (!info.type.shape) return {};
  std::vector<std::string> texts;
  bool symbolic = false;
  for (const auto& dimension : *info.type.shape) {
    const bool known = dimension.value && *dimension.value >= 0;
    symbolic = symbolic || !known;
    texts.push_back(known                    ? fmt::format("{}", *dimension.value)
                    : dimension.name.empty() ? "?"
                                             : std::string(dimension.name));
  }
  return symbolic ? texts : std::vector<std::string>{};
}

}  // namespace roofbeam::onnx
