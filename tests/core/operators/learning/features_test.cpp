#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

using Texts = std::vector<std::string>;
using enum ElementType;

OneLayer learning(std::string op, std::vector<Given> inputs,
                  std::vector<Attribute> attributes = {}) {
  return {std::move(op), std::move(inputs), std::move(attributes), 3, 1, "ai.onnx.ml"};
}

Given map(std::int64_t count, ElementType element) {
  Given given = container_of(Container::map, {});
  given.shape = Shape{count};
  given.element = element;
  return given;
}

OneLayer zip_map(Shape x, Attribute labels) {
  return learning("ZipMap", {data(std::move(x))}, {std::move(labels)});
}

}  // namespace

TEST_CASE("features are chosen along the last dimension; a vector becomes one row") {
  const Given two = data({1, 2}, i64);
  CHECK(shape_of(learning("ArrayFeatureExtractor", {data({3, 4}), two})) == "3x2");
  CHECK(shape_of(learning("ArrayFeatureExtractor", {data({5, 3, 4}), two})) == "5x3x2");
  CHECK(shape_of(learning("ArrayFeatureExtractor", {data({4}, text), two})) == "1x2");
  CHECK(output(learning("ArrayFeatureExtractor", {data({4}, text), two})).element == text);
}

TEST_CASE("features are joined along the columns, as many of each as are stated") {
  const std::vector<Given> inputs{data({2, 3}, i64), data({2, 4}, i64)};
  CHECK(shape_of(learning("FeatureVectorizer", inputs)) == "2x7");
  CHECK(shape_of(learning("FeatureVectorizer", inputs, {{"inputdimensions", Ints{3, 1}}})) ==
        "2x4");
  CHECK(shape_of(learning("FeatureVectorizer", {data({3}), data({1, 4})})) == "1x7");
  CHECK(output(learning("FeatureVectorizer", inputs)).element == f32);
}

TEST_CASE("maps become one row") {
  const auto cast = [](std::vector<Attribute> attributes) {
    return learning("CastMap", {map(4, text)}, std::move(attributes));
  };
  CHECK(shape_of(cast({})) == "1x4");
  CHECK(output(cast({})).element == f32);
  CHECK(shape_of(cast({{"map_form", "SPARSE"}, {"max_map", 9}})) == "1x9");
  CHECK(output(cast({{"cast_to", "TO_INT64"}})).element == i64);
  CHECK(output(cast({{"cast_to", "TO_STRING"}})).element == text);
  const OneLayer vectorizer =
      learning("DictVectorizer", {map(4, i64)}, {{"string_vocabulary", Texts{"a", "c", "b"}}});
  CHECK(shape_of(vectorizer) == "1x3");
  CHECK(output(vectorizer).element == i64);
  CHECK(work(vectorizer).ops(VectorOp::compare) == 3);
}

TEST_CASE("ZipMap makes one map per row") {
  const Attribute labels{"classlabels_int64s", Ints{7, 8, 9}};
  const Tensor maps = output(zip_map({2, 3}, labels));
  CHECK(maps.container == Container::sequence);
  CHECK(to_text(*maps.shape) == "2");
  REQUIRE(maps.items.size() == 2);
  CHECK(maps.items[1].container == Container::map);
  CHECK(to_text(maps.items[1].shape) == "3");
  CHECK(shape_of(zip_map({3}, {"classlabels_strings", Texts{"a", "b", "c"}})) == "1");
  CHECK(shape_of(zip_map({1000000, 3}, labels)) == "1000000");
}

TEST_CASE("labels are mapped one by one") {
  CHECK(output(learning("CategoryMapper", {data({2, 3}, text)})).element == i64);
  CHECK(output(learning("CategoryMapper", {data({2, 3}, i64)})).element == text);
  const auto encoded = [](Attribute values, ElementType from = i64) {
    return output(learning("LabelEncoder", {data({5}, from)}, {std::move(values)})).element;
  };
  CHECK(encoded({"classes_strings", Texts{"a"}}, text) == i64);
  CHECK(encoded({"classes_strings", Texts{"a"}}) == text);
  CHECK(encoded({"values_strings", Texts{"a"}}) == text);
  CHECK(encoded({"values_int64s", Ints{1}}) == i64);
  CHECK(encoded({"values_floats", std::vector<double>{1}}) == f32);
  CHECK(encoded({"values_tensor", TensorType{i16, {3}, {}}}) == i16);
}

TEST_CASE("a category becomes a place in a new dimension") {
  const OneLayer layer =
      learning("OneHotEncoder", {data({2, 3}, i64)}, {{"cats_int64s", Ints{1, 2, 3, 4}}});
  CHECK(shape_of(layer) == "2x3x4");
  CHECK(output(layer).element == f32);
  CHECK(work(layer).ops(VectorOp::compare) == 6);
}

TEST_CASE("features are compared, imputed and scaled one by one") {
  CHECK(work(learning("Binarizer", {data({2, 3})})).ops(VectorOp::compare) == 6);
  CHECK(work(learning("Imputer", {data({2, 3})})).ops(VectorOp::compare) == 6);
  const OneLayer scaler = learning("Scaler", {data({2, 3}, i64)});
  CHECK(output(scaler).element == f32);
  CHECK(work(scaler).ops(VectorOp::add) == 6);
  CHECK(work(scaler).ops(VectorOp::multiply) == 6);
}

TEST_CASE("rows are normalised by their largest element, their sum or their length") {
  const auto counted = [](const char* norm) {
    return work(learning("Normalizer", {data({2, 3})}, {{"norm", norm}}));
  };
  for (const char* norm : {"MAX", "L1", "L2"}) CHECK(counted(norm).ops(VectorOp::divide) == 6);
  CHECK(counted("MAX").ops(VectorOp::compare) == 6);
  CHECK(counted("L1").ops(VectorOp::add) == 6);
  CHECK(counted("L2").ops(VectorOp::multiply) == 6);
  CHECK(counted("L2").ops(VectorOp::square_root) == 2);
}

TEST_CASE("features that contradict each other say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {learning("ArrayFeatureExtractor", {data({}), data({1}, i64)}),
       "input 0 'x' (scalar) must have a dimension"},
      {learning("FeatureVectorizer", {data({2, 3}), data({3, 3})}),
       "input 0 'x' (2x3) and input 1 'w' (3x3) must have as many rows"},
      {learning("FeatureVectorizer", {data({2, 3, 4})}),
       "input 0 'x' (2x3x4) must have 1 or 2 dimensions"},
      {learning("FeatureVectorizer", {data({2})}, {{"inputdimensions", Ints{-1}}}),
       "inputdimensions has the entry -1"},
      {learning("CastMap", {data({2})}), "input 0 'x' is a tensor; a map was expected"},
      {learning("CastMap", {map(2, f32)}, {{"cast_to", "INT"}}),
       "cast_to is 'INT'; it must be TO_FLOAT, TO_INT64 or TO_STRING"},
      {learning("CastMap", {map(2, f32)}, {{"map_form", "FULL"}}),
       "map_form is 'FULL'; it must be DENSE or SPARSE"},
      {learning("DictVectorizer", {map(2, f32)}), "it needs string_vocabulary or int64_vocabulary"},
      {zip_map({2, 3}, {"classlabels_int64s", Ints{1, 2}}),
       "2 class labels do not name the 3 columns of input 0 'x' (2x3)"},
      {learning("LabelEncoder", {data({2}, i64)}),
       "it needs values_tensor, values_strings, values_int64s or values_floats"},
      {learning("OneHotEncoder", {data({2}, i64)}), "it needs cats_strings or cats_int64s"},
      {learning("Normalizer", {data({2})}, {{"norm", "L3"}}),
       "norm is 'L3'; it must be MAX, L1 or L2"},
      {learning("Normalizer", {data({})}), "input 0 'x' (scalar) must have 1 or 2 dimensions"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (ai.onnx.ml." + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
