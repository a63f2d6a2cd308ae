// If, Loop, Scan and SequenceMap, followed into their bodies.
#include "core/operators/flow/control_flow.hpp"

#include <doctest/doctest.h>

#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"
#include "tests/core/onnx/model_writer.hpp"
#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

using namespace onnx::writer;  // NOLINT(google-build-using-namespace): this file writes models
using testing::message_of;

constexpr int kBool = 9;
constexpr int kInt64 = 7;

std::string truth(const std::string& name, bool value) {
  return message([&](auto& out) {
    out.add_int32(2, kBool);
    out.add_int32(5, value ? 1 : 0);
    out.add_string(8, name);
  });
}

std::string scalar(const std::string& name, std::int64_t value) {
  return message([&](auto& out) {
    out.add_int32(2, kInt64);
    out.add_int64(7, value);
    out.add_string(8, name);
  });
}

// Multiplies the outer x (2x4) by a weight of its own (4x`columns`).
std::string product_branch(const std::string& columns) {
  return graph_bytes({.nodes = {node("MatMul", "product", {"x", "w"}, {"out"})},
                      .initializers = {tensor("w", {4, std::stoll(columns)})},
                      .inputs = {},
                      .outputs = {name_only("out")},
                      .value_infos = {}});
}

Network choose(const std::vector<std::string>& initializers, const std::string& then_branch,
               const std::string& else_branch) {
  Graph graph;
  graph.nodes = {node(
      "If", "choice", {"c"}, {"y"}, "",
      {graph_attribute("then_branch", then_branch), graph_attribute("else_branch", else_branch)})};
  graph.initializers = initializers;
  graph.inputs = {value_info("x", {"2", "4"})};
  if (initializers.empty()) graph.inputs.push_back(value_info("c", {}, kBool));
  graph.outputs = {name_only("y")};
  return onnx::import_bytes(model(graph), "if.onnx");
}

std::string shape_of_output(const Network& network) {
  const auto& tensor = network.tensor(network.outputs().at(0));
  return (tensor.upper_bound ? "at most " : "") + (tensor.shape ? to_text(*tensor.shape) : "?");
}

// Carries v, to which the body adds what `step` says; stacks s.
struct LoopModel {
  std::vector<std::string> body_nodes;
  std::vector<std::string> initializers = {};  // of the outer graph: m (limit), cond
  std::vector<std::string> inputs = {};
  onnx::ImportOptions options = {};
};

Network loop(const LoopModel& it) {
  const auto body =
      graph_bytes({.nodes = it.body_nodes,
                   .initializers = {},
                   .inputs = {name_only("i"), name_only("c"), name_only("v")},
                   .outputs = {name_only("c_out"), name_only("v_out"), name_only("s")},
                   .value_infos = {}});
  Graph graph;
  graph.nodes = {node("Loop", "loop", {"m", "cond", "x"}, {"last", "stack"}, "",
                      {graph_attribute("body", body)})};
  graph.initializers = it.initializers;
  graph.initializers.push_back(tensor("w", {4, 4}));
  graph.inputs = it.inputs;
  graph.inputs.push_back(value_info("x", {"2", "4"}));
  graph.outputs = {name_only("last"), name_only("stack")};
  return onnx::import_bytes(model(graph), "loop.onnx", it.options);
}

const std::vector<std::string> kProductBody = {node("Identity", "keep", {"c"}, {"c_out"}),
                                               node("MatMul", "product", {"v", "w"}, {"v_out"}),
                                               node("Identity", "show", {"v_out"}, {"s"})};

}  // namespace

TEST_CASE("a constant condition takes its branch, and nothing is assumed") {
  const auto then = choose({truth("c", true)}, product_branch("8"), product_branch("16"));
  CHECK(totals(then).macs == 2 * 4 * 8);
  CHECK(then.layer(0).name == "choice/product");
  CHECK(shape_of_output(then) == "2x8");
  CHECK(then.assumptions().empty());
  const auto otherwise = choose({truth("c", false)}, product_branch("8"), product_branch("16"));
  CHECK(totals(otherwise).macs == 2 * 4 * 16);
}

TEST_CASE("an unknown condition counts the costlier branch, whose shapes become bounds") {
  const auto network = choose({}, product_branch("8"), product_branch("16"));
  CHECK(totals(network).macs == 2 * 4 * 16);
  CHECK(shape_of_output(network) == "at most 2x16");
  CHECK(network.assumptions() ==
        std::vector<std::string>{"layer 'choice' (If): which branch runs depends on data; the "
                                 "costlier one, else_branch, is counted"});
  const auto alike = choose({}, product_branch("8"), product_branch("8"));
  CHECK(shape_of_output(alike) == "2x8");
}

TEST_CASE("a branch that hands on what it captures is a view") {
  const auto as_is = graph_bytes({.nodes = {},
                                  .initializers = {},
                                  .inputs = {},
                                  .outputs = {name_only("x")},
                                  .value_infos = {}});
  const auto network = choose({truth("c", true)}, as_is, product_branch("8"));
  CHECK(totals(network).macs == 0);
  CHECK(network.layer(0).state == LayerState::view);
  CHECK(shape_of_output(network) == "2x4");
}

TEST_CASE("a branch without enough outputs says so") {
  const auto none = graph_bytes({});
  CHECK(message_of([&] { return choose({}, none, product_branch("8")); }) ==
        "if.onnx: error: layer 'choice' (If): its body makes 0 outputs, but 1 are needed");
}

TEST_CASE("a loop costs its body times its trips") {
  const auto network =
      loop({.body_nodes = kProductBody, .initializers = {scalar("m", 5), truth("cond", true)}});
  CHECK(totals(network).macs == 5 * 2 * 4 * 4);
  CHECK(network.layer(0).repeat == 5);
  CHECK(network.layer(1).work.macs == 2 * 4 * 4);
  CHECK(to_text(*network.tensor(network.outputs()[1]).shape) == "5x2x4");
  CHECK(network.layers().back().op == "Loop");  // which stacks
  CHECK(network.assumptions().empty());
}

TEST_CASE("a loop that is not known to run counts one run, or as many as --trips says") {
  const std::vector<std::string> inputs = {value_info("m", {}, kInt64),
                                           value_info("cond", {}, kBool)};
  const auto once = loop({.body_nodes = kProductBody, .inputs = inputs});
  CHECK(totals(once).macs == 2 * 4 * 4);
  CHECK(
      once.assumptions() ==
      std::vector<std::string>{"layer 'loop' (Loop): how often it runs depends on data; one run is "
                               "counted, --trips loop=N counts N"});
  const auto seven =
      loop({.body_nodes = kProductBody, .inputs = inputs, .options = {{}, {{"loop", 7}}, false}});
  CHECK(totals(seven).macs == 7 * 2 * 4 * 4);
  CHECK(message_of([&] {
          return loop(
              {.body_nodes = kProductBody, .inputs = inputs, .options = {{}, {{"lop", 7}}, false}});
        }) ==
        "loop.onnx: error: --trips lop=7: there is no loop 'lop'; there are: loop; did you mean "
        "'loop'?");
}

TEST_CASE("an endless limit is no number of runs; no runs cost nothing") {
  const auto endless = loop(
      {.body_nodes = kProductBody, .initializers = {scalar("m", 0x7fffffff), truth("cond", true)}});
  CHECK(totals(endless).macs == 2 * 4 * 4);
  CHECK(endless.assumptions().size() == 1);
  const auto most = loop(
      {.body_nodes = kProductBody, .initializers = {scalar("m", 0x7ffffffe), truth("cond", true)}});
  CHECK(totals(most).macs == 0x7ffffffell * 2 * 4 * 4);
  const auto none =
      loop({.body_nodes = kProductBody, .initializers = {scalar("m", 5), truth("cond", false)}});
  CHECK(totals(none).macs == 0);
  CHECK(shape_of_output(none) == "2x4");
}

TEST_CASE("a body that may stop early makes bounds") {
  auto body = kProductBody;
  body[0] = node("Not", "stop", {"c"}, {"c_out"});
  const auto network =
      loop({.body_nodes = body, .initializers = {scalar("m", 5), truth("cond", true)}});
  CHECK(network.tensor(network.outputs()[1]).upper_bound);
  CHECK(
      network.assumptions() ==
      std::vector<std::string>{"layer 'loop' (Loop): data may stop it early; all of its 5 runs are "
                               "counted"});
}

TEST_CASE("what grows with every run is counted in the middle run") {
  // v: 2x4, 3x4, 4x4, ... one row more each of 5 runs; the product of the third run has 4 rows.
  const std::vector<std::string> body = {
      node("Identity", "keep", {"c"}, {"c_out"}), node("MatMul", "product", {"v", "w"}, {"p"}),
      node("ReduceSum", "row", {"p"}, {"r"}, "", {attribute("axes", std::vector<std::int64_t>{0})}),
      node("Reshape", "one", {"r", "flat"}, {"s"}),
      node("Concat", "grow", {"v", "s"}, {"v_out"}, "", {attribute("axis", 0)})};
  const auto network =
      loop({.body_nodes = body,
            .initializers = {scalar("m", 5), truth("cond", true), integers("flat", {1, 4})}});
  CHECK(shape_of_output(network) == "7x4");
  CHECK(totals(network).macs == 5 * 4 * 4 * 4);
  CHECK(
      network.assumptions() ==
      std::vector<std::string>{"layer 'loop' (Loop): what it carries changes its shape from run to "
                               "run; the middle run is counted"});
}

TEST_CASE("a scan runs its body for every slice") {
  const auto body = graph_bytes({.nodes = {node("MatMul", "product", {"state", "w"}, {"p"}),
                                           node("Add", "sum", {"p", "slice"}, {"next"}),
                                           node("Identity", "show", {"next"}, {"each"})},
                                 .initializers = {},
                                 .inputs = {name_only("state"), name_only("slice")},
                                 .outputs = {name_only("next"), name_only("each")},
                                 .value_infos = {}});
  Graph graph;
  graph.nodes = {node("Scan", "scan", {"h", "x"}, {"last", "all"}, "",
                      {graph_attribute("body", body), attribute("num_scan_inputs", 1),
                       attribute("scan_input_axes", std::vector<std::int64_t>{1}),
                       attribute("scan_output_axes", std::vector<std::int64_t>{-1})})};
  graph.initializers = {tensor("w", {4, 4})};
  graph.inputs = {value_info("h", {"2", "4"}), value_info("x", {"2", "9", "4"})};
  graph.outputs = {name_only("all"), name_only("last")};
  const auto network = onnx::import_bytes(model(graph), "scan.onnx");
  CHECK(totals(network).macs == 9 * 2 * 4 * 4);
  CHECK(shape_of_output(network) == "2x4x9");
  CHECK(to_text(*network.tensor(network.outputs()[1]).shape) == "2x4");
}

TEST_CASE("loops within loops multiply, and too many to follow are refused") {
  std::string body = graph_bytes({.nodes = kProductBody,
                                  .initializers = {},
                                  .inputs = {name_only("i"), name_only("c"), name_only("v")},
                                  .outputs = {name_only("c_out"), name_only("v_out")},
                                  .value_infos = {}});
  const auto wrapped_in_loop = [&](const std::string& inner) {
    return graph_bytes({.nodes = {node("Identity", "keep", {"c"}, {"c_out"}),
                                  node("Loop", "inner", {"m", "cond", "v"}, {"v_out"}, "",
                                       {graph_attribute("body", inner)})},
                        .initializers = {},
                        .inputs = {name_only("i"), name_only("c"), name_only("v")},
                        .outputs = {name_only("c_out"), name_only("v_out")},
                        .value_infos = {}});
  };
  const auto import_nested = [&](int levels) {
    auto nested = body;
    for (int level = 0; level < levels; ++level) nested = wrapped_in_loop(nested);
    Graph graph;
    graph.nodes = {
        node("Loop", "outer", {"m", "cond", "x"}, {"y"}, "", {graph_attribute("body", nested)})};
    graph.initializers = {scalar("m", 3), truth("cond", true), tensor("w", {4, 4})};
    graph.inputs = {value_info("x", {"2", "4"})};
    graph.outputs = {name_only("y")};
    return onnx::import_bytes(model(graph), "nested.onnx");
  };
  CHECK(totals(import_nested(1)).macs == 3 * 3 * 2 * 4 * 4);
  CHECK(import_nested(1).layer(2).name == "outer/inner/product");
  CHECK(message_of([&] { return import_nested(40); }) ==
        "nested.onnx: error: has graphs nested more than 32 deep");
}

}  // namespace roofbeam
