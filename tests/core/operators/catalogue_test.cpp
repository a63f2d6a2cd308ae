#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>

#include "core/operators/operator.hpp"

namespace roofbeam {

TEST_CASE("every row has a shape rule and a sentence, and work unless it is a view") {
  for (const Operator& row : catalogue()) {
    CAPTURE(row.name);
    CHECK(static_cast<bool>(row.shape));
    CHECK(row.sentence.ends_with('.'));
    CHECK((row.work == nullptr) == (row.cost == Cost::view));
  }
}

TEST_CASE("rows are sorted by domain and name, without repetition") {
  const auto rows = catalogue();
  const auto not_before = [](const Operator& a, const Operator& b) {
    return std::tie(a.domain, a.name) >= std::tie(b.domain, b.name);
  };
  const auto wrong = std::ranges::adjacent_find(rows, not_before);
  CHECK((wrong == rows.end() ? "" : wrong->name) == "");
}

TEST_CASE("every row is found by its domain and name, and nothing else is") {
  for (const Operator& row : catalogue()) CHECK(find_operator(row.domain, row.name) == &row);
  CHECK(find_operator("", "Con") == nullptr);
  CHECK(find_operator("", "Convolve") == nullptr);
  CHECK(find_operator("com.example", "Conv") == nullptr);
  CHECK(find_operator("", "") == nullptr);
}

TEST_CASE("CNNs and transformer encoders are in the catalogue") {
  for (const std::string_view name : {"Conv",
                                      "ConvTranspose",
                                      "Gemm",
                                      "MatMul",
                                      "BatchNormalization",
                                      "LayerNormalization",
                                      "MaxPool",
                                      "AveragePool",
                                      "GlobalAveragePool",
                                      "GlobalMaxPool",
                                      "Relu",
                                      "LeakyRelu",
                                      "Clip",
                                      "Sigmoid",
                                      "HardSigmoid",
                                      "HardSwish",
                                      "Tanh",
                                      "Erf",
                                      "Gelu",
                                      "Softmax",
                                      "Add",
                                      "Sub",
                                      "Mul",
                                      "Div",
                                      "Pow",
                                      "Sqrt",
                                      "Concat",
                                      "Split",
                                      "Slice",
                                      "Reshape",
                                      "Flatten",
                                      "Transpose",
                                      "Squeeze",
                                      "Unsqueeze",
                                      "Expand",
                                      "Gather",
                                      "Pad",
                                      "Resize",
                                      "ReduceMean",
                                      "ReduceSum",
                                      "ReduceMax",
                                      "Constant",
                                      "ConstantOfShape",
                                      "Shape",
                                      "Cast",
                                      "Identity",
                                      "Dropout",
                                      "LRN"}) {
    CAPTURE(name);
    CHECK(find_operator("", name) != nullptr);
  }
}

}  // namespace roofbeam
