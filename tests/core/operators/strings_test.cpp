#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

Given texts(Shape shape) { return data(std::move(shape), ElementType::text); }

OneLayer normalizer(Shape shape, std::vector<std::string> stopwords = {}) {
  return {"StringNormalizer", {texts(std::move(shape))}, {{"stopwords", std::move(stopwords)}}};
}

OneLayer tfidf(Shape shape, Ints indexes) {
  return {"TfIdfVectorizer",
          {data(std::move(shape), ElementType::i64)},
          {{"ngram_indexes", std::move(indexes)},
           {"min_gram_length", 2},
           {"max_gram_length", 3},
           {"max_skip_count", 4},
           {"mode", std::string("TF")}}};
}

}  // namespace

TEST_CASE("texts are joined and matched one by one") {
  const OneLayer concat{"StringConcat", {texts({2, 3}), texts({3})}};
  CHECK(shape_of(concat) == "2x3");
  CHECK(work(concat).ops(VectorOp::add) == 6);
  const OneLayer match{"RegexFullMatch", {texts({2, 3})}};
  CHECK(output(match).element == ElementType::boolean);
  CHECK(work(match).ops(VectorOp::compare) == 6);
}

TEST_CASE("a split makes at most one part more than it may split") {
  OneLayer split{"StringSplit", {texts({2, 3})}, {{"maxsplit", 4}}};
  split.outputs = 2;
  CHECK(shape_of(split, 0) == "2x3x5");
  CHECK(output(split, 0).upper_bound);
  CHECK(shape_of(split, 1) == "2x3");
  CHECK(output(split, 1).element == ElementType::i64);
  CHECK_FALSE(output(split, 1).upper_bound);
  CHECK(work(split).ops(VectorOp::compare) == 6);
  split.attributes = {};
  CHECK(complaint(split) ==
        "layer 'it' (StringSplit): input 0 'x' (the texts to split) is not known before the "
        "network runs; its shape is unknown and it is not counted");
  Network stated = network_of(split);
  stated.tensor(1).shape = Shape{2, 3, 7};
  stated.tensor(2).shape = Shape{2, 3};
  stated = infer(std::move(stated));
  CHECK(stated.layers().at(0).work.ops(VectorOp::compare) == 6);
  CHECK(
      stated.assumptions().front() ==
      "layer 'it' (StringSplit): input 0 'x' (the texts to split) is not known before the network "
      "runs; 2x3x7, 2x3 is used, as the file states");
}

TEST_CASE("stop words leave at most all texts and at least one") {
  CHECK(shape_of(normalizer({4})) == "4");
  CHECK_FALSE(output(normalizer({4})).upper_bound);
  CHECK(output(normalizer({4}, {"the"})).upper_bound);
  CHECK_FALSE(output(normalizer({1}, {"the"})).upper_bound);
  CHECK(shape_of(normalizer({0})) == "1");
  CHECK(shape_of(normalizer({1, 5}, {"the"})) == "1x5");
  CHECK(work(normalizer({4})).ops(VectorOp::compare) == 4);
}

TEST_CASE("n-grams are counted in as many places as the largest index says") {
  CHECK(shape_of(tfidf({12}, {0, 6, 2})) == "7");
  CHECK(shape_of(tfidf({3, 12}, {0, 6, 2})) == "3x7");
  CHECK(output(tfidf({12}, {0})).element == ElementType::f32);
  CHECK(work(tfidf({12}, {0})).ops(VectorOp::compare) == 12 * 2 * 5);
  CHECK(work(tfidf({12}, {0})).ops(VectorOp::multiply) == 0);
  OneLayer weighted = tfidf({12}, {0, 6, 2});
  weighted.attributes.back().value = std::string("IDF");
  CHECK(work(weighted).ops(VectorOp::multiply) == 7);
}

TEST_CASE("what is no text, or not of the right shape, says so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {{"StringConcat", {texts({2}), data({2})}}, "input 1 'w' (2) must be texts, not float32"},
      {{"RegexFullMatch", {data({2})}}, "input 0 'x' (2) must be texts, not float32"},
      {{"StringSplit", {data({2})}}, "input 0 'x' (2) must be texts, not float32"},
      {normalizer({2, 3}), "input 0 'x' (2x3) must be a vector or one row"},
      {tfidf({1, 2, 3}, {0}), "input 0 'x' (1x2x3) must have 1 or 2 dimensions"},
      {tfidf({3}, {}), "attribute 'ngram_indexes' is required and must not be empty"},
      {tfidf({3}, {1, -2}), "an index in ngram_indexes is -2"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
