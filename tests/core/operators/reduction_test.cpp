#include <doctest/doctest.h>

#include <array>
#include <limits>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

OneLayer reduce(std::string op, Given x, std::vector<Attribute> attributes = {}) {
  return {std::move(op), {std::move(x)}, std::move(attributes)};
}
OneLayer reduce_by_input(Given axes, std::vector<Attribute> attributes = {}) {
  return {"ReduceMean", {data({2, 3, 4}), std::move(axes)}, std::move(attributes), 18};
}

}  // namespace

TEST_CASE("a reduction drops or keeps its axes, stated by attribute or input") {
  struct Row {
    Ints axes;
    std::string kept;
    std::string dropped;
  };
  const Row rows[] = {
      {{0}, "1x3x4", "3x4"},   {{1}, "2x1x4", "2x4"},          {{-1}, "2x3x1", "2x3"},
      {{-3, 2}, "1x3x1", "3"}, {{0, 1, 2}, "1x1x1", "scalar"}, {{}, "1x1x1", "scalar"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.kept);
    const Attribute axes{"axes", row.axes};
    const Attribute drop{"keepdims", 0};
    const Given x = data({2, 3, 4});
    CHECK(shape_of(reduce("ReduceMean", x, {axes})) == row.kept);
    CHECK(shape_of(reduce("ReduceMean", x, {axes, drop})) == row.dropped);
    CHECK(shape_of(reduce_by_input(constant_integers(row.axes))) == row.kept);
    CHECK(shape_of(reduce_by_input(constant_integers(row.axes), {drop})) == row.dropped);
  }
}

TEST_CASE("without axes a reduction reduces everything, or nothing if it says so") {
  const Attribute nothing{"noop_with_empty_axes", 1};
  CHECK(shape_of(reduce_by_input(left_out())) == "1x1x1");
  CHECK(shape_of(reduce_by_input(left_out(), {nothing})) == "2x3x4");
  CHECK(shape_of(reduce_by_input(constant_integers({}), {nothing})) == "2x3x4");
  CHECK(shape_of(reduce_by_input(constant_integers({0}), {nothing})) == "1x3x4");
}

TEST_CASE("reductions count 24 inputs and 6 results") {
  struct Row {
    std::string op;
    std::array<double, kVectorOpKinds> ops;  // add, multiply, divide, compare, root, exponential
  };
  const Row rows[] = {
      {"ReduceL1", {24, 0, 0, 24, 0, 0}},    {"ReduceL2", {24, 24, 0, 0, 6, 0}},
      {"ReduceLogSum", {24, 0, 0, 0, 0, 6}}, {"ReduceLogSumExp", {24, 0, 0, 0, 0, 30}},
      {"ReduceMax", {0, 0, 0, 24, 0, 0}},    {"ReduceMean", {24, 6, 0, 0, 0, 0}},
      {"ReduceMin", {0, 0, 0, 24, 0, 0}},    {"ReduceProd", {0, 24, 0, 0, 0, 0}},
      {"ReduceSum", {24, 0, 0, 0, 0, 0}},    {"ReduceSumSquare", {24, 24, 0, 0, 0, 0}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.op);
    const Work counted = work(reduce(row.op, data({2, 3, 4}), {{"axes", Ints{2}}}));
    for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
      CAPTURE(kind);
      CHECK(counted.vector_ops[kind] == row.ops[kind]);
    }
  }
}

TEST_CASE("a vector of known integers is reduced to a known one") {
  const Given vector = constant_integers({2, -3, 4});
  CHECK(known_integers(reduce("ReduceProd", vector)) == Ints{-24});
  CHECK(known_integers(reduce("ReduceSum", vector)) == Ints{3});
  CHECK(known_integers(reduce("ReduceMin", vector)) == Ints{-3});
  CHECK(known_integers(reduce("ReduceMax", vector)) == Ints{4});
  CHECK(shape_of(reduce("ReduceProd", vector, {{"keepdims", 0}})) == "scalar");
  const auto sum = [](Given x) { return known_integers(reduce("ReduceSum", std::move(x))); };
  CHECK(sum(constant_integers({kMost - 1, 1})) == Ints{kMost});
  CHECK(sum(constant_integers({kMost, 1})) == std::nullopt);
  CHECK(sum(constant_tensor({2}, {100, 27}, ElementType::i8)) == Ints{127});
  CHECK(sum(constant_tensor({2}, {100, 28}, ElementType::i8)) == std::nullopt);
}

TEST_CASE("ArgMax and ArgMin give indices along one axis") {
  const auto arg = [](std::vector<Attribute> attributes) {
    return reduce("ArgMax", data({2, 3, 4}), std::move(attributes));
  };
  CHECK(shape_of(arg({})) == "1x3x4");
  CHECK(shape_of(arg({{"axis", -1}})) == "2x3x1");
  CHECK(shape_of(arg({{"axis", 1}, {"keepdims", 0}})) == "2x4");
  CHECK(output(arg({})).element == ElementType::i64);
  CHECK(work(arg({})).ops(VectorOp::compare) == 24);
  CHECK(work(reduce("ArgMin", data({2, 3, 4}))).ops(VectorOp::compare) == 24);
}

TEST_CASE("CumSum adds once per element along an axis that there is") {
  const auto cumulated = [](Given axis) { return OneLayer{"CumSum", {data({2, 3}), axis}}; };
  CHECK(shape_of(cumulated(constant_scalar(1))) == "2x3");
  CHECK(shape_of(cumulated(data({}, ElementType::i64))) == "2x3");
  CHECK(work(cumulated(constant_scalar(-2))).ops(VectorOp::add) == 6);
  CHECK(complaint(cumulated(constant_scalar(2))) ==
        "layer 'it' (CumSum): axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1");
  CHECK(complaint(cumulated(constant_integers({0, 1}))) ==
        "layer 'it' (CumSum): axis must have one element");
}

TEST_CASE("TopK keeps k values and their indices") {
  const auto top = [](std::int64_t k, std::vector<Attribute> attributes = {}) {
    return OneLayer{"TopK", {data({2, 8}), constant_integers({k})}, std::move(attributes), 11, 2};
  };
  CHECK(shape_of(top(3), 0) == "2x3");
  CHECK(shape_of(top(3), 1) == "2x3");
  CHECK(output(top(3), 1).element == ElementType::i64);
  CHECK(shape_of(top(2, {{"axis", 0}})) == "2x8");
  CHECK(shape_of({"TopK", {data({2, 8})}, {{"k", 3}}, 1, 2}) == "2x3");
  CHECK(work(top(1)).ops(VectorOp::compare) == 16);
  CHECK(work(top(8)).ops(VectorOp::compare) == 16 * 3);
  CHECK(shape_of(top(8)) == "2x8");
  CHECK(complaint(top(9)) == "layer 'it' (TopK): k is 9; dimension 1 of the input (2x8) has 8");
  CHECK(complaint(top(-1)) == "layer 'it' (TopK): k is -1; dimension 1 of the input (2x8) has 8");
  const OneLayer unknown{"TopK", {data({2, 8}), data({1}, ElementType::i64)}, {}, 24, 2};
  CHECK(shape_of(unknown, 1) == "2x8");
  CHECK(output(unknown, 1).upper_bound);
  CHECK(work(unknown).ops(VectorOp::compare) == 16 * 3);
  CHECK(complaint({"TopK", {data({2, 8})}, {}, 1, 2}) == "layer 'it' (TopK): it needs k");
}

TEST_CASE("a reduction over unknown axes is counted where the file states its shape") {
  Network network = network_of({"ReduceSum", {data({2, 8}), data({1}, ElementType::i64)}});
  network.tensor(2).shape = Shape{2, 1};
  network = infer(std::move(network));
  CHECK(network.layers().at(0).work.ops(VectorOp::add) == 16);
  CHECK(network.assumptions().front() ==
        "layer 'it' (ReduceSum): input 1 'w' (the axes) is not known before the network runs; 2x1 "
        "is used, as the file states");
}

TEST_CASE("a reduction that cannot be says why") {
  const std::pair<OneLayer, std::string> rows[] = {
      {reduce("ReduceMean", data({2, 3}), {{"axes", Ints{2}}}),
       "axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {reduce("ReduceMean", data({2, 3}), {{"axes", Ints{-3}}}),
       "axis -3 lies outside a tensor of 2 dimensions; it may be -2 to 1"},
      {reduce("ReduceMean", data({}), {{"axes", Ints{0}}}),
       "axis 0 of a scalar: it has no dimensions"},
      {reduce_by_input(data({1}, ElementType::i64)),
       "input 1 'w' (the axes) is not known before the network runs; its shape is unknown and it "
       "is not counted"},
      {{"ReduceMean", {}}, "input 0 is required but left out"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (ReduceMean): " + text);
  }
}

}  // namespace roofbeam
