#include "models/layer_precision.hpp"

#include <doctest/doctest.h>

#include "models/lower.hpp"
#include "tests/message_of.hpp"
#include "tests/models/make.hpp"
#include "tests/models/networks.hpp"

namespace roofbeam {
namespace {

using make::NetworkBuilder;

// Convolutions of x 1x8x4x4 (128 elements) by 8x8x1x1 weights (64).
Network two_convolutions() {
  NetworkBuilder builder;
  const auto x = builder.input({1, 8, 4, 4});
  const auto first = builder.layer("Conv", {x, builder.weight({8, 8, 1, 1})});
  return builder.build({builder.layer("Conv", {first, builder.weight({8, 8, 1, 1})})});
}

// As the toy runtime and engine, with kernels for 8-bit convolutions too.
Runtime integer_runtime() {
  auto runtime = make::runtime();
  runtime.precisions = {Precision::fp32, Precision::int8};
  return runtime;
}
Engine integer_engine() {
  auto engine = make::engine();
  engine.macs_per_cycle[Precision::int8] = 16;
  return engine;
}

Workload lowered(const Network& network, const LowerOptions& options = {}) {
  return lower(network, integer_runtime(), integer_engine(), options);
}

double ops(const KernelCall& call, VectorOp op) {
  return call.vector_ops[static_cast<std::size_t>(op)];
}

TEST_CASE("a network whose every layer asks for int8 is one that runs at int8") {
  auto network = two_convolutions();
  LowerOptions int8;
  int8.precision = Precision::int8;
  const auto by_run = lowered(network, int8);
  for (const LayerId id : {0, 1}) {
    network.layer(id).precision = {ElementType::i8, ElementType::i8, ElementType::i8, false};
  }
  const auto by_layers = lowered(network);
  CHECK(by_layers.precision == Precision::int8);
  CHECK(by_layers.weight_bytes == by_run.weight_bytes);
  CHECK(by_layers.stored_bytes == 2 * (64 + 8 * 4));  // and a scale a channel
  CHECK(by_layers.plan.arena_bytes == by_run.plan.arena_bytes);
  for (const std::size_t call : {0, 1}) {
    CHECK(by_layers.calls[call].vector_ops == by_run.calls[call].vector_ops);
    CHECK(by_layers.calls[call].scratch_bytes == by_run.calls[call].scratch_bytes);
  }
}

TEST_CASE("narrow weights are read as such and dequantized by the call") {
  auto network = two_convolutions();
  network.layer(0).precision.weights = ElementType::i8;
  const auto workload = lowered(network);
  CHECK(workload.calls[0].precision == Precision::fp32);
  CHECK(workload.calls[0].weight_bytes == 64 + 8 * 4);
  CHECK(workload.calls[1].weight_bytes == 64 * 4);
  CHECK(ops(workload.calls[0], VectorOp::multiply) == 64);
  CHECK(ops(workload.calls[0], VectorOp::add) == 64);
  CHECK(ops(workload.calls[1], VectorOp::multiply) == 0);
  CHECK(workload.stored_bytes == 64 + 32 + 256);
  LowerOptions four;
  four.batch = 4;  // weights are dequantized once
  CHECK(ops(lowered(network, four).calls[0], VectorOp::multiply) == 64);
}

TEST_CASE("four-bit weights have a scale for every 32") {
  auto network = two_convolutions();
  network.layer(0).precision.weights = ElementType::i4;
  CHECK(lowered(network).calls[0].weight_bytes == 32 + 2 * 2);
}

TEST_CASE("with a dynamic range activations are quantized and results dequantized") {
  auto network = two_convolutions();
  network.layer(0).precision = {ElementType::i8, std::nullopt, ElementType::i8, true};
  const auto workload = lowered(network);
  const auto& call = workload.calls[0];
  CHECK(call.precision == Precision::int8);
  CHECK(ops(call, VectorOp::divide) == 128);
  CHECK(ops(call, VectorOp::compare) == 4 * 128);
  CHECK(ops(call, VectorOp::multiply) == 128);  // of the results
  CHECK(ops(call, VectorOp::add) == 2 * 128);
  CHECK(call.scratch_bytes == 128);
  CHECK(workload.buffers[0].bytes == 512);
  CHECK(workload.buffers[1].bytes == 512);
}

TEST_CASE("without a kernel of its own an operator multiplies floats") {
  auto network = two_convolutions();
  network.layer(0).precision = {ElementType::i8, std::nullopt, ElementType::i8, true};
  const auto workload = lower(network, make::runtime(), make::engine());
  CHECK(workload.calls[0].precision == Precision::fp32);
  CHECK(workload.calls[0].weight_bytes == 64 + 8 * 4);
  CHECK(workload.assumptions ==
        std::vector<std::string>{"kernel calls stored as int8 that run as fp32, because runtime "
                                 "'toy' has no kernels for that on engine 'cpu': 1"});
}

TEST_CASE("an arithmetic that is not to be had is an error") {
  auto network = two_convolutions();
  network.layer(0).precision.arithmetic = ElementType::i8;
  CHECK(testing::message_of([&] { return lower(network, make::runtime(), make::engine()); }) ==
        "precision int8, which layer 'Conv2' (Conv) asks for, is not to be had from runtime 'toy' "
        "on engine 'cpu'; there are: fp32");
}

TEST_CASE("where precisions meet, the layer that reads converts") {
  auto network = two_convolutions();
  network.layer(0).precision = {ElementType::i8, ElementType::i8, ElementType::i8, false};
  const auto workload = lowered(network);
  CHECK(workload.buffers[0].bytes == 128);  // the input, as who reads it wants it
  CHECK(workload.buffers[1].bytes == 128);
  CHECK(workload.buffers[2].bytes == 512);
  CHECK(ops(workload.calls[1], VectorOp::multiply) == 128);
  CHECK(ops(workload.calls[1], VectorOp::divide) == 0);
}

TEST_CASE("fusion is switched off by the run or by the network") {
  NetworkBuilder builder;
  const auto x = builder.input({1, 8, 4, 4});
  const auto conv = builder.layer("Conv", {x, builder.weight({8, 8, 1, 1})});
  auto network = builder.build({builder.layer("Relu", {conv})});
  CHECK(lowered(network).calls.size() == 1);
  LowerOptions off;
  off.fuse = false;
  CHECK(lowered(network, off).calls.size() == 2);
  auto notes = network.notes();
  notes.treatment.fuse = false;
  network.set_notes(std::move(notes));
  CHECK(lowered(network).calls.size() == 2);
  CHECK(lowered(network).assumptions.front() ==
        "fusion is off: every layer is a call of its own, batch norms too");
}

TEST_CASE("compressed activations are smaller, and work") {
  auto network = two_convolutions();
  auto notes = network.notes();
  notes.treatment.activation_share = 0.5;
  network.set_notes(std::move(notes));
  const auto workload = lowered(network);
  CHECK(workload.buffers[0].bytes == 512);  // the user's
  CHECK(workload.buffers[1].bytes == 256);
  CHECK(workload.buffers[2].bytes == 512);  // the user's
  CHECK(ops(workload.calls[0], VectorOp::compare) == 128);
  CHECK(ops(workload.calls[0], VectorOp::add) == 128);
  CHECK(ops(workload.calls[1], VectorOp::compare) == 0);
  CHECK(ops(workload.calls[1], VectorOp::add) == 128);
}

TEST_CASE("sparse weights cost what all do, and less only when stored so") {
  auto network = two_convolutions();
  auto notes = network.notes();
  notes.treatment.zero_weights = 0.75;
  network.set_notes(notes);
  const auto dense = lowered(network);
  CHECK(dense.weight_bytes == 512);
  CHECK(dense.stored_bytes == 512);
  CHECK(
      dense.assumptions.front() ==
      "sparsity: 75 % of the weights are zero; runtime 'toy' has no sparse kernels, so time, "
      "energy and memory are those of all; a bit a weight and what is not zero take 144 B instead "
      "of 512 B");
  notes.treatment.bitmask = true;
  network.set_notes(notes);
  CHECK(lowered(network).stored_bytes == 128 + 16);
  CHECK(lowered(network).weight_bytes == 512);
}

}  // namespace
}  // namespace roofbeam
