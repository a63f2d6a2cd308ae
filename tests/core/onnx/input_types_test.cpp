#include "core/onnx/input_types.hpp"

#include <doctest/doctest.h>

#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

using Numbers = std::map<std::string, std::int64_t>;
using Texts = std::vector<std::string>;

// `inputs` as they are, the first of them through `op` to y.
std::string model_of(const std::vector<std::string>& inputs, const std::string& op = "Relu",
                     const std::vector<std::string>& value_infos = {}) {
  return writer::model({.nodes = {writer::node(op, "it", {"x"}, {"y"})},
                        .initializers = {},
                        .inputs = inputs,
                        .outputs = {writer::typed("y", "")},
                        .value_infos = value_infos});
}

Network network_of(const std::string& bytes, const Numbers& dims = {}, bool keep = false) {
  return import_bytes(bytes, "net.onnx", {dims, {}, keep});
}

std::string message(const std::string& bytes, const Numbers& dims = {}, bool keep = false) {
  return testing::message_of([&] { return network_of(bytes, dims, keep); });
}

const Tensor& input(const Network& network) { return network.tensor(network.inputs().at(0)); }
const Tensor& output(const Network& network) { return network.tensor(network.outputs().at(0)); }

}  // namespace

TEST_CASE("dimensions of inputs are computed from the numbers given") {
  const auto bytes = model_of({writer::value_info("x", {"batch*2+1", "floor(h/2)", "Max(1, s0)"})});
  CHECK(output(network_of(bytes, {{"batch", 4}, {"h", 9}, {"s0", 0}})).shape == Shape{9, 4, 1});
}

TEST_CASE("names without a number are asked for once") {
  const auto bytes = model_of({writer::value_info("x", {"batch", "batch*seq", "batch-size", ""}),
                               writer::value_info("z", {"seq"})});
  CHECK(message(bytes) ==
        "net.onnx: error: has unknown dimensions: 'batch' (dimension 0 of input 'x'), 'batch*seq' "
        "(dimension 1 of input 'x'), 'batch-size' (dimension 2 of input 'x'), 'x.3' (dimension 3 "
        "of input 'x'), 'seq' (dimension 0 of input 'z'); give them with --dim batch=N --dim "
        "batch-size=N --dim seq=N --dim x.3=N");
  CHECK(message(bytes, {{"batch", 1}, {"batch-size", 1}, {"x.3", 1}}) ==
        "net.onnx: error: has unknown dimensions: 'batch*seq' (dimension 1 of input 'x'), 'seq' "
        "(dimension 0 of input 'z'); give it with --dim seq=N");
}

TEST_CASE("arithmetic that leaves no dimension is explained") {
  const auto bytes = model_of({writer::value_info("x", {"past - 2"})});
  CHECK(message(bytes, {{"past", 1}}) ==
        "net.onnx: error: the dimension 'past - 2' comes out as -1; it must be a whole number from "
        "0 to 2^53: check what --dim gives");
  CHECK(message(bytes, {{"past", 2}}) ==
        "net.onnx: error: dimension 0 of input 'x' is 0; it must be at least 1: give it with --dim "
        "past=N");
  CHECK(output(network_of(bytes, {{"past", 3}})).shape == Shape{1});
}

TEST_CASE("to look at a network, dimensions may stay unknown") {
  const auto bytes = model_of({writer::value_info("x", {"batch", "2*seq"})});
  const auto network = network_of(bytes, {}, true);
  CHECK(network.assumptions() ==
        Texts{"the network has unknown dimensions: 'batch' (dimension 0 of input 'x'), '2*seq' "
              "(dimension 1 of input 'x'); give them with --dim batch=N --dim seq=N"});
  CHECK(network.layers()[0].state == LayerState::not_shaped);
  CHECK_FALSE(input(network).shape.has_value());
  CHECK(output(network_of(bytes, {{"batch", 1}, {"seq", 3}}, true)).shape == Shape{1, 6});
  CHECK(message(bytes, {{"bach", 1}}, true) ==
        "net.onnx: error: --dim bach=1: no input has a dimension 'bach'; unknown ones are: batch, "
        "seq; did you mean 'batch'?");
  CHECK(output(network_of(model_of({writer::value_info("x", {"0", "2"})}), {}, true)).shape ==
        Shape{0, 2});
}

TEST_CASE("notes keep the dimensions that the file states as text") {
  const auto bytes =
      model_of({writer::value_info("x", {"batch", "3", "2*h", ""}), writer::value_info("z", {"4"})},
               "Relu", {writer::value_info("y", {"batch", "3", "2*h", "k"})});
  const auto network = network_of(bytes, {{"batch", 2}, {"h", 5}, {"x.3", 1}});
  const auto& symbols = network.notes().symbols;
  CHECK(symbols.size() == 2);
  CHECK(symbols.at(network.inputs()[0]) == Texts{"batch", "3", "2*h", "?"});
  CHECK(symbols.at(network.outputs()[0]) == Texts{"batch", "3", "2*h", "k"});
}

TEST_CASE("a value's stated names take the inputs' numbers") {
  const auto bytes = model_of({writer::value_info("x", {"n"})}, "Unheard",
                              {writer::value_info("y", {"2*n", "3"})});
  CHECK(output(network_of(bytes, {{"n", 4}})).shape == Shape{8, 3});
  const auto other =
      model_of({writer::value_info("x", {"4"})}, "Unheard", {writer::value_info("y", {"m"})});
  CHECK_FALSE(output(network_of(other)).shape.has_value());
}

TEST_CASE("what the file states of a value is a hint, whatever it comes out as") {
  const auto bytes =
      model_of({writer::value_info("x", {"n"})}, "Relu", {writer::value_info("y", {"n - 5"})});
  CHECK(output(network_of(bytes, {{"n", 4}})).shape == Shape{4});
}

TEST_CASE("a sequence holds one item unless its length is given") {
  const auto bytes =
      model_of({writer::typed("x", writer::sequence_type(writer::tensor_type({"n", "3"})))},
               "SequenceLength");
  const auto network = network_of(bytes, {{"n", 2}});
  CHECK(network.assumptions() == Texts{"input 'x' is a sequence of any length; 1 is used, --dim "
                                       "x.length=N says otherwise"});
  CHECK(input(network).container == Container::sequence);
  CHECK(input(network).shape == Shape{1});
  CHECK(input(network).items.at(0).shape == Shape{2, 3});
  const auto longer = network_of(bytes, {{"n", 2}, {"x.length", 4}});
  CHECK(longer.assumptions().empty());
  CHECK(input(longer).items.size() == 4);
  CHECK(network_of(bytes, {{"n", 2}, {"x.length", 4096}}).tensors().size() == 2);
  CHECK(message(bytes, {{"n", 2}, {"x.length", 4097}}) ==
        "net.onnx: error: the length of sequence 'x' is 4097; it must be 0 to 4096");
  CHECK(message(bytes) ==
        "net.onnx: error: has unknown dimensions: 'n' (dimension 0 of input 'x'); give it with "
        "--dim n=N");
}

TEST_CASE("an optional input is there") {
  const auto bytes =
      model_of({writer::typed("x", writer::optional_type(writer::tensor_type({"2", "3"})))},
               "OptionalGetElement");
  CHECK(input(network_of(bytes)).container == Container::optional);
  CHECK(output(network_of(bytes)).shape == Shape{2, 3});
}

TEST_CASE("an input without a shape is assumed to be nothing, and said so") {
  const auto network = network_of(model_of({writer::typed("x", writer::shapeless_type())}));
  CHECK(network.assumptions() ==
        Texts{"input 'x' states no shape: what reads it is not counted; export the model with one, "
              "or set it with onnx.tools.update_model_dims"});
  CHECK(input(network).element == ElementType::f32);
  CHECK(network.layers()[0].state == LayerState::not_shaped);
}

}  // namespace roofbeam::onnx
