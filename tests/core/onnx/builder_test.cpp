// Functions and graphs within a model, written by hand.
#include "core/onnx/builder.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/operators/totals.hpp"
#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

using Names = std::vector<std::string>;

// Relu, as one node of a function or a graph.
std::string relu(const std::string& name, const std::string& from, const std::string& to) {
  return writer::node("Relu", name, {from}, {to});
}

// A node of the domain that the functions of these tests are in.
std::string call(const std::string& function, const std::string& name, const Names& inputs,
                 const Names& outputs, const Names& attributes = {},
                 const std::string& overload = "") {
  return writer::node(function, name, inputs, outputs, "local", attributes, overload);
}

// x (2x3) goes through the nodes to y.
std::string model_of(const Names& nodes, const std::vector<writer::Function>& functions,
                     std::int64_t opset = 17) {
  return writer::model({.nodes = nodes,
                        .initializers = {writer::tensor("w", {3, 4})},
                        .inputs = {writer::value_info("x", {"2", "3"})},
                        .outputs = {writer::value_info("y", {})},
                        .value_infos = {}},
                       opset, functions);
}

Network network_of(const std::string& bytes) { return import_bytes(bytes, "net.onnx"); }

std::string message(const std::string& bytes) {
  return testing::message_of([&] { return import_bytes(bytes, "net.onnx"); });
}

Names layers_of(const Network& network) {
  Names names;
  for (const auto& layer : network.layers()) names.push_back(layer.name);
  return names;
}

Shape output_shape(const Network& network) {
  return network.tensor(network.outputs().at(0)).shape.value();
}

}  // namespace

TEST_CASE("a function's layers stand where it is called, under the call's name") {
  const writer::Function block{
      "Block",
      {"a", "b"},
      {"r"},
      {writer::node("MatMul", "product", {"a", "b"}, {"p"}), relu("act", "p", "r")}};
  const auto network = network_of(model_of({call("Block", "one", {"x", "w"}, {"y"})}, {block}));
  CHECK(layers_of(network) == Names{"one/product", "one/act"});
  CHECK(network.tensor(network.layers()[0].outputs[0]).name == "one/p");
  CHECK(network.tensor(network.outputs()[0]).name == "y");
  CHECK(output_shape(network) == Shape{2, 4});
  CHECK(totals(network).macs == 2 * 3 * 4);
  CHECK(totals(network).parameters == 12);
}

TEST_CASE("nodes without a name are numbered") {
  const writer::Function block{"Block", {"a"}, {"r"}, {relu("", "a", "p"), relu("", "p", "r")}};
  const auto network = network_of(model_of({call("Block", "", {"x"}, {"y"})}, {block}));
  CHECK(layers_of(network) == Names{"Block_0/Relu_0", "Block_0/Relu_1"});
}

TEST_CASE("a function may call another one") {
  const writer::Function inner{"Inner", {"a"}, {"r"}, {relu("act", "a", "r")}};
  const writer::Function outer{
      "Outer",
      {"a"},
      {"r"},
      {call("Inner", "first", {"a"}, {"p"}), call("Inner", "second", {"p"}, {"r"})}};
  const auto network = network_of(model_of({call("Outer", "it", {"x"}, {"y"})}, {inner, outer}));
  CHECK(layers_of(network) == Names{"it/first/act", "it/second/act"});
}

TEST_CASE("an attribute by reference is the call's, or else the default") {
  const writer::Function rows{
      "Rows",
      {"a"},
      {"r"},
      {writer::node("Flatten", "flat", {"a"}, {"r"}, "", {writer::reference("axis", "from")})},
      {writer::attribute("from", 0)}};
  const auto shape = [&](const Names& attributes) {
    return output_shape(
        network_of(model_of({call("Rows", "it", {"x"}, {"y"}, attributes)}, {rows})));
  };
  CHECK(shape({writer::attribute("from", 2)}) == Shape{6, 1});
  CHECK(shape({}) == Shape{1, 6});
}

TEST_CASE("an attribute by reference to nothing is left out") {
  const writer::Function rows{
      "Rows",
      {"a"},
      {"r"},
      {writer::node("Flatten", "flat", {"a"}, {"r"}, "", {writer::reference("axis", "from")})}};
  const auto network = network_of(model_of({call("Rows", "it", {"x"}, {"y"})}, {rows}));
  CHECK(output_shape(network) == Shape{2, 3});  // Flatten's own default is axis 1
}

TEST_CASE("a reference in a graph within a function is the call's attribute too") {
  const auto branch =
      writer::graph_bytes({.nodes = {writer::node("Flatten", "flat", {"a"}, {"b"}, "",
                                                  {writer::reference("axis", "from")})},
                           .initializers = {},
                           .inputs = {},
                           .outputs = {writer::value_info("b", {})},
                           .value_infos = {}});
  const writer::Function rows{"Rows",
                              {"a", "which"},
                              {"r"},
                              {writer::node("If", "if", {"which"}, {"r"}, "",
                                            {writer::graph_attribute("then_branch", branch),
                                             writer::graph_attribute("else_branch", branch)})}};
  const auto bytes = writer::model(
      {.nodes = {call("Rows", "it", {"x", "c"}, {"y"}, {writer::attribute("from", 2)})},
       .initializers = {},
       .inputs = {writer::value_info("x", {"2", "3"}), writer::value_info("c", {}, 9)},
       .outputs = {writer::value_info("y", {})},
       .value_infos = {}},
      17, {rows});
  CHECK(output_shape(network_of(bytes)) == Shape{6, 1});
}

TEST_CASE("optional inputs that a call leaves out are left out within") {
  const writer::Function limit{"Limit",
                               {"a", "least", "most"},
                               {"r"},
                               {writer::node("Clip", "clip", {"a", "least", "most"}, {"r"})}};
  for (const auto& inputs : {Names{"x"}, Names{"x", "", ""}}) {
    const auto network = network_of(model_of({call("Limit", "it", inputs, {"y"})}, {limit}));
    CHECK(network.layers()[0].inputs ==
          std::vector<TensorId>{network.inputs()[0], kNoTensor, kNoTensor});
  }
}

TEST_CASE("outputs that a call leaves out are made all the same") {
  const writer::Function both{
      "Both", {"a"}, {"r", "s"}, {relu("one", "a", "r"), writer::node("Neg", "two", {"a"}, {"s"})}};
  CHECK(layers_of(network_of(model_of({call("Both", "it", {"x"}, {"y"})}, {both}))) ==
        Names{"it/one", "it/two"});
  CHECK(layers_of(network_of(model_of({call("Both", "it", {"x"}, {"", "y"})}, {both}))) ==
        Names{"it/one", "it/two"});
}

TEST_CASE("an output of a function that is an input, or that stands there twice, is handed on") {
  const writer::Function same{"Same", {"a"}, {"a"}, {}};
  const auto network = network_of(model_of({call("Same", "it", {"x"}, {"y"})}, {same}));
  CHECK(layers_of(network) == Names{"it/Identity_0"});
  CHECK(output_shape(network) == Shape{2, 3});
  const writer::Function twice{"Twice", {"a"}, {"r", "r"}, {relu("act", "a", "r")}};
  const auto sum = network_of(model_of(
      {call("Twice", "it", {"x"}, {"p", "q"}), writer::node("Add", "add", {"p", "q"}, {"y"})},
      {twice}));
  CHECK(layers_of(sum) == Names{"it/act", "it/Identity_1", "add"});
}

TEST_CASE("functions of one name are told apart by their overload") {
  const writer::Function one{"Act", {"a"}, {"r"}, {relu("relu", "a", "r")}};
  writer::Function other{"Act", {"a"}, {"r"}, {writer::node("Neg", "neg", {"a"}, {"r"})}};
  other.overload = "negative";
  const auto named = [&](const std::string& overload) {
    return layers_of(
        network_of(model_of({call("Act", "it", {"x"}, {"y"}, {}, overload)}, {one, other})));
  };
  CHECK(named("") == Names{"it/relu"});
  CHECK(named("negative") == Names{"it/neg"});
  CHECK(named("unheard of") == Names{"it"});  // a layer that is not modelled
}

TEST_CASE("a function has its own versions of operators, or else the model's") {
  writer::Function soft{"Soft", {"a"}, {"r"}, {writer::node("Softmax", "it", {"a"}, {"r"})}};
  const auto bytes = [&] { return model_of({call("Soft", "call", {"x"}, {"y"})}, {soft}, 12); };
  CHECK(network_of(bytes()).layers()[0].opset == 12);
  soft.opsets = {{"other", 3}, {"", 13}};
  CHECK(network_of(bytes()).layers()[0].opset == 13);
}

TEST_CASE("a function named like an operator of the catalogue is ignored") {
  writer::Function own{"Relu", {"a"}, {"r"}, {writer::node("Exp", "exp", {"a"}, {"r"})}};
  for (const std::string domain : {"", "ai.onnx"}) {
    own.domain = domain;
    CHECK(layers_of(network_of(model_of({relu("act", "x", "y")}, {own}))) == Names{"act"});
  }
}

TEST_CASE("shapes that a function states are those of the call's tensors") {
  writer::Function twist{
      "Twist", {"a"}, {"r"}, {call("Unknown", "odd", {"a"}, {"p"}), relu("act", "p", "r")}};
  twist.value_infos = {writer::value_info("p", {"5", "7"})};
  CHECK(output_shape(network_of(model_of({call("Twist", "it", {"x"}, {"y"})}, {twist}))) ==
        Shape{5, 7});
}

TEST_CASE("a function that calls itself is an error") {
  const writer::Function own{"Own", {"a"}, {"r"}, {call("Own", "again", {"a"}, {"r"})}};
  CHECK(message(model_of({call("Own", "it", {"x"}, {"y"})}, {own})) ==
        "net.onnx: error: has functions and graphs nested more than 64 deep; does a function call "
        "itself?");
}

// One calls the next `calls` times, the last one holds as many Relus.
std::vector<writer::Function> tower(int floors, int calls) {
  std::vector<writer::Function> functions;
  for (int floor = 0; floor < floors; ++floor) {
    writer::Function function{fmt::format("F{}", floor), {"t0"}, {fmt::format("t{}", calls)}, {}};
    for (int i = 0; i < calls; ++i) {
      const auto from = fmt::format("t{}", i);
      const auto to = fmt::format("t{}", i + 1);
      function.nodes.push_back(floor + 1 == floors
                                   ? relu(from, from, to)
                                   : call(fmt::format("F{}", floor + 1), from, {from}, {to}));
    }
    functions.push_back(std::move(function));
  }
  return functions;
}

TEST_CASE("functions may lie 64 deep, not 65") {
  const auto deep = [](int floors) {
    return model_of({call("F0", "it", {"x"}, {"y"})}, tower(floors, 1));
  };
  CHECK(network_of(deep(64)).layers().size() == 1);
  CHECK(message(deep(65)) ==
        "net.onnx: error: has functions and graphs nested more than 64 deep; does a function call "
        "itself?");
}

TEST_CASE("functions that double until no memory could hold them are an error") {
  const auto doubling = [](int floors) {
    return model_of({call("F0", "it", {"x"}, {"y"})}, tower(floors, 2));
  };
  CHECK(network_of(doubling(10)).layers().size() == 1024);
  CHECK(message(doubling(40)) == "net.onnx: error: its functions make more than 250000 layers");
}

TEST_CASE("functions may not multiply what belongs to layers either") {
  const std::string most =
      "net.onnx: error: its functions make layers of more than 5000000 inputs, outputs and "
      "attributes";
  const auto message_with = [](const std::string& node) {
    auto functions = tower(10, 2);  // 512 of the last one
    functions.back().nodes.front() = node;
    return message(model_of({call("F0", "it", {"x"}, {"y"})}, functions));
  };
  const auto wide = writer::node("Max", "max", Names(10'000, "t0"), {"t1"});
  CHECK(message_with(wide) == most);
  const auto branch = writer::graph_bytes({.nodes = {wide},
                                           .initializers = {},
                                           .inputs = {},
                                           .outputs = {writer::value_info("t1", {})},
                                           .value_infos = {}});
  CHECK(message_with(writer::node("If", "if", {"t0"}, {"t1"}, "",
                                  {writer::graph_attribute("then_branch", branch)})) == most);
}

TEST_CASE("a call that does not fit its function is an error") {
  const writer::Function block{"Block", {"a"}, {"r"}, {relu("act", "a", "r")}};
  CHECK(message(model_of({call("Block", "it", {"x"}, {"y", "z"})}, {block})) ==
        "net.onnx: error: layer 'it' (local.Block) has 2 outputs, its function has 1");
  CHECK(message(model_of({call("Block", "it", {"x", "w"}, {"y"})}, {block})) ==
        "net.onnx: error: layer 'it' (local.Block) has 2 inputs, its function has 1");
}

TEST_CASE("a function that does not make its output is an error") {
  const writer::Function lazy{"Lazy", {"a"}, {"r"}, {relu("act", "a", "p")}};
  CHECK(message(model_of({call("Lazy", "it", {"x"}, {"p"}), relu("next", "p", "y")}, {lazy})) ==
        "net.onnx: error: layer 'next' (Relu) reads tensor 'p', which no layer makes and which is "
        "neither a weight nor an input of the network");
}

}  // namespace roofbeam::onnx
