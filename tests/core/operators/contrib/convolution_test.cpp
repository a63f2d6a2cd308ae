#include <doctest/doctest.h>

#include "core/operators/operator.hpp"
#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

const Attribute kSilent{"activation", ""};

OneLayer layer(std::string domain, std::string op, std::vector<Given> inputs,
               std::vector<Attribute> attributes = {}) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, 1, std::move(domain)};
}

OneLayer fused(std::vector<Given> inputs, std::vector<Attribute> attributes = {}) {
  return layer("com.microsoft", "FusedConv", std::move(inputs), std::move(attributes));
}

OneLayer quantized_pool(std::string op, Shape x, std::vector<Attribute> attributes) {
  const auto u8 = ElementType::u8;
  return layer("com.microsoft", std::move(op),
               {data(std::move(x), u8), weight({}), weight({}, u8), weight({}), weight({}, u8)},
               std::move(attributes));
}

}  // namespace

TEST_CASE("a fused convolution adds bias and sum and counts its activation") {
  const Given x = data({1, 3, 8, 8});
  const Given w = weight({4, 3, 3, 3});
  CHECK(shape_of(fused({x, w})) == "1x4x6x6");
  CHECK(work(fused({x, w})).macs == 4 * 36 * 27);
  CHECK(work(fused({x, w, weight({4})})).ops(VectorOp::add) == 144);
  CHECK(work(fused({x, w, weight({4}), data({1, 4, 6, 6})})).ops(VectorOp::add) == 288);
  CHECK(work(fused({x, w}, {kSilent})).ops(VectorOp::compare) == 0);
  CHECK(work(fused({x, w}, {{"activation", "Relu"}})).ops(VectorOp::compare) == 144);
  CHECK(work(fused({x, w}, {{"activation", "Clip"}})).ops(VectorOp::compare) == 288);
  CHECK(work(fused({x, w}, {{"activation", "Sigmoid"}})).ops(VectorOp::exponential) == 144);
}

TEST_CASE("a fused convolution that contradicts itself says so") {
  const Given x = data({1, 3, 8, 8});
  const Given w = weight({4, 3, 3, 3});
  CHECK(complaint(fused({x, w, weight({4}), data({1, 4, 8, 8})})) ==
        "layer 'it' (com.microsoft.FusedConv): input 3 'c' (1x4x8x8) must be 1x4x6x6, because it "
        "is added to the output");
  CHECK(complaint(fused({x, w}, {{"activation", "Wobble"}})) ==
        "layer 'it' (com.microsoft.FusedConv): activation 'Wobble' is not known; Relu, Sigmoid, "
        "Tanh, LeakyRelu, Clip, HardSigmoid, Gelu and the like are");
}

TEST_CASE("channels may come last in the data, and then also in the weight") {
  const std::pair<std::string, std::string> rows[] = {{"com.microsoft", "NhwcConv"},
                                                      {"com.microsoft", "NhwcFusedConv"},
                                                      {"com.ms.internal.nhwc", "Conv"}};
  for (const auto& [domain, op] : rows) {
    CAPTURE(op);
    for (const Shape& w : {Shape{4, 3, 5, 2}, Shape{4, 5, 2, 3}}) {
      const OneLayer conv = layer(domain, op, {data({1, 8, 9, 3}), weight(w)});
      CHECK(shape_of(conv) == "1x4x8x4");
      CHECK(work(conv).macs == 4 * 32 * 30);
    }
  }
}

TEST_CASE("ONNX Runtime's own quantized convolution has an attribute for its layout") {
  const auto conv = [](Shape x, std::int64_t last) {
    const auto u8 = ElementType::u8;
    const Given one = weight({}, u8);
    return layer("com.microsoft", "QLinearConv",
                 {data(std::move(x), u8), weight({}), one, weight({4, 3, 3, 3}, u8), weight({}),
                  one, weight({}), one},
                 {{"channels_last", last}});
  };
  CHECK(shape_of(conv({1, 3, 8, 9}, 0)) == "1x4x6x7");
  CHECK(shape_of(conv({1, 8, 9, 3}, 1)) == "1x6x7x4");
  CHECK(work(conv({1, 8, 9, 3}, 1)).macs == 4 * 42 * 27);
}

TEST_CASE("pads of a transposed convolution may be an input") {
  const auto conv = [](Given pads) {
    return layer("com.microsoft", "ConvTransposeWithDynamicPads",
                 {data({1, 2, 4, 4}), weight({2, 3, 3, 3}), std::move(pads), weight({3})});
  };
  CHECK(shape_of(conv(constant_integers({0, 0, 0, 0}))) == "1x3x6x6");
  CHECK(shape_of(conv(constant_integers({1, 0, 1, 2}))) == "1x3x4x4");
  CHECK(work(conv(constant_integers({0, 0, 0, 0}))).ops(VectorOp::add) == 108);
  CHECK(complaint(conv(constant_integers({1, 1}))) ==
        "layer 'it' (com.microsoft.ConvTransposeWithDynamicPads): its 2 pads must be 4, none of "
        "them negative");
  CHECK(complaint(conv(data({4}, ElementType::i64))) ==
        "layer 'it' (com.microsoft.ConvTransposeWithDynamicPads): input 2 'b' (the pads) is not "
        "known before the network runs; its shape is unknown and it is not counted");
}

TEST_CASE("pooling keeps its layout") {
  const std::vector<Attribute> window = {{"kernel_shape", Ints{2, 2}}, {"strides", Ints{2, 2}}};
  const auto pool = [&](std::string domain, std::string op, Shape x) {
    return layer(std::move(domain), std::move(op), {data(std::move(x))}, window);
  };
  CHECK(shape_of(pool("com.microsoft", "NhwcMaxPool", {1, 8, 6, 3})) == "1x4x3x3");
  CHECK(work(pool("com.microsoft", "NhwcMaxPool", {1, 8, 6, 3})).ops(VectorOp::compare) == 36 * 4);
  CHECK(shape_of(pool("com.ms.internal.nhwc", "MaxPool", {1, 8, 6, 3})) == "1x4x3x3");
  CHECK(shape_of(pool("com.ms.internal.nhwc", "AveragePool", {1, 8, 6, 3})) == "1x4x3x3");
  CHECK(shape_of(pool("com.microsoft.nchwc", "MaxPool", {1, 8, 6, 4})) == "1x8x3x2");
  const OneLayer global = layer("com.ms.internal.nhwc", "GlobalAveragePool", {data({2, 8, 6, 3})});
  CHECK(shape_of(global) == "2x1x1x3");
  CHECK(work(global).ops(VectorOp::add) == 288);
  CHECK(work(global).ops(VectorOp::divide) == 6);
}

TEST_CASE("quantized pooling requantizes its results") {
  const OneLayer pool = quantized_pool("QLinearAveragePool", {1, 8, 8, 3},
                                       {{"kernel_shape", Ints{2, 2}}, {"channels_last", 1}});
  CHECK(shape_of(pool) == "1x7x7x3");
  CHECK(work(pool).ops(VectorOp::add) == 147 * 4 + 147);
  CHECK(work(pool).ops(VectorOp::compare) == 147 * 2);
  CHECK(shape_of(quantized_pool("QLinearGlobalAveragePool", {1, 3, 8, 8}, {})) == "1x3x1x1");
  CHECK(shape_of(quantized_pool("QLinearGlobalAveragePool", {1, 8, 8, 3},
                                {{"channels_last", 1}})) == "1x1x1x3");
}

TEST_CASE("channels in blocks are padded to whole blocks of eight") {
  const auto nchwc = [](std::string op, Shape x, std::vector<Attribute> attributes = {}) {
    return layer("com.microsoft.nchwc", std::move(op), {data(std::move(x))}, std::move(attributes));
  };
  CHECK(shape_of(nchwc("ReorderInput", {1, 8, 5, 6})) == "1x8x5x6");
  CHECK(shape_of(nchwc("ReorderInput", {1, 9, 5, 6})) == "1x16x5x6");
  CHECK(shape_of(nchwc("ReorderInput", {1, 5, 6, 9}, {{"channels_last", 1}})) == "1x16x5x6");
  CHECK(shape_of(nchwc("ReorderOutput", {1, 16, 5, 6}, {{"channels", 9}})) == "1x9x5x6");
  CHECK(shape_of(nchwc("ReorderOutput", {1, 16, 5, 6}, {{"channels", 9}, {"channels_last", 1}})) ==
        "1x5x6x9");
  CHECK(complaint(nchwc("ReorderOutput", {1, 16, 5, 6})) ==
        "layer 'it' (com.microsoft.nchwc.ReorderOutput): attribute 'channels' is required");
  CHECK(shape_of(nchwc("Upsample", {1, 8, 5, 6}, {{"scales", Ints{1, 1, 2, 3}}})) == "1x8x10x18");
  CHECK(complaint(nchwc("Upsample", {1, 8, 5, 6}, {{"scales", Ints{2, 3}}})) ==
        "layer 'it' (com.microsoft.nchwc.Upsample): scales must have one entry for each dimension");
  CHECK(complaint(nchwc("Upsample", {1, 8}, {{"scales", Ints{1, 0}}})) ==
        "layer 'it' (com.microsoft.nchwc.Upsample): scales must be at least 1");
}

TEST_CASE("a convolution of padded channels counts what its weight says") {
  const OneLayer conv =
      layer("com.microsoft.nchwc", "Conv",
            {data({1, 16, 8, 8}), weight({8, 12, 3, 3}), weight({8}), data({1, 8, 6, 6})},
            {{"activation", "Relu"}});
  CHECK(shape_of(conv) == "1x8x6x6");
  CHECK(work(conv).macs == 8 * 36 * 108);
  CHECK(work(conv).ops(VectorOp::add) == 2 * 288);
  CHECK(work(conv).ops(VectorOp::compare) == 288);
}

}  // namespace roofbeam
