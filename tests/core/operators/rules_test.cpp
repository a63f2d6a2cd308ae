#include "core/operators/rules.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// What `function` makes of a view of some layer, or what it complains about.
template <class Function>
std::string result(Function function) {
  const Network network = network_of({"Op", {data({2, 3})}});
  try {
    return function(LayerView(network, network.layers()[0]));
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("shapes broadcast from the last dimension") {
  struct Row {
    Shape a, b;
    std::string result;
  };
  const Row rows[] = {
      {{2, 3}, {2, 3}, "2x3"},
      {{2, 3}, {}, "2x3"},
      {{}, {}, "scalar"},
      {{2, 3}, {3}, "2x3"},
      {{2, 1}, {1, 3}, "2x3"},
      {{5, 1, 3}, {2, 1}, "5x2x3"},
      {{0, 3}, {1, 3}, "0x3"},
      {{1}, {4, 1, 1}, "4x1x1"},
      {{2, 3}, {2}, "layer 'it' (Op): shapes 2x3 and 2 do not broadcast"},
      {{3}, {2, 2}, "layer 'it' (Op): shapes 3 and 2x2 do not broadcast"},
      {{0}, {2}, "layer 'it' (Op): shapes 0 and 2 do not broadcast"},
  };
  for (const Row& row : rows) {
    CHECK(result([&](const LayerView& view) { return to_text(broadcast(view, row.a, row.b)); }) ==
          row.result);
  }
}

TEST_CASE("arithmetic on dimensions stays below 2^63") {
  const auto sum = [](std::int64_t a, std::int64_t b) {
    return result([&](const LayerView& view) { return std::to_string(checked_sum(view, a, b)); });
  };
  const auto product = [](const Ints& factors) {
    return result([&](const LayerView& view) { return std::to_string(elements(view, factors)); });
  };
  const std::string too_large = "layer 'it' (Op): its dimensions multiply to more than 2^63 - 1";
  CHECK(sum(kMost - 1, 1) == std::to_string(kMost));
  CHECK(sum(kMost, 1) == "layer 'it' (Op): its dimensions add up to more than 2^63 - 1");
  CHECK(product({}) == "1");
  CHECK(product({kMost, 1}) == std::to_string(kMost));
  CHECK(product({kMost / 2 + 1, 2}) == too_large);
  CHECK(product({kMost, kMost, 0}) == "0");
}

TEST_CASE("elementwise work is one operation of each kind per output element") {
  Network network = network_of({"Op", {data({2, 3})}});
  network.tensor(network.outputs()[0]).shape = Shape{2, 3};
  const LayerView view(network, network.layers()[0]);
  const Work work = elementwise<VectorOp::compare, VectorOp::add, VectorOp::compare>(view);
  CHECK(work.ops(VectorOp::compare) == 12);
  CHECK(work.ops(VectorOp::add) == 6);
  CHECK(work.ops(VectorOp::divide) == 0);
  CHECK(work.macs == 0);
}

}  // namespace roofbeam
