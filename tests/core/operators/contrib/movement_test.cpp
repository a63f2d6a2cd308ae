#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer layer(std::string op, std::vector<Given> inputs, std::vector<Attribute> attributes = {},
               std::size_t outputs = 1) {
  return {std::move(op), std::move(inputs), std::move(attributes), 1, outputs, "com.microsoft"};
}

Given integer(std::int64_t value) { return constant_tensor({}, {value}, ElementType::i32); }

}  // namespace

TEST_CASE("pads come as an input, for both ends of every dimension") {
  const auto pad = [](Given pads) { return layer("Pad", {data({2, 3}), std::move(pads)}); };
  CHECK(shape_of(pad(constant_integers({0, 2, 1, -1}))) == "3x4");
  CHECK(shape_of(pad(constant_tensor({1, 4}, {0, 2, 1, -1}))) == "3x4");
  CHECK(complaint(pad(constant_integers({1, 1}))) ==
        "layer 'it' (com.microsoft.Pad): 2 pads do not match the 2 dimensions of input 0 'x' (2x3),"
        " two for each");
  CHECK(complaint(pad(constant_integers({0, -4, 0, 0}))) ==
        "layer 'it' (com.microsoft.Pad): its output tensor 'y' (2x-1) has a negative dimension");
}

TEST_CASE("a dimension of one is put in at the axis, for free") {
  const auto expand = [](Given x, std::int64_t axis) {
    return layer("ExpandDims", {std::move(x), integer(axis)});
  };
  CHECK(shape_of(expand(data({2, 3}), 0)) == "1x2x3");
  CHECK(shape_of(expand(data({2, 3}), 2)) == "2x3x1");
  CHECK(shape_of(expand(data({2, 3}), -1)) == "2x3x1");
  CHECK(state(expand(data({2, 3}), 0)) == LayerState::view);
  CHECK(known_integers(expand(constant_integers({4, 5}), 0)) == Ints{4, 5});
  CHECK(complaint(expand(data({2, 3}), 3)) ==
        "layer 'it' (com.microsoft.ExpandDims): axis 3 lies outside a tensor of 3 dimensions; it "
        "may be -3 to 2");
}

TEST_CASE("an embedding table is read at its indices") {
  CHECK(shape_of(layer("TorchEmbedding", {weight({100, 8}), data({2, 3}, ElementType::i64)})) ==
        "2x3x8");
  CHECK(shape_of(layer("Trilu", {data({2, 3, 3})})) == "2x3x3");
}

TEST_CASE("there are at most as many unique elements as there are elements") {
  const OneLayer unique = layer("Unique", {data({8})}, {}, 3);
  CHECK(shape_of(unique) == "8");
  CHECK(output(unique).upper_bound);
  CHECK_FALSE(output(unique, 1).upper_bound);
  CHECK(output(unique, 2).element == ElementType::i64);
  CHECK(work(unique).ops(VectorOp::compare) == 8 * 3);
}

TEST_CASE("padding of batches is taken out and put back") {
  const auto i32 = ElementType::i32;
  const OneLayer without = layer("RemovePadding", {data({2, 5, 12}), data({2}, i32)}, {}, 4);
  CHECK(shape_of(without) == "10x12");
  CHECK(output(without).upper_bound);
  CHECK(shape_of(without, 1) == "2x5");
  CHECK(shape_of(without, 2) == "3");
  CHECK(shape_of(layer("RestorePadding", {data({8, 12}), data({2, 5}, i32)})) == "2x5x12");
}

TEST_CASE("samples of images are taken between their neighbours") {
  const auto crop = [](std::string mode) {
    return layer("CropAndResize",
                 {data({1, 3, 32, 32}), data({5, 4}), data({5}, ElementType::i32),
                  constant_tensor({2}, {7, 8}, ElementType::i32)},
                 {{"mode", std::move(mode)}});
  };
  CHECK(shape_of(crop("bilinear")) == "5x3x7x8");
  CHECK(work(crop("bilinear")).ops(VectorOp::multiply) == 4 * 840);
  CHECK(work(crop("nearest")).ops(VectorOp::multiply) == 0);
  const OneLayer grid = layer("GridSample", {data({1, 3, 32, 32}), data({1, 7, 8, 2})});
  CHECK(shape_of(grid) == "1x3x7x8");
  CHECK(work(grid).ops(VectorOp::add) == 4 * 168 + 112);
  CHECK(complaint(layer("GridSample", {data({1, 3, 32, 32}), data({2, 7, 8, 2})})) ==
        "layer 'it' (com.microsoft.GridSample): input 1 'w' (2x7x8x2) must have 2 coordinates for "
        "each of the batch of input 0 'x' (1x3x32x32)");
}

TEST_CASE("a real signal has half as many frequencies and one more, and back") {
  const auto transform = [](std::string op, Shape x) {
    return layer(std::move(op), {data(std::move(x))}, {{"signal_ndim", 1}});
  };
  CHECK(shape_of(transform("Rfft", {3, 16})) == "3x9x2");
  CHECK(work(transform("Rfft", {3, 16})).ops(VectorOp::multiply) == 48 * 4);
  CHECK(work(transform("Rfft", {3, 16})).ops(VectorOp::add) == 48 * 6);
  CHECK(shape_of(transform("Irfft", {3, 9, 2})) == "3x16");
  CHECK(work(transform("Irfft", {3, 9, 2})).ops(VectorOp::multiply) == 48 * 4);
  CHECK(shape_of(transform("Irfft", {3, 0, 2})) == "3x0");
  CHECK(complaint(transform("Irfft", {3, 9})) ==
        "layer 'it' (com.microsoft.Irfft): input 0 'x' (3x9) must end in 2: a real and an "
        "imaginary part");
  CHECK(complaint(layer("Rfft", {data({16})}, {{"signal_ndim", 2}})) ==
        "layer 'it' (com.microsoft.Rfft): signal_ndim is 2; input 0 'x' (16) allows 1 to 1");
}

TEST_CASE("elements are tested and hashed") {
  CHECK(shape_of(layer("IsAllFinite", {data({2, 3}), data({4})})) == "scalar");
  CHECK(work(layer("IsAllFinite", {data({2, 3}), data({4})})).ops(VectorOp::compare) == 10);
  CHECK(output(layer("MurmurHash3", {data({3})})).element == ElementType::u32);
  CHECK(output(layer("MurmurHash3", {data({3})}, {{"positive", 0}})).element == ElementType::i32);
  const OneLayer block = layer("NGramRepeatBlock", {data({2, 7}, ElementType::i64), data({2, 100})},
                               {{"ngram_size", 3}});
  CHECK(shape_of(block) == "2x100");
  CHECK(work(block).ops(VectorOp::compare) == 42);
}

TEST_CASE("ONNX Runtime's own Range may leave out the step") {
  OneLayer range = layer("Range", {constant_scalar(2), constant_scalar(5)});
  CHECK(known_integers(range) == Ints{2, 3, 4});
  range.domain = "";
  CHECK(complaint(range) == "layer 'it' (Range): input 2 is required but left out");
}

}  // namespace roofbeam
