#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

using enum Container;

TensorType item(Shape shape) { return {ElementType::f32, std::move(shape), {}}; }
TensorType known_item(Ints values) {
  const Shape shape{std::ssize(values)};
  return {ElementType::i64, shape, Values{std::move(values)}};
}

Given list(std::vector<TensorType> items) { return container_of(sequence, std::move(items)); }
const Given kThree = list({item({1, 5}), item({2, 5}), item({3, 4})});

// "1x5 2x5": the shapes of the items of the output, "?" after those that are upper bounds.
std::string items_of(const OneLayer& layer) {
  std::string text;
  for (const TensorType& type : output(layer).items) {
    text += (text.empty() ? "" : " ") + to_text(type.shape) + (type.upper_bound ? "?" : "");
  }
  return text;
}

const Given kUnknown = data({}, ElementType::i64);
OneLayer at(Given items, Given position) {
  return {"SequenceAt", {std::move(items), std::move(position)}};
}
OneLayer insert(Given items, std::vector<Given> position = {}) {
  OneLayer layer{"SequenceInsert", {std::move(items), data({7, 7})}};
  layer.inputs.insert(layer.inputs.end(), position.begin(), position.end());
  return layer;
}
OneLayer erase(Given items, std::vector<Given> position = {}) {
  OneLayer layer{"SequenceErase", {std::move(items)}};
  layer.inputs.insert(layer.inputs.end(), position.begin(), position.end());
  return layer;
}
OneLayer split(Shape x, std::vector<Given> parts = {}, std::vector<Attribute> attributes = {}) {
  OneLayer layer{"SplitToSequence", {data(std::move(x))}, std::move(attributes)};
  layer.inputs.insert(layer.inputs.end(), parts.begin(), parts.end());
  return layer;
}
OneLayer concat(Given items, std::int64_t axis, std::int64_t new_axis = 0) {
  return {"ConcatFromSequence", {std::move(items)}, {{"axis", axis}, {"new_axis", new_axis}}};
}

}  // namespace

TEST_CASE("a sequence is made of its inputs, or of nothing") {
  const OneLayer construct{"SequenceConstruct", {data({1, 5}), data({2})}};
  CHECK(output(construct).container == sequence);
  CHECK(shape_of(construct) == "2");
  CHECK(items_of(construct) == "1x5 2");
  const OneLayer empty{"SequenceEmpty", {}, {{"dtype", 7}}};
  CHECK(shape_of(empty) == "0");
  CHECK(output(empty).element == ElementType::i64);
  CHECK(output({"SequenceEmpty", {}}).element == ElementType::f32);
}

TEST_CASE("an item is inserted at its position, else at the end") {
  CHECK(items_of(insert(kThree)) == "1x5 2x5 3x4 7x7");
  CHECK(items_of(insert(kThree, {constant_scalar(3)})) == "1x5 2x5 3x4 7x7");
  CHECK(items_of(insert(kThree, {constant_scalar(0)})) == "7x7 1x5 2x5 3x4");
  CHECK(items_of(insert(kThree, {constant_integers({-1})})) == "1x5 2x5 7x7 3x4");
  CHECK(items_of(insert(kThree, {constant_scalar(-3)})) == "7x7 1x5 2x5 3x4");
  CHECK(items_of(insert(list({}))) == "7x7");
}

TEST_CASE("an item is erased at its position, else at the end") {
  CHECK(items_of(erase(kThree)) == "1x5 2x5");
  CHECK(items_of(erase(kThree, {constant_scalar(-3)})) == "2x5 3x4");
  CHECK(items_of(erase(kThree, {constant_scalar(1)})) == "1x5 3x4");
}

TEST_CASE("where the position is not known, every item may be the largest") {
  CHECK(items_of(insert(kThree, {kUnknown})) == "7x7? 7x7? 7x7? 7x7?");
  CHECK(items_of(erase(kThree, {kUnknown})) == "3x5? 3x5?");
  CHECK(items_of(insert(list({item({7, 7})}), {kUnknown})) == "7x7 7x7");  // they are alike
}

TEST_CASE("SequenceAt gives the item of a known position, else at most the largest") {
  CHECK(shape_of(at(kThree, constant_scalar(0))) == "1x5");
  CHECK(shape_of(at(kThree, constant_scalar(-1))) == "3x4");
  CHECK_FALSE(output(at(kThree, constant_scalar(2))).upper_bound);
  CHECK(shape_of(at(kThree, kUnknown)) == "3x5");
  CHECK(output(at(kThree, kUnknown)).upper_bound);
  CHECK_FALSE(output(at(list({item({2}), item({2})}), kUnknown)).upper_bound);
  const Given known = list({known_item({4, 5}), known_item({6, 7})});
  CHECK(known_integers(at(known, constant_scalar(1))) == Ints{6, 7});
  CHECK(known_integers(at(known, kUnknown)) == std::nullopt);
  CHECK(complaint(at(list({item({2}), item({2, 2})}), kUnknown)) ==
        "layer 'it' (SequenceAt): which of its items, that differ in dimensions, is not known; its "
        "shape is unknown and it is not counted");
}

TEST_CASE("the length of a sequence is known") {
  CHECK(known_integers({"SequenceLength", {kThree}}) == Ints{3});
  CHECK(shape_of({"SequenceLength", {list({})}}) == "scalar");
}

TEST_CASE("a tensor is split into single slices, with or without their dimension") {
  CHECK(items_of(split({2, 3})) == "1x3 1x3");
  CHECK(items_of(split({2, 3}, {}, {{"axis", -1}})) == "2x1 2x1 2x1");
  CHECK(items_of(split({2, 3}, {}, {{"keepdims", 0}})) == "3 3");
  CHECK(shape_of(split({0, 3})) == "0");
}

TEST_CASE("a tensor is split into chunks of one size, or into stated parts; keepdims is ignored") {
  const std::vector<Attribute> ignored{{"keepdims", 0}};
  CHECK(items_of(split({5, 3}, {constant_scalar(2)}, ignored)) == "2x3 2x3 1x3");
  CHECK(items_of(split({4, 3}, {constant_scalar(2)})) == "2x3 2x3");
  CHECK(items_of(split({5, 3}, {constant_scalar(6)})) == "5x3");
  CHECK(items_of(split({5, 3}, {constant_integers({4, 0, 1})}, ignored)) == "4x3 0x3 1x3");
  CHECK(items_of(split({5, 3}, {constant_integers({5})})) == "5x3");
}

TEST_CASE("known elements are split, too") {
  const OneLayer layer{"SplitToSequence", {constant_integers({8, 9})}, {{"keepdims", 0}}};
  REQUIRE(output(layer).items.size() == 2);
  CHECK(*output(layer).items[1].values->integers() == Ints{9});
}

TEST_CASE("a sequence of more than 1024 items knows only how many they are") {
  CHECK(output(split({1024})).items.size() == 1024);
  CHECK(output(split({1025})).items.empty());
  CHECK(shape_of(split({1025})) == "1025");
  CHECK(shape_of(split({1}, {constant_integers({1})})) == "1");
  Given longer = list({});
  longer.shape = Shape{1025};
  CHECK(known_integers({"SequenceLength", {longer}}) == Ints{1025});
  CHECK(complaint(at(longer, constant_scalar(0))) ==
        "layer 'it' (SequenceAt): the 1025 items of input 0 'x' are not known one by one; its "
        "shape is unknown and it is not counted");
}

TEST_CASE("items of more than 64 dimensions are only counted") {
  const auto items = [](const OneLayer& layer) { return output(layer).items.size(); };
  const Shape most(64, 1);
  const Shape more(65, 1);
  CHECK(items(split(most)) == 1);
  CHECK(items(split(more)) == 0);
  CHECK(shape_of(split(more)) == "1");
  CHECK(items(split(more, {constant_integers({1})})) == 0);
  CHECK(items({"SequenceConstruct", {data({1}), data(most)}}) == 2);
  CHECK(shape_of({"SequenceConstruct", {data({1}), data(more)}}) == "2");
  CHECK(items({"SequenceConstruct", {data({1}), data(more)}}) == 0);
  CHECK(items({"SequenceInsert", {kThree, data(more)}}) == 0);
  CHECK(shape_of({"SequenceInsert", {kThree, data(more)}}) == "4");
}

TEST_CASE("items are joined along an axis or stacked along a new one") {
  const Given two = list({item({1, 5}), item({2, 5})});
  CHECK(shape_of(concat(two, 0)) == "3x5");
  CHECK(shape_of(concat(two, -2)) == "3x5");
  const Given alike = list({item({2, 5}), item({2, 5}), item({2, 5})});
  CHECK(shape_of(concat(alike, 0, 1)) == "3x2x5");
  CHECK(shape_of(concat(alike, -1, 1)) == "2x5x3");
  const Given known = list({known_item({4, 5}), known_item({6})});
  CHECK(known_integers(concat(known, 0)) == Ints{4, 5, 6});
  TensorType bounded = item({2, 5});
  bounded.upper_bound = true;
  CHECK(output(concat(list({bounded}), 0)).upper_bound);
}

TEST_CASE("an optional holds its input, or nothing") {
  const OneLayer full{"Optional", {data({2, 3})}};
  CHECK(output(full).container == optional);
  CHECK(items_of(full) == "2x3");
  CHECK(state(full) == LayerState::view);
  CHECK(shape_of({"Optional", {}}) == "0");
  CHECK(output({"Optional", {kThree}}).items.front().items.size() == 3);
}

TEST_CASE("whether an optional has an element is known") {
  const std::pair<std::vector<Given>, std::int64_t> rows[] = {
      {{container_of(optional, {item({2})})}, 1},
      {{container_of(optional, {})}, 0},
      {{data({2})}, 1},
      {{kThree}, 1},
      {{}, 0},
      {{left_out()}, 0},
  };
  for (const auto& [inputs, expected] : rows) {
    const OneLayer layer{"OptionalHasElement", inputs, {}, 18};
    CHECK(known_integers(layer) == Ints{expected});
    CHECK(output(layer).element == ElementType::boolean);
  }
}

TEST_CASE("the element of an optional is what it holds; what is no optional is its own") {
  CHECK(shape_of({"OptionalGetElement", {container_of(optional, {item({2, 3})})}}) == "2x3");
  CHECK(shape_of({"OptionalGetElement", {data({4})}, {}, 18}) == "4");
  CHECK(items_of({"OptionalGetElement", {kThree}, {}, 18}) == "1x5 2x5 3x4");
}

TEST_CASE("Identity hands on sequences and optionals") {
  CHECK(items_of({"Identity", {kThree}}) == "1x5 2x5 3x4");
  CHECK(output({"Identity", {container_of(optional, {})}}).container == optional);
}

TEST_CASE("sequences that contradict their inputs say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {at(data({2}), kUnknown), "input 0 'x' is a tensor; a sequence was expected"},
      {at(list({}), constant_scalar(0)), "input 0 'x' is empty"},
      {at(kThree, constant_scalar(3)),
       "position 3 lies outside a sequence of 3 items; it may be -3 to 2"},
      {at(kThree, constant_integers({0, 1})),
       "input 1 'w' (2) (the position) must have one element"},
      {insert(kThree, {constant_scalar(-4)}),
       "position -4 lies outside a sequence of 3 items; it may be -3 to 3"},
      {insert(kThree, {constant_scalar(4)}),
       "position 4 lies outside a sequence of 3 items; it may be -3 to 3"},
      {erase(list({})), "input 0 'x' is empty"},
      {erase(kThree, {constant_scalar(3)}),
       "position 3 lies outside a sequence of 3 items; it may be -3 to 2"},
      {{"SequenceConstruct", {data({2}), kThree}},
       "input 1 'w' is a sequence; a tensor was expected"},
      {{"SequenceConstruct", {}}, "input 0 is required but left out"},
      {split({5}, {constant_scalar(0)}), "its parts have 0 elements"},
      {split({5}, {constant_integers({6, -1})}), "a part has -1 elements"},
      {split({5}, {constant_integers({4})}),
       "its parts add up to 4, the input has 5 along the axis"},
      {split({}), "axis 0 of a scalar: it has no dimensions"},
      {concat(kThree, 0), "cannot join items of 1x5 and 3x4 along axis 0"},
      {concat(list({item({2, 2}), item({2})}), 1), "cannot join items of 2x2 and 2 along axis 1"},
      {concat(kThree, 0, 1), "cannot stack items of 1x5 and 2x5"},
      {concat(list({item({2})}), 2, 1),
       "axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {{"OptionalGetElement", {container_of(optional, {})}}, "input 0 'x' is empty"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
