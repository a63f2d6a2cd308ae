#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer dft(Shape shape, int opset, std::vector<Attribute> attributes = {}) {
  return {"DFT", {data(std::move(shape))}, std::move(attributes), opset};
}

OneLayer with(OneLayer layer, std::size_t i, Given given) {
  while (layer.inputs.size() <= i) layer.inputs.push_back(left_out());
  layer.inputs[i] = std::move(given);
  return layer;
}

const std::vector<Attribute> kOneSided = {{"onesided", 1}};
const std::vector<Attribute> kBack = {{"onesided", 1}, {"inverse", 1}};

// Frames of 16 samples, one every 8.
OneLayer stft(Shape signal, std::vector<Attribute> attributes = {}) {
  return {"STFT",
          {data(std::move(signal)), constant_scalar(8), left_out(), constant_scalar(16)},
          std::move(attributes)};
}

OneLayer window(std::string op, std::int64_t size, std::vector<Attribute> attributes = {}) {
  return {std::move(op), {constant_scalar(size)}, std::move(attributes)};
}

OneLayer mel(std::int64_t bands, std::int64_t length) {
  return {
      "MelWeightMatrix",
      {constant_scalar(bands), constant_scalar(length), constant_scalar(8192), data({}), data({})}};
}

}  // namespace

TEST_CASE("a DFT is along dimension 1 before opset 20, along the last but one since then") {
  CHECK(shape_of(dft({3, 10, 6, 1}, 17)) == "3x10x6x2");
  CHECK(shape_of(dft({3, 10, 6, 1}, 17, kOneSided)) == "3x6x6x2");
  CHECK(shape_of(dft({3, 10, 6, 1}, 17, {{"axis", 2}, {"onesided", 1}})) == "3x10x4x2");
  CHECK(shape_of(dft({3, 10, 6, 1}, 20, kOneSided)) == "3x10x4x2");
  CHECK(shape_of(with(dft({3, 10, 6, 1}, 20, kOneSided), 2, constant_scalar(0))) == "2x10x6x2");
}

TEST_CASE("a stated length cuts or pads; a one-sided spectrum goes back to an even real signal") {
  CHECK(shape_of(with(dft({3, 10, 1}, 20), 1, constant_scalar(7))) == "3x7x2");
  CHECK(shape_of(with(dft({3, 10, 1}, 20, kOneSided), 1, constant_scalar(7))) == "3x4x2");
  CHECK(shape_of(dft({3, 6, 2}, 20, kBack)) == "3x10x1");
  CHECK(shape_of(with(dft({3, 6, 2}, 20, kBack), 1, constant_scalar(11))) == "3x11x1");
}

TEST_CASE("a transform takes 5 n log2 n operations, half as many from real samples") {
  const Work complex = work(dft({3, 8, 2}, 20));  // n log2 n is 24
  CHECK(complex.ops(VectorOp::multiply) == 3 * 2 * 24);
  CHECK(complex.ops(VectorOp::add) == 3 * 3 * 24);
  CHECK(work(dft({3, 8, 1}, 20)).ops(VectorOp::add) == 3 * 3 * 12);
  const Work back = work(dft({3, 5, 2}, 20, kBack));
  CHECK(back.ops(VectorOp::multiply) == 3 * 2 * 12 + 3 * 8);
  CHECK(back.ops(VectorOp::add) == 3 * 3 * 12);
  CHECK(work(dft({3, 1, 2}, 20)).ops(VectorOp::add) == 0);
}

TEST_CASE("an axis that is not known is the longest, and does not matter where lengths stay") {
  const OneLayer any = with(dft({3, 8, 2}, 20), 2, data({}, ElementType::i64));
  CHECK(shape_of(any) == "3x8x2");
  CHECK(work(any).ops(VectorOp::add) == 3 * 3 * 24);
  const OneLayer half = with(dft({3, 8, 1}, 20, kOneSided), 2, data({}, ElementType::i64));
  CHECK(state(half) == LayerState::not_shaped);
}

TEST_CASE("a short-time transform has a spectrum per frame") {
  CHECK(shape_of(stft({2, 128, 1})) == "2x15x9x2");
  CHECK(shape_of(stft({2, 16, 1})) == "2x1x9x2");
  CHECK(shape_of(stft({2, 128})) == "2x15x9x2");
  CHECK(shape_of(stft({2, 128, 2}, {{"onesided", 0}})) == "2x15x16x2");
  OneLayer windowed = with(stft({2, 128, 1}), 2, weight({16}));
  const Work counted = work(windowed);  // 16 log2 16 is 64
  CHECK(counted.ops(VectorOp::multiply) == 30 * 64 + 30 * 16);
  CHECK(counted.ops(VectorOp::add) == 30 * 3 * 32);
  windowed.inputs.pop_back();
  CHECK(shape_of(windowed) == "2x15x9x2");
}

TEST_CASE("windows have the stated length and type") {
  CHECK(shape_of(window("HannWindow", 10)) == "10");
  CHECK(output(window("HammingWindow", 10)).element == ElementType::f32);
  CHECK(output(window("BlackmanWindow", 10, {{"output_datatype", 11}})).element ==
        ElementType::f64);
  CHECK(shape_of(mel(8, 16)) == "9x8");
}

TEST_CASE("windows of a length that is not constant count their cosines") {
  for (const auto& [op, cosines] : {std::pair("HannWindow", 1), {"BlackmanWindow", 2}}) {
    OneLayer layer = window(op, 10);
    layer.inputs[0].constant = false;
    CHECK(work(layer).ops(VectorOp::exponential) == 10 * cosines);
  }
}

TEST_CASE("a length that is not known leaves the layer without a shape") {
  const OneLayer layer{"HannWindow", {data({}, ElementType::i64)}};
  CHECK(state(layer) == LayerState::not_shaped);
  CHECK(complaint(layer) ==
        "layer 'it' (HannWindow): input 0 'x' (the size) is not known before the network runs; its "
        "shape is unknown and it is not counted");
}

TEST_CASE("where the file states the output, the length follows from it") {
  const auto counted = [](const OneLayer& layer, Shape stated) {
    Network network = network_of(layer);
    network.tensor(network.outputs().at(0)).shape = std::move(stated);
    return infer(std::move(network)).layers().at(0).work;
  };
  const Given unknown = data({}, ElementType::i64);
  const OneLayer transform = with(dft({3, 9, 1}, 20, kOneSided), 1, unknown);
  CHECK(counted(transform, {3, 5, 2}).ops(VectorOp::add) == 3 * 3 * 12);
  CHECK_THROWS_WITH(counted(transform, {3}),
                    "layer 'it' (DFT): its output (3) must have 3 dimensions");
  const OneLayer any_axis = with(dft({3, 8, 1}, 20, kOneSided), 2, unknown);
  CHECK(counted(any_axis, {3, 5, 2}).ops(VectorOp::add) == 3 * 3 * 12);
  const OneLayer frames = with(stft({2, 128, 1}), 3, unknown);
  CHECK(counted(frames, {2, 15, 9, 2}).ops(VectorOp::add) == 30 * 3 * 32);
  CHECK_THROWS_WITH(counted(frames, {2, 15}),
                    "layer 'it' (STFT): its output (2x15) must have 4 dimensions");
}

TEST_CASE("transforms that contradict their inputs say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {dft({3, 8, 3}, 20),
       "the last dimension of input 0 'x' (3x8x3) must be 1 (real) or 2 (complex)"},
      {dft({8}, 20), "input 0 'x' (8) needs at least 2 dimensions"},
      {dft({3, 8, 1}, 17, {{"axis", -1}}),
       "the axis is the last dimension of input 0 'x' (3x8x1), which holds the components of "
       "complex numbers"},
      {dft({3, 8, 2}, 20, kOneSided),
       "a one-sided transform starts from real numbers: the last dimension of input 0 'x' (3x8x2) "
       "must be 1"},
      {dft({3, 8, 1}, 20, kBack),
       "a one-sided transform starts from complex numbers: the last dimension of input 0 'x' "
       "(3x8x1) must be 2"},
      {with(dft({3, 8, 1}, 20), 1, constant_scalar(0)), "dft_length is 0; it must be at least 1"},
      {with(dft({3, 8, 1}, 20), 1, constant_integers({4, 4})),
       "input 1 'w' (2) (dft_length) must have one element"},
      {stft({2, 15, 1}), "a frame of 16 samples is longer than the signal, input 0 'x' (2x15x1)"},
      {stft({2}), "input 0 'x' (2) must have 3 dimensions: batch, samples and components"},
      {with(stft({2, 128, 1}), 2, weight({15})),
       "input 2 'b' (15) must be 16, because frame_length is 16"},
      {with(stft({2, 128, 1}), 3, left_out()), "it needs a window or a frame_length"},
      {with(stft({2, 128, 1}), 1, constant_scalar(0)), "frame_step is 0; it must be at least 1"},
      {window("HannWindow", 0), "the size is 0; it must be at least 1"},
      {mel(0, 16), "num_mel_bins is 0; it must be at least 1"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
