#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

// 5 classes.
OneLayer loss(std::string op, std::string reduction, bool weighted = false) {
  OneLayer layer{std::move(op),
                 {data({3, 5, 2}), data({3, 2}, ElementType::i64)},
                 {{"reduction", std::move(reduction)}}};
  if (weighted) layer.inputs.push_back(weight({5}));
  return layer;
}

}  // namespace

TEST_CASE("a loss is one number, or one per target") {
  CHECK(shape_of(loss("NegativeLogLikelihoodLoss", "mean")) == "scalar");
  CHECK(shape_of(loss("NegativeLogLikelihoodLoss", "sum")) == "scalar");
  CHECK(shape_of(loss("NegativeLogLikelihoodLoss", "none")) == "3x2");
  OneLayer both = loss("SoftmaxCrossEntropyLoss", "none");
  both.outputs = 2;
  CHECK(shape_of(both, 0) == "3x2");
  CHECK(shape_of(both, 1) == "3x5x2");
}

TEST_CASE("a loss adds up its targets, a cross entropy takes a softmax first") {
  const Work mean = work(loss("NegativeLogLikelihoodLoss", "mean", true));
  CHECK(mean.ops(VectorOp::multiply) == 6);
  CHECK(mean.ops(VectorOp::add) == 12);
  CHECK(mean.ops(VectorOp::divide) == 1);
  const Work none = work(loss("NegativeLogLikelihoodLoss", "none"));
  CHECK(none.ops(VectorOp::add) == 0);
  CHECK(none.ops(VectorOp::divide) == 0);
  const Work entropy = work(loss("SoftmaxCrossEntropyLoss", "sum"));
  CHECK(entropy.ops(VectorOp::compare) == 30);
  CHECK(entropy.ops(VectorOp::add) == 90 + 6);
  CHECK(entropy.ops(VectorOp::exponential) == 30 + 6);
}

TEST_CASE("losses that contradict their inputs say so") {
  const auto with = [](std::size_t i, Given given) {
    OneLayer layer = loss("NegativeLogLikelihoodLoss", "mean", true);
    layer.inputs[i] = std::move(given);
    return layer;
  };
  const std::pair<OneLayer, std::string> rows[] = {
      {with(0, data({3})), "input 0 'x' (3) needs at least 2 dimensions"},
      {with(1, data({3, 5}, ElementType::i64)),
       "input 1 'w' (3x5) must be 3x2, because the scores (3x5x2) have their classes in dimension "
       "1"},
      {with(2, weight({2})), "input 2 'b' (2) must be 5, because there are 5 classes"},
      {loss("NegativeLogLikelihoodLoss", "max"),
       "reduction is 'max'; it must be mean, sum or none"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
