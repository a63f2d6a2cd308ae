#include "core/operators/fold_quantization.hpp"

#include <doctest/doctest.h>

#include "core/onnx/import.hpp"
#include "core/operators/layer_bytes.hpp"
#include "core/operators/stored_precision.hpp"
#include "core/operators/totals.hpp"
#include "tests/core/onnx/model_writer.hpp"

namespace roofbeam {
namespace {

namespace writer = onnx::writer;

constexpr int kUint8 = 2;
constexpr int kInt8 = 3;
constexpr int kInt32 = 6;

std::string quantize(const std::string& from, const std::string& to) {
  return writer::node("QuantizeLinear", "Q_" + to, {from, "s", "z"}, {to});
}
std::string dequantize(const std::string& from, const std::string& to) {
  return writer::node("DequantizeLinear", "DQ_" + to, {from, "s", "z"}, {to});
}

// An 8x8 image of 4 channels, quantized; 4x4x3x3 int8 weights and an int32 bias, dequantized.
Network import_with(std::vector<std::string> nodes, const std::string& output,
                    int weight_type = kInt8) {
  writer::Graph graph;
  graph.nodes = {quantize("x", "xq"), dequantize("xq", "xd"),
                 writer::node("DequantizeLinear", "DQ_w", {"wq", "s"}, {"w"}),
                 writer::node("DequantizeLinear", "DQ_b", {"bq", "s"}, {"b"})};
  graph.nodes.insert(graph.nodes.end(), nodes.begin(), nodes.end());
  graph.initializers = {writer::tensor("s", {}), writer::tensor("z", {}, kUint8),
                        writer::tensor("wq", {4, 4, 3, 3}, weight_type),
                        writer::tensor("bq", {4}, kInt32)};
  graph.inputs = {writer::value_info("x", {"1", "4", "8", "8"})};
  graph.outputs = {writer::value_info(output, {})};
  return onnx::import_bytes(writer::model(graph), "quantized.onnx");
}

std::string conv(const std::string& from, const std::string& to) {
  return writer::node("Conv", "conv_" + to, {from, "w", "b"}, {to});
}

// "Q_xq conv_c DQ_y".
std::string names(const Network& network) {
  std::string text;
  for (const auto& layer : network.layers()) text += (text.empty() ? "" : " ") + layer.name;
  return text;
}

std::string precision(const Network& network, std::size_t layer) {
  return to_text(stored_precision(network, network.layers().at(layer)));
}

}  // namespace

TEST_CASE("a convolution between quantizations runs on integers, and takes over its output's") {
  const auto network =
      import_with({conv("xd", "c"), quantize("c", "cq"), dequantize("cq", "y")}, "y");
  CHECK(names(network) == "Q_xq conv_c DQ_y");
  CHECK(precision(network, 1) == "uint8, int8 weights");
  const auto& layer = network.layer(1);
  CHECK(network.tensor(layer.outputs[0]).element == ElementType::u8);
  // 4 x 6 x 6 results: a bias each, then divide, add and two compares for the quantization.
  CHECK(layer.work.ops(VectorOp::divide) == 144);
  CHECK(layer.work.ops(VectorOp::add) == 288);
  CHECK(layer.work.macs == 144 * 36);
  // 256 bytes of image, 144 of weights, 4 biases of 4 bytes; 144 bytes of result.
  CHECK(layer_bytes(network, layer).read == 256 + 144 + 16);
  CHECK(layer_bytes(network, layer).written == 144);
}

TEST_CASE("weights have their stored size, scales and zero points are no parameters") {
  const auto network =
      import_with({conv("xd", "c"), quantize("c", "cq"), dequantize("cq", "y")}, "y");
  CHECK(totals(network).parameters == 144 + 4);
}

TEST_CASE("four-bit weights take half a byte each") {
  constexpr int kInt4 = 22;
  const auto network = import_with({conv("xd", "y")}, "y", kInt4);
  CHECK(precision(network, 1) == "uint8, int4 weights");
  CHECK(layer_bytes(network, network.layer(1)).read == 256 + 72 + 16);
}

TEST_CASE(
    "an activation function between the convolution and its quantization makes the integers") {
  const auto network = import_with({conv("xd", "c"), writer::node("Relu", "relu", {"c"}, {"r"}),
                                    quantize("r", "rq"), dequantize("rq", "y")},
                                   "y");
  CHECK(names(network) == "Q_xq conv_c relu DQ_y");
  CHECK(precision(network, 2) == "uint8");
}

TEST_CASE("a product without a quantized output still runs on integers") {
  const auto network = import_with({conv("xd", "y")}, "y");
  CHECK(names(network) == "Q_xq conv_y");
  CHECK(precision(network, 1) == "uint8, int8 weights");
  CHECK(network.tensor(network.layer(1).outputs[0]).element == ElementType::f32);
}

TEST_CASE("an addition runs on integers only between quantizations") {
  const auto integers = import_with(
      {writer::node("Add", "add", {"xd", "xd"}, {"a"}), quantize("a", "aq"), dequantize("aq", "y")},
      "y");
  CHECK(names(integers) == "Q_xq add DQ_y");
  CHECK(precision(integers, 1) == "uint8");
  const auto reals = import_with({writer::node("Add", "add", {"xd", "xd"}, {"y"})}, "y");
  CHECK(names(reals) == "Q_xq DQ_xd add");
  CHECK(precision(reals, 2) == "float32");
}

TEST_CASE("one activation that was not quantized keeps a layer real") {
  const auto network = import_with(
      {writer::node("Add", "add", {"xd", "x"}, {"a"}), quantize("a", "aq"), dequantize("aq", "y")},
      "y");
  CHECK(names(network) == "Q_xq DQ_xd add Q_aq DQ_y");
  CHECK(precision(network, 2) == "float32");
}

TEST_CASE("an output that somebody else reads too is not folded") {
  const auto network = import_with({conv("xd", "c"), quantize("c", "cq"), dequantize("cq", "d"),
                                    writer::node("Add", "add", {"c", "d"}, {"y"})},
                                   "y");
  CHECK(names(network) == "Q_xq conv_c Q_cq DQ_d add");
}

TEST_CASE("a view of what was dequantized is a view of the integers") {
  const auto network =
      import_with({writer::node("Identity", "same", {"xd"}, {"i"}), conv("i", "y")}, "y");
  CHECK(names(network) == "Q_xq same conv_y");
  CHECK(precision(network, 2) == "uint8, int8 weights");
}

TEST_CASE("integer weights of a real convolution stay integers") {
  const auto network = import_with({conv("x", "y")}, "y");
  CHECK(names(network) == "Q_xq conv_y");  // nobody reads what was dequantized of the input
  CHECK(precision(network, 1) == "float32, int8 weights");
}

TEST_CASE("a network without quantization stays as it is") {
  const auto network =
      onnx::import_bytes(writer::model({.nodes = {writer::node("Relu", "relu", {"x"}, {"y"})},
                                        .initializers = {},
                                        .inputs = {writer::value_info("x", {"2"})},
                                        .outputs = {writer::value_info("y", {"2"})},
                                        .value_infos = {}}),
                         "plain.onnx");
  CHECK(names(network) == "relu");
}

}  // namespace roofbeam
