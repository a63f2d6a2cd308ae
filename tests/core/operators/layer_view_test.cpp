#include <doctest/doctest.h>

#include "core/operators/operator.hpp"
#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

// A layer whose operator the catalogue need not know.
struct Viewed {
  explicit Viewed(const OneLayer& it) : network(network_of(it)) {}
  Network network;
  LayerView view{network, network.layers()[0]};
};

template <class Function>
std::string message(Function function) {
  try {
    function();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("inputs and outputs may be left out, at the end or between others") {
  const Viewed it({"Op", {data({2}), left_out(), weight({3})}, {}, 17, 1});
  CHECK(it.view.input_count() == 3);
  CHECK(it.view.has_input(0));
  CHECK_FALSE(it.view.has_input(1));
  CHECK(it.view.has_input(2));
  CHECK_FALSE(it.view.has_input(3));
  CHECK(it.view.has_output(0));
  CHECK_FALSE(it.view.has_output(1));
  CHECK(it.view.input(2).name == "b");
  for (const std::size_t i : {1u, 3u}) {
    CHECK(message([&] { (void)it.view.input(i); }) ==
          "layer 'it' (Op): input " + std::to_string(i) + " is required but left out");
  }
}

TEST_CASE("known elements are integers or reals, or not known") {
  const Viewed it({"Op", {constant_integers({7, 8}), constant_reals({0.5}), weight({3})}});
  REQUIRE(it.view.integers(0) != nullptr);
  CHECK(*it.view.integers(0) == Ints{7, 8});
  CHECK(it.view.reals(0) == nullptr);
  CHECK(it.view.integers(1) == nullptr);
  REQUIRE(it.view.reals(1) != nullptr);
  CHECK(it.view.reals(1)->at(0) == 0.5);
  CHECK(it.view.integers(2) == nullptr);
  CHECK(it.view.integers(3) == nullptr);
  CHECK(it.view.constant_integers(0, "shape") == Ints{7, 8});
  CHECK(message([&] { (void)it.view.constant_integers(2, "shape"); }) ==
        "layer 'it' (Op): input 2 'b' (shape) must be integers, not float32");
}

TEST_CASE("attributes have a default where they are absent and a type where they are not") {
  const Viewed it({"Op",
                   {data({2})},
                   {{"i", 3}, {"f", 0.5}, {"s", "text"}, {"is", Ints{1, 2}}, {"t", TensorType{}}}});
  CHECK(it.view.has("i"));
  CHECK_FALSE(it.view.has("absent"));
  CHECK(it.view.integer("i", 9) == 3);
  CHECK(it.view.integer("absent", 9) == 9);
  CHECK(it.view.real("f", 2) == 0.5);
  CHECK(it.view.real("absent", 2) == 2);
  CHECK(it.view.text("s", "none") == "text");
  CHECK(it.view.text("absent", "none") == "none");
  CHECK(it.view.integers("is") == Ints{1, 2});
  CHECK(it.view.integers("absent").empty());
  CHECK(it.view.tensor("t") != nullptr);
  CHECK(it.view.tensor("absent") == nullptr);
  const std::string start = "layer 'it' (Op): attribute ";
  CHECK(message([&] { (void)it.view.integer("f", 0); }) == start + "'f' must be an integer");
  CHECK(message([&] { (void)it.view.real("i", 0); }) == start + "'i' must be a real number");
  CHECK(message([&] { (void)it.view.text("i", ""); }) == start + "'i' must be a text");
  CHECK(message([&] { (void)it.view.integers("i"); }) == start + "'i' must be a list of integers");
  CHECK(message([&] { (void)it.view.tensor("i"); }) == start + "'i' must be a tensor");
}

TEST_CASE("an axis may count from the end") {
  const Viewed it({"Op", {data({2})}});
  CHECK(it.view.axis(0, 3) == 0);
  CHECK(it.view.axis(2, 3) == 2);
  CHECK(it.view.axis(-1, 3) == 2);
  CHECK(it.view.axis(-3, 3) == 0);
  for (const std::int64_t axis : {std::int64_t{3}, std::int64_t{-4}}) {
    CHECK(message([&] { (void)it.view.axis(axis, 3); }) ==
          "layer 'it' (Op): axis " + std::to_string(axis) +
              " lies outside a tensor of 3 dimensions; it may be -3 to 2");
  }
  CHECK(message([&] { (void)it.view.axis(0, 0); }) ==
        "layer 'it' (Op): axis 0 of a scalar: it has no dimensions");
}

}  // namespace roofbeam
