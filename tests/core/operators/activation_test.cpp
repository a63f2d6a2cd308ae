#include <doctest/doctest.h>

#include <array>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {

TEST_CASE("an activation does the same for each of 24 elements") {
  struct Row {
    std::string op;
    std::array<double, kVectorOpKinds> each;  // add, multiply, divide, compare, root, exponential
  };
  const Row rows[] = {
      {"Celu", {1, 1, 0, 1, 0, 1}},
      {"Clip", {0, 0, 0, 2, 0, 0}},
      {"Elu", {1, 1, 0, 1, 0, 1}},
      {"Erf", {0, 0, 0, 0, 0, 1}},
      {"Gelu", {1, 3, 0, 0, 0, 1}},
      {"HardSigmoid", {1, 1, 0, 2, 0, 0}},
      {"HardSwish", {1, 2, 0, 2, 0, 0}},
      {"LeakyRelu", {0, 1, 0, 1, 0, 0}},
      {"Mish", {1, 1, 0, 0, 0, 3}},
      {"Relu", {0, 0, 0, 1, 0, 0}},
      {"Selu", {1, 2, 0, 1, 0, 1}},
      {"Sigmoid", {1, 0, 1, 0, 0, 1}},
      {"Softplus", {1, 0, 0, 0, 0, 2}},
      {"Softsign", {1, 0, 1, 1, 0, 0}},
      {"Swish", {1, 1, 1, 0, 0, 1}},
      {"Tanh", {0, 0, 0, 0, 0, 1}},
      {"ThresholdedRelu", {0, 0, 0, 1, 0, 0}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.op);
    const OneLayer layer{row.op, {data({2, 3, 4}, ElementType::f16)}};
    CHECK(shape_of(layer) == "2x3x4");
    CHECK(output(layer).element == ElementType::f16);
    for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
      CAPTURE(kind);
      CHECK(work(layer).vector_ops[kind] == 24 * row.each[kind]);
    }
  }
}

TEST_CASE("Swish multiplies once more if alpha is not 1") {
  OneLayer layer{"Swish", {data({2, 3})}, {{"alpha", 1.0}}};
  CHECK(work(layer).ops(VectorOp::multiply) == 6);
  layer.attributes = {{"alpha", 0.5}};
  CHECK(work(layer).ops(VectorOp::multiply) == 12);
}

TEST_CASE("PRelu's slopes are parameters and broadcast to its input") {
  const auto prelu = [](Shape slopes) {
    return OneLayer{"PRelu", {data({1, 8, 4, 4}), weight(std::move(slopes))}};
  };
  CHECK(work(prelu({8, 1, 1})).ops(VectorOp::compare) == 128);
  CHECK(work(prelu({8, 1, 1})).ops(VectorOp::multiply) == 128);
  CHECK(totals(infer_one(prelu({8, 1, 1}))).parameters == 8);
  CHECK(complaint(prelu({8})) ==
        "layer 'it' (PRelu): input 1 'w' (8) does not broadcast to 1x8x4x4");
  CHECK(complaint(prelu({2, 8, 1, 1})) ==
        "layer 'it' (PRelu): input 1 'w' (2x8x1x1) does not broadcast to 1x8x4x4");
  CHECK(complaint({"PRelu", {data({2})}}) ==
        "layer 'it' (PRelu): input 1 is required but left out");
}

TEST_CASE("Clip's limits are inputs from opset 11 on, and no parameters in either form") {
  const OneLayer attributes{"Clip", {data({4})}, {{"min", 0.0}, {"max", 6.0}}, 6};
  const OneLayer inputs{"Clip", {data({4}), constant_reals({0}), constant_reals({6})}};
  const OneLayer only_largest{"Clip", {data({4}), left_out(), constant_reals({6})}};
  for (const OneLayer& clip : {attributes, inputs, only_largest}) {
    CHECK(shape_of(clip) == "4");
    CHECK(work(clip).ops(VectorOp::compare) == 8);
    CHECK(totals(infer_one(clip)).parameters == 0);
  }
}

TEST_CASE("known integers are clipped by known limits") {
  const Given x = constant_integers({-3, 2, 9});
  CHECK(known_integers({"Clip", {x, constant_scalar(0), constant_scalar(5)}}) == Ints{0, 2, 5});
  CHECK(known_integers({"Clip", {x, left_out(), constant_scalar(5)}}) == Ints{-3, 2, 5});
  CHECK(known_integers({"Clip", {x, constant_scalar(0)}}) == Ints{0, 2, 9});
  CHECK(known_integers({"Clip", {x, constant_scalar(5), constant_scalar(4)}}) == Ints{4, 4, 4});
  CHECK(known_integers({"Clip", {x, data({}, ElementType::i64)}}) == std::nullopt);
  CHECK(known_integers({"Relu", {x}}) == Ints{0, 2, 9});
}

TEST_CASE("Dropout hands on what is known unless it is in training mode") {
  const auto dropout = [](std::vector<Given> training) {
    OneLayer layer{"Dropout", {constant_integers({7}), left_out()}};
    layer.inputs.insert(layer.inputs.end(), training.begin(), training.end());
    return known_integers(layer);
  };
  const auto flag = [](std::int64_t value) {
    return constant_tensor({}, {value}, ElementType::boolean);
  };
  CHECK(dropout({}) == Ints{7});
  CHECK(dropout({flag(0)}) == Ints{7});
  CHECK(dropout({flag(1)}) == std::nullopt);
  CHECK(dropout({data({}, ElementType::boolean)}) == std::nullopt);
}

TEST_CASE("Dropout is a view, and its mask is boolean") {
  OneLayer dropout{"Dropout", {data({2, 3}), constant_reals({0.5})}};
  dropout.outputs = 2;
  CHECK(state(dropout) == LayerState::view);
  CHECK(output(dropout, 0).element == ElementType::f32);
  CHECK(output(dropout, 1).element == ElementType::boolean);
  CHECK(shape_of(dropout, 1) == "2x3");
  CHECK(totals(infer_one(dropout)).parameters == 0);
  dropout.opset = 9;
  CHECK(output(dropout, 1).element == ElementType::f32);
}

}  // namespace roofbeam
