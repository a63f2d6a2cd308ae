#include "core/network/network.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

using Ids = std::vector<LayerId>;

std::vector<Tensor> tensors(int count) {
  std::vector<Tensor> list(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) list[static_cast<std::size_t>(i)].name = "t" + std::to_string(i);
  return list;
}

Layer layer(std::string name, std::vector<TensorId> inputs, std::vector<TensorId> outputs) {
  Layer made;
  made.name = std::move(name);
  made.op = "Relu";
  made.inputs = std::move(inputs);
  made.outputs = std::move(outputs);
  return made;
}

// t0 -> a -> t1 -> {b -> t2, c -> t3} -> d -> t4
std::vector<Layer> diamond() {
  return {layer("a", {0}, {1}), layer("b", {1}, {2}), layer("c", {1}, {3}),
          layer("d", {2, 3}, {4})};
}

std::string names(const Network& network) {
  std::string all;
  for (const auto& each : network.layers()) all += each.name;
  return all;
}

std::string message(const std::vector<Tensor>& tensor_list, const std::vector<Layer>& layers,
                    const std::vector<TensorId>& inputs) {
  return testing::message_of([&] { return Network("net", tensor_list, layers, inputs, {}); });
}

TEST_CASE("layers in a valid order keep it") {
  const Network network("net", tensors(5), diamond(), {0}, {4});
  CHECK(names(network) == "abcd");
}

TEST_CASE("layers in any other order are put into execution order") {
  auto layers = diamond();
  std::swap(layers[0], layers[3]);
  std::swap(layers[1], layers[2]);  // d c b a
  const Network network("net", tensors(5), layers, {0}, {4});
  const auto order = names(network);
  CHECK(order.front() == 'a');
  CHECK(order.back() == 'd');
  for (LayerId id = 0; id < 4; ++id) {
    for (const auto before : network.predecessors(id)) CHECK(before < id);
  }
  CHECK(network.tensor(1).producer == 0);
}

TEST_CASE("a layer knows its neighbours, each once") {
  auto layers = diamond();
  layers[3].inputs = {2, 3, 2, kNoTensor};
  const Network network("net", tensors(5), layers, {0}, {4});
  CHECK(network.predecessors(3) == Ids{1, 2});
  CHECK(network.successors(0) == Ids{1, 2});
  CHECK(network.predecessors(0).empty());
  CHECK(network.successors(3).empty());
}

TEST_CASE("the longest path takes the heavier branch") {
  const Network network("net", tensors(5), diamond(), {0}, {4});
  const double light_b[] = {1, 2, 5, 1};
  const double light_c[] = {1, 6, 5, 1};
  CHECK(network.longest_path(light_b).weight == doctest::Approx(7));
  CHECK(network.longest_path(light_b).layers == Ids{0, 2, 3});
  CHECK(network.longest_path(light_c).weight == doctest::Approx(8));
  CHECK(network.longest_path(light_c).layers == Ids{0, 1, 3});
  const Network empty("net", {}, {}, {}, {});
  CHECK(empty.longest_path({}).layers.empty());
}

TEST_CASE("wrong connections are refused") {
  CHECK(message(tensors(2), {layer("a", {0}, {1}), layer("b", {0}, {1})}, {0}) ==
        "tensor 't1' is made twice: by layer 'a' (Relu) and by layer 'b' (Relu)");
  CHECK(
      message(tensors(3), {layer("a", {2}, {1})}, {0}) ==
      "layer 'a' (Relu) reads tensor 't2', which no layer makes and which is neither a weight nor "
      "an input of the network");
  CHECK(message(tensors(3), {layer("a", {0, 2}, {1}), layer("b", {1}, {2})}, {0}) ==
        "the network has a cycle through layer 'a' (Relu), layer 'b' (Relu)");
  CHECK(message(tensors(2), {layer("a", {1}, {1})}, {0}) ==
        "the network has a cycle through layer 'a' (Relu)");
}

TEST_CASE("a long cycle is named by its first layers") {
  std::vector<Layer> ring;
  for (int i = 0; i < 8; ++i) ring.push_back(layer("l" + std::to_string(i), {i}, {(i + 1) % 8}));
  const auto text = message(tensors(8), ring, {});
  CHECK(text.find("layer 'l0' (Relu), layer 'l1' (Relu)") != std::string::npos);
  CHECK(text.find("and 3 more") != std::string::npos);
}

TEST_CASE("layers that only make constants fold away") {
  auto list = tensors(4);
  list[1].constant = true;
  const Network network("net", list, {layer("fill", {}, {1}), layer("add", {0, 1}, {2})}, {0}, {2});
  const auto folded = without_constant_layers(
      Network("net", network.tensors(), network.layers(), network.inputs(), network.outputs()));
  CHECK(names(folded) == "add");
  CHECK_FALSE(folded.tensor(1).producer);
  CHECK(folded.predecessors(0).empty());
}

TEST_CASE("messages name domain and operator") {
  auto custom = layer("x", {}, {});
  custom.domain = "com.microsoft";
  CHECK(describe(custom) == "layer 'x' (com.microsoft.Relu)");
}

}  // namespace
}  // namespace roofbeam
