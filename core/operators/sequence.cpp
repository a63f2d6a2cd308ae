// Operators that make and read sequences and optionals. Their items are followed one by one.
#include "core/operators/sequence.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/values.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;
using Items = std::vector<TensorType>;

// Of an item, only as many known elements are kept as a shape has.
constexpr std::int64_t kMostElements = 16;

// An input of any type, as an item.
TensorType item_of(const LayerView& view, std::size_t i) {
  const Tensor& tensor = view.any_input(i);
  const bool few = tensor.values && element_count(*tensor.shape) <= kMostElements;
  return {.element = tensor.element,
          .shape = *tensor.shape,
          .values = few ? tensor.values : std::nullopt,
          .upper_bound = tensor.upper_bound,
          .container = tensor.container,
          .items = tensor.items};
}

TensorType unfollowed(ElementType element, std::int64_t count) {
  return {.element = element, .shape = {count}, .container = Container::sequence};
}

std::int64_t length(const LayerView& view) {
  const Tensor& tensor = view.any_input(0);
  if (tensor.container == Container::sequence) return element_count(*tensor.shape);
  view.fail(fmt::format("input 0 '{}' is {}; a sequence was expected", tensor.name,
                        to_text(tensor.container)));
}

const Items& sequence(const LayerView& view) {
  const auto count = length(view);
  const Items& items = view.any_input(0).items;
  if (std::ssize(items) == count) return items;
  throw DependsOnData{fmt::format("the {} items of input 0 '{}' are not known one by one", count,
                                  view.any_input(0).name)};
}

const Items& filled_sequence(const LayerView& view) {
  const Items& items = sequence(view);
  if (items.empty()) view.fail(fmt::format("input 0 '{}' is empty", view.any_input(0).name));
  return items;
}

// The position that an input states, counted from the front, of `places`; nothing if unknown.
std::optional<std::int64_t> position(const LayerView& view, std::size_t i, std::int64_t count,
                                     std::int64_t places) {
  if (view.integers(i) == nullptr) return std::nullopt;
  const auto stated = single_integer(view, i, "the position");
  if (stated < -count || stated >= places) {
    view.fail(fmt::format("position {} lies outside a sequence of {} items; it may be {} to {}",
                          stated, count, -count, places - 1));
  }
  return stated < 0 ? stated + count : stated;
}

// What any of the items is within: no dimension is larger.
TensorType largest(const Items& items) {
  TensorType most = items.front();
  most.values.reset();
  for (const TensorType& item : items) {
    if (item.container != Container::tensor || item.shape.size() != most.shape.size()) {
      throw DependsOnData{"which of its items, that differ in dimensions, is not known"};
    }
    most.upper_bound = most.upper_bound || item.upper_bound || item.shape != most.shape;
    for (std::size_t axis = 0; axis < most.shape.size(); ++axis) {
      most.shape[axis] = std::max(most.shape[axis], item.shape[axis]);
    }
  }
  return most;
}

// ---- Making sequences

std::vector<TensorType> empty_shape(const LayerView& view) {
  const auto element = view.has("dtype") ? stated_element(view, "dtype") : ElementType::f32;
  return {sequence_of(element, {})};
}

std::vector<TensorType> construct_shape(const LayerView& view) {
  require_inputs(view, std::max<std::size_t>(1, view.input_count()));
  const auto count = static_cast<std::int64_t>(view.input_count());
  const auto element = view.input(0).element;
  Items items;
  for (std::size_t i = 0; i < view.input_count(); ++i) {
    if (!are_followed(count, view.shape(i))) return {unfollowed(element, count)};
    items.push_back(item_of(view, i));
  }
  return {sequence_of(element, std::move(items))};
}

std::vector<TensorType> insert_shape(const LayerView& view) {
  const auto count = length(view);
  if (!are_followed(count, view.shape(1))) {
    return {unfollowed(view.any_input(0).element, checked_sum(view, count, 1))};
  }
  Items items = sequence(view);
  const auto place = view.has_input(2) ? position(view, 2, count, count + 1) : count;
  items.insert(items.begin() + place.value_or(count), item_of(view, 1));
  if (!place) std::ranges::fill(items, largest(items));
  return {sequence_of(view.any_input(0).element, std::move(items))};
}

std::vector<TensorType> erase_shape(const LayerView& view) {
  Items items = filled_sequence(view);
  const auto count = std::ssize(items);
  const auto place = view.has_input(1) ? position(view, 1, count, count) : count - 1;
  if (!place) std::ranges::fill(items, largest(items));
  items.erase(items.begin() + place.value_or(0));
  return {sequence_of(view.any_input(0).element, std::move(items))};
}

// ---- SplitToSequence

std::int64_t chunks(std::int64_t extent, std::int64_t size) {
  return extent / size + (extent % size != 0 ? 1 : 0);
}

// Parts of one size, 1 unless a scalar says otherwise; the last one may be smaller.
std::int64_t part_size(const LayerView& view) {
  const auto size = view.has_input(1) ? single_integer(view, 1, "the parts") : 1;
  if (size < 1) view.fail(fmt::format("its parts have {} elements", size));
  return size;
}

Integers equal_parts(std::int64_t extent, std::int64_t size) {
  Integers parts(static_cast<std::size_t>(chunks(extent, size)), size);
  if (extent % size != 0) parts.back() = extent % size;
  return parts;
}

Integers stated_parts(const LayerView& view, std::int64_t extent) {
  const auto& parts = view.constant_integers(1, "the parts");
  std::int64_t sum = 0;
  for (const auto part : parts) {
    if (part < 0) view.fail(fmt::format("a part has {} elements", part));
    sum = checked_sum(view, sum, part);
  }
  if (sum != extent) {
    view.fail(fmt::format("its parts add up to {}, the input has {} along the axis", sum, extent));
  }
  return parts;
}

TensorType split_into(const LayerView& view, std::size_t axis, const Integers& parts) {
  const auto whole = type_of(view, 0);
  const bool drops_axis = !view.has_input(1) && view.integer("keepdims", 1) == 0;
  const auto* values = whole.shape.size() == 1 ? values_of(view, 0) : nullptr;
  Items items;
  std::int64_t begin = 0;
  for (const auto part : parts) {
    TensorType item = whole;
    item.shape[axis] = part;
    if (drops_axis) item.shape.erase(item.shape.begin() + static_cast<std::ptrdiff_t>(axis));
    if (values != nullptr) {
      Integers places(static_cast<std::size_t>(part));
      std::iota(places.begin(), places.end(), begin);
      item.values = select(*values, places);
    }
    begin += part;
    items.push_back(std::move(item));
  }
  return sequence_of(whole.element, std::move(items));
}

std::vector<TensorType> split_shape(const LayerView& view) {
  const auto whole = type_of(view, 0);
  const auto axis = view.axis(view.integer("axis", 0), whole.shape.size());
  const auto extent = whole.shape[axis];
  if (view.has_input(1) && !view.shape(1).empty()) {
    const Integers parts = stated_parts(view, extent);
    const bool followed = are_followed(std::ssize(parts), whole.shape);
    return {followed ? split_into(view, axis, parts)
                     : unfollowed(whole.element, std::ssize(parts))};
  }
  const auto size = part_size(view);
  const auto count = chunks(extent, size);
  if (!are_followed(count, whole.shape)) return {unfollowed(whole.element, count)};
  return {split_into(view, axis, equal_parts(extent, size))};
}

// ---- Reading sequences

std::vector<TensorType> at_shape(const LayerView& view) {
  const Items& items = filled_sequence(view);
  const auto place = position(view, 1, std::ssize(items), std::ssize(items));
  return {place ? items[static_cast<std::size_t>(*place)] : largest(items)};
}

std::vector<TensorType> length_shape(const LayerView& view) {
  return {{ElementType::i64, {}, Values{Integers{length(view)}}}};
}

// All items, joined along the axis.
Shape joined(const LayerView& view, const Items& items) {
  Shape shape = items.front().shape;
  const auto axis = view.axis(view.integer("axis", 0), shape.size());
  std::int64_t extent = 0;
  for (const TensorType& item : items) {
    shape[axis] = axis < item.shape.size() ? item.shape[axis] : 0;
    if (item.shape != shape) {
      view.fail(fmt::format("cannot join items of {} and {} along axis {}",
                            to_text(items.front().shape), to_text(item.shape), axis));
    }
    extent = checked_sum(view, extent, item.shape[axis]);
  }
  shape[axis] = extent;
  return shape;
}

// All items side by side along a new axis.
Shape stacked(const LayerView& view, const Items& items) {
  Shape shape = items.front().shape;
  for (const TensorType& item : items) {
    if (item.shape == shape) continue;
    view.fail(fmt::format("cannot stack items of {} and {}", to_text(shape), to_text(item.shape)));
  }
  const auto axis = view.axis(view.integer("axis", 0), shape.size() + 1);
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis), std::ssize(items));
  return shape;
}

// Known vectors or scalars one after the other: how exporters put shapes together.
std::optional<Values> joined_values(const Items& items, const TensorType& type) {
  if (type.shape.size() != 1 || type.shape[0] > Values::kMostValues) return std::nullopt;
  Integers all;
  for (const TensorType& item : items) {
    const auto* values = item.values ? item.values->integers() : nullptr;
    if (values == nullptr) return std::nullopt;
    all.insert(all.end(), values->begin(), values->end());
  }
  return Values{std::move(all)};
}

std::vector<TensorType> concat_shape(const LayerView& view) {
  const Items& items = filled_sequence(view);
  const bool stacks = view.integer("new_axis", 0) != 0;
  TensorType type{items.front().element, stacks ? stacked(view, items) : joined(view, items), {}};
  type.upper_bound = std::ranges::any_of(items, &TensorType::upper_bound);
  type.values = joined_values(items, type);
  return {type};
}

// ---- Optionals

// One item or, without an input, none.
std::vector<TensorType> optional_shape(const LayerView& view) {
  TensorType type{.shape = {0}, .container = Container::optional};
  if (view.has_input(0)) {
    type.items.push_back(item_of(view, 0));
    type.element = type.items.front().element;
    type.shape = {1};
  }
  return {type};
}

bool is_optional(const LayerView& view) {
  return view.any_input(0).container == Container::optional;
}

// What is no optional has an element: itself.
std::vector<TensorType> has_element_shape(const LayerView& view) {
  const bool has = view.has_input(0) && (!is_optional(view) || !view.items(0).empty());
  return {{ElementType::boolean, {}, Values{Integers{has ? 1 : 0}}}};
}

std::vector<TensorType> get_element_shape(const LayerView& view) {
  if (!is_optional(view)) return {item_of(view, 0)};
  const Items& items = view.items(0);
  if (items.empty()) view.fail(fmt::format("input 0 '{}' is empty", view.any_input(0).name));
  return {items.front()};
}

constexpr std::uint32_t kData = 0b1;
constexpr std::uint32_t kAll = ~0u;

constexpr Operator moving(std::string_view name, ShapeRule shape, std::uint32_t parameters) {
  return {.name = name,
          .shape = shape,
          .work = only_bytes,
          .sentence = "No arithmetic: its cost is the bytes it reads and writes.",
          .parameter_inputs = parameters};
}

constexpr Operator naming(std::string_view name, ShapeRule shape, std::string_view sentence) {
  return {.name = name,
          .shape = shape,
          .work = nullptr,
          .sentence = sentence,
          .cost = Cost::view,
          .parameter_inputs = kData};
}

constexpr std::string_view kKnown = "Free: its value is known when the network is imported.";
constexpr std::string_view kNamed = "Free: another name for its input.";

constexpr Operator kRows[] = {
    moving("ConcatFromSequence", concat_shape, kData),
    naming("Optional", optional_shape, kNamed),
    naming("OptionalGetElement", get_element_shape, kNamed),
    naming("OptionalHasElement", has_element_shape, kKnown),
    moving("SequenceAt", at_shape, kData),
    moving("SequenceConstruct", construct_shape, kAll),
    naming("SequenceEmpty", empty_shape, "Free: there is nothing in it."),
    moving("SequenceErase", erase_shape, kData),
    moving("SequenceInsert", insert_shape, 0b11),
    naming("SequenceLength", length_shape, kKnown),
    moving("SplitToSequence", split_shape, kData),
};

}  // namespace

std::span<const Operator> sequence_rows() { return kRows; }

TensorType sequence_of(ElementType element, std::vector<TensorType> items) {
  const std::int64_t count = std::ssize(items);
  if (count > kMostItems) items.clear();
  return {.element = element,
          .shape = {count},
          .container = Container::sequence,
          .items = std::move(items)};
}

TensorType sequence_of(std::int64_t count, const TensorType& item) {
  TensorType type = unfollowed(item.element, count);
  if (are_followed(count, item.shape)) type.items.assign(static_cast<std::size_t>(count), item);
  return type;
}

bool are_followed(std::int64_t count, const Shape& item) {
  return count <= kMostItems && item.size() <= kMostDimensions;
}

}  // namespace roofbeam
