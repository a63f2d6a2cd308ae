#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer einsum(std::string equation, const std::vector<Shape>& shapes) {
  OneLayer layer{"Einsum", {}, {{"equation", std::move(equation)}}};
  for (const Shape& shape : shapes) layer.inputs.push_back(data(shape));
  return layer;
}

}  // namespace

TEST_CASE("an einsum has the dimensions that its equation names") {
  struct Row {
    std::string equation;
    std::vector<Shape> shapes;
    std::string result;
  };
  const Row rows[] = {
      {"ij->ji", {{3, 4}}, "4x3"},
      {"ij->i", {{3, 4}}, "3"},
      {"...ii ->...i", {{3, 5, 5}}, "3x5"},
      {"bij, bjk -> bik", {{5, 2, 3}, {5, 3, 4}}, "5x2x4"},
      {"i,i", {{5}, {5}}, "scalar"},
      {"i,j->", {{5}, {4}}, "scalar"},
      {",i", {{}, {5}}, "5"},
      {"ba", {{3, 4}}, "4x3"},  // implicit: a, then b
      {"Ba", {{3, 4}}, "3x4"},  // capitals come first
      {"ij,jk", {{2, 3}, {3, 4}}, "2x4"},
      {"i...,...j", {{2, 7, 8}, {8, 3}}, "7x8x2x3"},
      {"...ij,...jk->...ik", {{6, 1, 2, 3}, {5, 3, 4}}, "6x5x2x4"},
      {"...i->i...", {{6, 5, 2}}, "2x6x5"},
      {"i...->...", {{6}}, "scalar"},
      {"ij,ij->ij", {{1, 4}, {3, 4}}, "3x4"},
      {"ij->ij", {{0, 4}}, "0x4"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.equation);
    CHECK(shape_of(einsum(row.equation, row.shapes)) == row.result);
  }
}

TEST_CASE("a pair of operands is a batch of matrix products") {
  const Work scores = work(einsum("bhid,bhjd->bhij", {{2, 3, 4, 5}, {2, 3, 6, 5}}));
  CHECK(scores.macs == 2 * 3 * 4 * 6 * 5);
  CHECK(scores.matrix.batch == 6);
  CHECK(scores.matrix.m == 4);
  CHECK(scores.matrix.n == 6);
  CHECK(scores.matrix.k == 5);
  CHECK(scores.ops(VectorOp::add) == 0);
}

TEST_CASE("three operands are joined from left to right; the matrix is the largest one") {
  const Work chain = work(einsum("ij,jk,kl->il", {{2, 3}, {3, 4}, {4, 5}}));
  CHECK(chain.macs == 2 * 3 * 4 + 2 * 4 * 5);
  CHECK(chain.matrix.m == 2);
  CHECK(chain.matrix.n == 5);
  CHECK(chain.matrix.k == 4);
}

TEST_CASE("without a label to sum over it multiplies, with a lone one it adds first") {
  const Work outer = work(einsum("i,j->ij", {{3}, {4}}));
  CHECK(outer.macs == 0);
  CHECK(outer.ops(VectorOp::multiply) == 12);
  const Work scaled = work(einsum("...ij,...ij->...ij", {{2, 3, 4}, {3, 1}}));
  CHECK(scaled.ops(VectorOp::multiply) == 24);
  const Work sum = work(einsum("ij->i", {{3, 4}}));
  CHECK(sum.ops(VectorOp::add) == 12);
  const Work lone = work(einsum("ij,kl->ik", {{2, 3}, {4, 5}}));
  CHECK(lone.ops(VectorOp::add) == 6 + 20);
  CHECK(lone.ops(VectorOp::multiply) == 8);
  const Work transposed = work(einsum("ij->ji", {{3, 4}}));
  CHECK(transposed.ops(VectorOp::add) == 0);
  CHECK(transposed.macs == 0);
}

TEST_CASE("equations that contradict their inputs say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {einsum("ij,jk->ik", {{2, 3}}), "its equation 'ij,jk->ik' has 2 terms, the layer 1 inputs"},
      {einsum("ij->i", {{2, 3, 4}}),
       "the term 'ij' of its equation has 2 labels, input 0 'x' (2x3x4) has 3 dimensions"},
      {einsum("...ij->i", {{2}}),
       "the term '...ij' of its equation has 2 labels, input 0 'x' (2) has 1 dimensions"},
      {einsum("ij,jk->ik", {{2, 3}, {4, 5}}),
       "label 'j' of its equation is 4 in input 1 'w' (4x5), but 3 before"},
      {einsum("...i,...i", {{2, 3}, {4, 3}}),
       "label '...' of its equation is 4 in input 1 'w' (4x3), but 2 before"},
      {einsum("ij->ik", {{2, 3}}),
       "the result 'ik' of its equation must name labels of the inputs, once"},
      {einsum("ij->ii", {{2, 3}}),
       "the result 'ii' of its equation must name labels of the inputs, once"},
      {einsum("i..j->i", {{2, 3}}),
       "the term 'i..j' of its equation may hold letters and one ellipsis (...) only"},
      {einsum("......->", {{}}),
       "the term '......' of its equation may hold letters and one ellipsis (...) only"},
      {einsum("i->j->i", {{2}}),
       "the term 'j->i' of its equation may hold letters and one ellipsis (...) only"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (Einsum): " + text);
  }
}

}  // namespace roofbeam
