#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

using Texts = std::vector<std::string>;
using Reals = std::vector<double>;

OneLayer learning(std::string op, Shape x, std::vector<Attribute> attributes,
                  std::size_t outputs = 1) {
  return {std::move(op), {data(std::move(x))}, std::move(attributes), 3, outputs, "ai.onnx.ml"};
}

OneLayer linear_classifier(std::size_t intercepts, Ints labels) {
  return learning("LinearClassifier", {5, 4},
                  {{"coefficients", Reals(intercepts * 4)},
                   {"intercepts", Reals(intercepts)},
                   {"classlabels_ints", std::move(labels)}},
                  2);
}

OneLayer svm_classifier(Ints labels, Ints vectors, std::vector<Attribute> more = {}) {
  OneLayer layer = learning(
      "SVMClassifier", {5, 4},
      {{"classlabels_ints", std::move(labels)}, {"vectors_per_class", std::move(vectors)}}, 2);
  layer.attributes.insert(layer.attributes.end(), more.begin(), more.end());
  return layer;
}

// Two trees of three nodes each: two leaves.
const Attribute kTwoTrees{"nodes_treeids", Ints{0, 0, 0, 7, 7, 7}};

}  // namespace

TEST_CASE("a linear classifier makes a label and a score per class for every row") {
  const OneLayer layer = linear_classifier(3, {1, 2, 3});
  CHECK(shape_of(layer, 0) == "5");
  CHECK(shape_of(layer, 1) == "5x3");
  CHECK(output(layer, 0).element == ElementType::i64);
  CHECK(output(layer, 1).element == ElementType::f32);
  CHECK(work(layer).macs == 5 * 3 * 4);
  CHECK(work(layer).ops(VectorOp::add) == 15);
  CHECK(work(layer).ops(VectorOp::compare) == 15);
}

TEST_CASE("one linear model tells two classes apart") {
  CHECK(shape_of(linear_classifier(1, {0, 1}), 1) == "5x2");
  CHECK(shape_of(linear_classifier(1, {1}), 1) == "5x1");
  CHECK(work(linear_classifier(1, {0, 1})).macs == 5 * 4);
}

TEST_CASE("without intercepts the coefficients say how many models there are") {
  const std::vector<Attribute> attributes{{"coefficients", Reals(12)},
                                          {"classlabels_strings", Texts{"a", "b", "c"}}};
  const OneLayer layer = learning("LinearClassifier", {5, 4}, attributes, 2);
  CHECK(shape_of(layer, 1) == "5x3");
  CHECK(output(layer, 0).element == ElementType::text);
  CHECK(work(layer).ops(VectorOp::add) == 0);
  CHECK(shape_of(learning("LinearClassifier", {4}, attributes, 2), 1) == "1x3");  // one row
}

TEST_CASE("a linear regressor has one score per target") {
  const OneLayer layer = learning("LinearRegressor", {5, 4}, {{"targets", 2}});
  CHECK(shape_of(layer) == "5x2");
  CHECK(work(layer).macs == 5 * 2 * 4);
  CHECK(work(layer).ops(VectorOp::compare) == 0);
  CHECK(shape_of(learning("LinearRegressor", {5, 4}, {})) == "5x1");
}

TEST_CASE("a post transform takes one exponential, one add and one divide per score") {
  const OneLayer layer =
      learning("LinearRegressor", {5, 4}, {{"targets", 2}, {"post_transform", "SOFTMAX"}});
  for (const auto op : {VectorOp::exponential, VectorOp::add, VectorOp::divide}) {
    CHECK(work(layer).ops(op) == 10);
  }
}

TEST_CASE("support vectors score pairs of classes, unless there are probabilities") {
  CHECK(shape_of(svm_classifier({1, 2, 3, 4}, {1, 1, 1, 1}), 1) == "5x6");
  CHECK(shape_of(svm_classifier({1, 2}, {2, 2}), 1) == "5x2");
  CHECK(shape_of(svm_classifier({1, 2, 3, 4}, {1, 1, 1, 1}, {{"prob_a", Reals(6)}}), 1) == "5x4");
  CHECK(shape_of(svm_classifier({1, 2, 3, 4}, {}), 1) == "5x4");  // linear
  CHECK(shape_of(svm_classifier({1, 2, 3, 4}, {}), 0) == "5");
}

TEST_CASE("every row meets every support vector, and every machine adds up what comes of it") {
  const Work linear = work(svm_classifier({1, 2, 3}, {}));
  CHECK(linear.macs == 5 * 3 * 4);
  CHECK(linear.ops(VectorOp::multiply) == 0);
  const Work counted = work(svm_classifier({1, 2, 3}, {2, 1, 4}, {{"kernel_type", "POLY"}}));
  CHECK(counted.macs == 5 * 7 * 4);
  CHECK(counted.ops(VectorOp::exponential) == 5 * 7);
  CHECK(counted.ops(VectorOp::multiply) == 5 * 7 * 2);  // 3 classes, 2 rows of coefficients
  CHECK(counted.ops(VectorOp::add) == 5 * 7 * 2);
  CHECK(counted.ops(VectorOp::compare) == 5 * 3);  // 3 pairs
}

TEST_CASE("a support vector regressor has one score per row") {
  const OneLayer layer =
      learning("SVMRegressor", {5, 4}, {{"n_supports", 7}, {"kernel_type", "RBF"}});
  CHECK(shape_of(layer) == "5x1");
  CHECK(work(layer).macs == 5 * 7 * 4);
  CHECK(work(layer).ops(VectorOp::add) == 5 * 7 * 4 + 5 * 7);
  CHECK(work(layer).ops(VectorOp::exponential) == 5 * 7);
  CHECK(work(learning("SVMRegressor", {5, 4}, {})).macs == 5 * 4);  // linear
}

TEST_CASE("a row walks every tree from its root to a leaf") {
  const OneLayer regressor =
      learning("TreeEnsembleRegressor", {5, 4}, {kTwoTrees, {"n_targets", 3}});
  CHECK(shape_of(regressor) == "5x3");
  CHECK(work(regressor).ops(VectorOp::compare) == 5 * 2 * 1);
  CHECK(work(regressor).ops(VectorOp::add) == 5 * 2);
  const OneLayer large = learning("TreeEnsembleRegressor", {5, 4}, {{"nodes_treeids", Ints(15)}});
  CHECK(work(large).ops(VectorOp::compare) == 5 * 3);  // one tree of 8 leaves
  CHECK(work(learning("TreeEnsembleRegressor", {5, 4}, {})).ops(VectorOp::compare) == 0);
}

TEST_CASE("a tree classifier chooses among as many classes as it has labels") {
  const OneLayer layer = learning("TreeEnsembleClassifier", {5, 4},
                                  {kTwoTrees, {"classlabels_int64s", Ints{1, 2, 3}}}, 2);
  CHECK(shape_of(layer, 0) == "5");
  CHECK(shape_of(layer, 1) == "5x3");
  CHECK(work(layer).ops(VectorOp::compare) == 5 * 2 + 5 * 3);
}

TEST_CASE("TreeEnsemble lists roots and leaves, and computes in its input's type") {
  OneLayer layer = learning("TreeEnsemble", {5, 4},
                            {{"tree_roots", Ints{0, 3}},
                             {"leaf_targetids", Ints(8)},
                             {"n_targets", 2},
                             {"post_transform", 1}});
  layer.inputs[0].element = ElementType::f64;
  CHECK(shape_of(layer) == "5x2");
  CHECK(output(layer).element == ElementType::f64);
  CHECK(work(layer).ops(VectorOp::compare) == 5 * 2 * 2);  // 4 leaves each
  CHECK(work(layer).ops(VectorOp::exponential) == 5 * 2);
}

TEST_CASE("models that contradict themselves say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {learning("LinearClassifier", {5, 4}, {{"coefficients", Reals(5)}}, 2),
       "5 coefficients do not divide into rows for the 4 columns of input 0 'x' (5x4)"},
      {learning("LinearClassifier", {5, 0}, {{"coefficients", Reals(5)}}, 2),
       "5 coefficients do not divide into rows for the 0 columns of input 0 'x' (5x0)"},
      {linear_classifier(1, {}), "it needs class labels"},
      {learning("LinearRegressor", {5, 4}, {{"targets", 0}}),
       "targets is 0; it must be at least 1"},
      {learning("LinearRegressor", {5, 4, 3}, {}),
       "input 0 'x' (5x4x3) must have 1 or 2 dimensions"},
      {svm_classifier({}, {1}), "it needs class labels"},
      {svm_classifier({1, 2}, {-1, 2}), "vectors_per_class has the entry -1"},
      {learning("SVMRegressor", {5, 4}, {{"n_supports", -1}}), "n_supports is -1"},
      {learning("TreeEnsembleClassifier", {5, 4}, {kTwoTrees}, 2), "it needs class labels"},
      {learning("TreeEnsemble", {5, 4}, {{"n_targets", -2}}),
       "n_targets is -2; it must be at least 1"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (ai.onnx.ml." + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
