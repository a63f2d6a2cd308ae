#include <doctest/doctest.h>

#include "tests/core/rewrites/traced.hpp"

namespace roofbeam {
namespace {

TEST_CASE("a convolution makes channels of its own, and its weight reads those of its input") {
  Picture p;
  const auto c = p.conv("c", 8);
  const auto weight = p.sketch.weight({6, 8, 3, 3});
  const auto d = p.sketch.add("d", "Conv", {c, weight});
  CHECK(p.follows(d) == "1 d 2 2");
  CHECK(p.follows(weight, d) == "d c - -");
  const ChannelTrace trace = trace_channels(p.sketch.build({d}), Ends::free);
  REQUIRE(trace.products.size() == 2);
  CHECK(trace.products[0].pointwise);
  CHECK_FALSE(trace.products[1].pointwise);
  CHECK(trace.products[1].convolution);
}

TEST_CASE("an output keeps its channels if ends are fixed") {
  Picture p;
  const auto c = p.conv("c", 8);
  const auto network = p.sketch.build({c});
  const ChannelTrace trace = trace_channels(network, Ends::fixed);
  CHECK(in_words(trace, trace.dims[static_cast<std::size_t>(c)][1]) == "8");
}

TEST_CASE("a depthwise convolution follows its input, or makes so many times as many channels") {
  Picture p;
  const auto c = p.conv("c", 8);
  const auto d = p.sketch.add("d", "Conv", {c, p.sketch.weight({8, 1, 1, 1})}, {{"group", 8}});
  CHECK(p.follows(d) == "1 c 4 4");
  const auto e = p.sketch.add("e", "Conv", {c, p.sketch.weight({16, 1, 1, 1})}, {{"group", 8}});
  CHECK(p.follows(e) == "1 2*c 4 4");
  CHECK(trace_channels(p.sketch.build({d, e}), Ends::free).depthwise.size() == 2);
}

TEST_CASE("a grouped convolution reads and makes equal parts") {
  Picture p;
  const auto weight = p.sketch.weight({6, 4, 1, 1});
  const auto d = p.sketch.add("d", "Conv", {p.conv("c", 8), weight}, {{"group", 2}});
  CHECK(p.follows(d) == "1 2*d/2 4 4");
  CHECK(p.follows(weight, d) == "2*d/2 c/2 - -");
}

TEST_CASE("a bias has a number for each channel, and a norm four") {
  Picture p;
  const auto bias = p.sketch.weight({8});
  const auto c = p.sketch.add("c", "Conv", {p.x, p.sketch.weight({8, 3, 1, 1}), bias});
  CHECK(p.follows(bias, c) == "c");
  const auto scale = p.sketch.weight({8});
  const auto n =
      p.sketch.add("n", "BatchNormalization",
                   {c, scale, p.sketch.weight({8}), p.sketch.weight({8}), p.sketch.weight({8})});
  CHECK(p.follows(n) == "1 c 4 4");
  CHECK(p.follows(scale, n) == "c");
}

TEST_CASE("a transposed convolution keeps its output channels second in its weight") {
  Picture p;
  const auto weight = p.sketch.weight({8, 6, 1, 1});
  const auto d = p.sketch.add("d", "ConvTranspose", {p.conv("c", 8), weight});
  CHECK(p.follows(d) == "1 d 4 4");
  CHECK(p.follows(weight, d) == "c d - -");
}

TEST_CASE("a Gemm reads the columns of its input, whichever way its weight lies") {
  for (const std::int64_t turned : {0, 1}) {
    CAPTURE(turned);
    Picture p;
    const auto flat = p.sketch.add("f", "Flatten", {p.conv("c", 8)});
    const auto weight = p.sketch.weight(turned != 0 ? Shape{10, 128} : Shape{128, 10});
    const auto bias = p.sketch.weight({10});
    const auto g = p.sketch.add("g", "Gemm", {flat, weight, bias}, {{"transB", turned}});
    CHECK(p.follows(g) == "1 g");
    CHECK(p.follows(weight, g) == (turned != 0 ? "g 16*c" : "16*c g"));
    CHECK(p.follows(bias, g) == "g");
  }
}

TEST_CASE("a MatMul with a weight makes channels, one of two activations makes none") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 5, 16});
  const auto a = sketch.add("a", "MatMul", {x, sketch.weight({16, 8})});
  const auto b = sketch.add("b", "MatMul", {x, sketch.weight({16, 8})});
  const auto turned = sketch.add("t", "Transpose", {b}, {{"perm", Ints{0, 2, 1}}});
  const auto scores = sketch.add("s", "MatMul", {a, turned});
  const auto network = sketch.build({scores});
  CHECK(in_words(network, a) == "1 5 a");
  CHECK(in_words(network, b) == "1 5 a");  // equal: they are multiplied
  CHECK(in_words(network, scores) == "1 5 5");
  CHECK(trace_channels(network, Ends::free).products.size() == 2);
}

TEST_CASE("a layer norm has a number for each channel of the last dimension") {
  Sketch sketch;
  const auto x = sketch.input("x", {1, 5, 16});
  const auto a = sketch.add("a", "MatMul", {x, sketch.weight({16, 8})});
  const auto scale = sketch.weight({8});
  const auto n = sketch.add("n", "LayerNormalization", {a, scale});
  const auto network = sketch.build({n});
  CHECK(in_words(network, n) == "1 5 a");
  CHECK(in_words(network, scale) == "a");
}

}  // namespace
}  // namespace roofbeam
