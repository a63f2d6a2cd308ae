// Graphs in attributes: what they capture, shadow and how deep they may lie.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/onnx/builder.hpp"
#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

using Names = std::vector<std::string>;

std::string branch(const Names& nodes, const std::string& output, const Names& inputs = {},
                   const Names& initializers = {}) {
  Names infos;
  for (const auto& input : inputs) infos.push_back(writer::value_info(input, {}));
  return writer::graph_bytes({.nodes = nodes,
                              .initializers = initializers,
                              .inputs = infos,
                              .outputs = {writer::value_info(output, {})},
                              .value_infos = {}});
}

std::string if_node(const std::string& then_branch, const std::string& else_branch,
                    const std::string& output = "y") {
  return writer::node("If", "if", {"c"}, {output}, "",
                      {writer::graph_attribute("then_branch", then_branch),
                       writer::graph_attribute("else_branch", else_branch)});
}

// Inputs x (2x3), z (5) and the condition c.
std::string model_of(const Names& nodes, const Names& outputs = {"y"}) {
  Names infos;
  for (const auto& output : outputs) infos.push_back(writer::value_info(output, {}));
  return writer::model({.nodes = nodes,
                        .initializers = {},
                        .inputs = {writer::value_info("x", {"2", "3"}),
                                   writer::value_info("z", {"5"}), writer::value_info("c", {}, 9)},
                        .outputs = infos,
                        .value_infos = {}});
}

// As the file has it: not inferred, graphs not yet in place.
Network built(const std::string& bytes) {
  ExternalFiles files("");
  return build(parse(bytes), {}, files);
}

Names names_of(const Network& network, const std::vector<TensorId>& ids) {
  Names names;
  for (const auto id : ids) names.push_back(network.tensor(id).name);
  return names;
}

const Subgraph& subgraph_of(const Layer& layer, std::size_t attribute) {
  return *std::get<std::shared_ptr<const Subgraph>>(layer.attributes.at(attribute).value);
}

std::string message(const std::string& bytes) {
  return testing::message_of([&] { return import_bytes(bytes, "net.onnx"); });
}

}  // namespace

TEST_CASE("a graph in an attribute captures the names that it does not define") {
  const auto network =
      built(model_of({writer::node("Relu", "before", {"x"}, {"h"}),
                      if_node(branch({writer::node("Add", "sum", {"h", "x"}, {"s"})}, "s"),
                              branch({writer::node("Neg", "neg", {"h"}, {"n"})}, "n"))}));
  const auto& layer = network.layers()[1];
  CHECK(names_of(network, layer.inputs) == Names{"c", "h", "x"});
  CHECK(layer.captured == 2);
  const auto& first = subgraph_of(layer, 0);
  CHECK(names_of(first.body, first.body.inputs()) == Names{"h", "x"});
  CHECK(first.captured == std::vector<std::size_t>{1, 2});
  const auto& second = subgraph_of(layer, 1);
  CHECK(names_of(second.body, second.body.inputs()) == Names{"h"});
  CHECK(second.captured == std::vector<std::size_t>{1});
}

TEST_CASE("what a graph captures is an input even where the node reads it itself") {
  const auto network = built(model_of({if_node(branch({}, "c"), branch({}, "x"))}));
  CHECK(names_of(network, network.layers()[0].inputs) == Names{"c", "c", "x"});
  CHECK(network.layers()[0].captured == 2);
}

TEST_CASE("a name that a graph makes itself hides the outer one") {
  const auto shadow = branch({writer::node("Relu", "inner", {"z"}, {"x"})}, "x");
  const auto network = built(model_of({if_node(shadow, shadow)}));
  CHECK(names_of(network, network.layers()[0].inputs) == Names{"c", "z"});
  CHECK(import_bytes(model_of({if_node(shadow, shadow)}), "net.onnx").tensors().size() > 0);
  const auto weight =
      branch({writer::node("Neg", "neg", {"x"}, {"n"})}, "n", {}, {writer::tensor("x", {7})});
  const auto inferred = import_bytes(model_of({if_node(weight, weight)}), "net.onnx");
  CHECK(inferred.tensor(inferred.outputs()[0]).shape == Shape{7});
}

TEST_CASE("a graph within a graph captures through all that lie around it") {
  const auto inner = branch({writer::node("Neg", "neg", {"x"}, {"n"})}, "n");
  const auto outer = branch({if_node(inner, inner, "o")}, "o");
  const auto network = built(model_of({if_node(outer, outer)}));
  CHECK(names_of(network, network.layers()[0].inputs) == Names{"c", "c", "x"});
  const auto inferred = import_bytes(model_of({if_node(outer, outer)}), "net.onnx");
  CHECK(inferred.tensor(inferred.outputs()[0]).shape == Shape{2, 3});
}

TEST_CASE("a name that nobody makes is named wherever it is read") {
  const auto bad = branch({writer::node("Neg", "neg", {"q"}, {"n"})}, "n");
  CHECK(message(model_of({if_node(bad, bad)})) ==
        "net.onnx: error: layer 'if' (If) reads tensor 'q', which no layer makes and which is "
        "neither a weight nor an input of the network");
}

TEST_CASE("a graph has names for its outputs") {
  const auto nameless = branch({writer::node("Neg", "neg", {"x"}, {"n"})}, "");
  CHECK(message(model_of({if_node(nameless, nameless)})) ==
        "net.onnx: error: has a graph with an output without a name");
  CHECK(message(model_of({writer::node("Neg", "neg", {"x"}, {"y"})}, {"y", ""})) ==
        "net.onnx: error: has a graph with an output without a name");
  CHECK(message(model_of({writer::node("Neg", "neg", {"x"}, {"y"})}, {"q"})) ==
        "net.onnx: error: output 'q' of the network is made by no layer");
}

// Ifs within each other, so that the innermost graph lies `depth` deep in the model's.
std::string nested(int depth) {
  auto inner = branch({writer::node("Neg", "neg", {"x"}, {"y"})}, "y");
  for (int i = 1; i < depth; ++i) {
    inner = branch({writer::node("If", "if", {"c"}, {"y"}, "",
                                 {writer::graph_attribute("then_branch", inner)})},
                   "y");
  }
  return model_of({writer::node("If", "if", {"c"}, {"y"}, "",
                                {writer::graph_attribute("then_branch", inner)})});
}

TEST_CASE("graphs may nest 32 deep, not 33") {
  CHECK(names_of(built(nested(32)), built(nested(32)).layers()[0].inputs) == Names{"c", "c", "x"});
  CHECK(message(nested(33)) == "net.onnx: error: has graphs nested more than 32 deep");
}

}  // namespace roofbeam::onnx
