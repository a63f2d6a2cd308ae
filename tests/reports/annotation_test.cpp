#include "reports/annotation.hpp"

#include <doctest/doctest.h>

#include "tests/reports/sample.hpp"

using namespace roofbeam;

namespace {

// x -> Conv -> y -> Relu -> z -> Reshape -> w
Network chain() {
  std::vector<Tensor> tensors(4);
  const char* names[] = {"x", "y", "z", "w"};
  for (std::size_t i = 0; i < 4; ++i) tensors[i].name = names[i];
  std::vector<Layer> layers(3);
  const char* ops[] = {"Conv", "Relu", "Reshape"};
  for (int i = 0; i < 3; ++i) {
    auto& layer = layers[static_cast<std::size_t>(i)];
    layer.op = ops[i];
    layer.inputs = {i};
    layer.outputs = {i + 1};
    layer.state = i == 2 ? LayerState::view : LayerState::modelled;
  }
  return Network("chain", std::move(tensors), std::move(layers), {0}, {3});
}

}  // namespace

TEST_CASE("the leader has the figures, what is fused names it, a view costs nothing") {
  Prediction prediction = sample_prediction();
  prediction.layers.resize(1);
  prediction.layers[0].members = {0, 1};
  prediction.layers[0].latency_error = {0};
  const auto notes = node_notes(chain(), {prediction});
  const onnx::NodeNotes expected = {
      {"y",
       {{"roofbeam.board.latency", "1.00 ms (25.0 %), 80 % between 1.00 ms and 1.00 ms"},
        {"roofbeam.board.energy", "1.00 mJ"},
        {"roofbeam.board.bound", "compute"},
        {"roofbeam.board.kernel", "gemm fp32"}}},
      {"z", {{"roofbeam.board.part_of", "first"}}},
      {"w", {{"roofbeam.board.bound", "view"}}},
  };
  CHECK(notes == expected);
}

TEST_CASE("each platform adds its own") {
  Prediction one = sample_prediction();
  one.layers.resize(1);
  one.layers[0].members = {0};
  Prediction other = one;
  other.platform = "other";
  CHECK(node_notes(chain(), {one, other}).at("y").size() == 8);
}
