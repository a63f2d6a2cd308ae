#include "models/lower.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"
#include "tests/models/make.hpp"
#include "tests/models/networks.hpp"

namespace roofbeam {
namespace {

using make::NetworkBuilder;

std::vector<std::string> ops(const Workload& workload) {
  std::vector<std::string> list;
  for (const auto& call : workload.calls) list.push_back(call.op);
  return list;
}

// x 1x8x4x4 -> Conv 1x1 to 8 channels -> BatchNormalization -> Relu
struct ConvNormRelu {
  NetworkBuilder builder;
  TensorId x = builder.input({1, 8, 4, 4});
  TensorId conv = builder.layer("Conv", {x, builder.weight({8, 8, 1, 1})});
  TensorId norm = builder.layer(
      "BatchNormalization",
      {conv, builder.weight({8}), builder.weight({8}), builder.weight({8}), builder.weight({8})});
  TensorId relu = builder.layer("Relu", {norm});
};

TEST_CASE("a batch norm folds into its convolution and leaves a bias") {
  ConvNormRelu net;
  const auto workload = lower(net.builder.build({net.relu}), make::runtime(), make::engine());
  CHECK(ops(workload) == std::vector<std::string>{"Conv+Relu"});
  const auto& call = workload.calls[0];
  CHECK(call.layers == std::vector<LayerId>{0, 1, 2});
  CHECK(call.macs == 16 * 8 * 8);
  CHECK(call.weight_bytes == (64 + 8) * 4);  // weights and the folded bias
  CHECK(workload.weight_bytes == (64 + 8) * 4);
  CHECK(workload.parameters == 64 + 16);  // scale and shift, as the network has them
  CHECK(workload.buffers.size() == 2);    // nothing lies between
}

TEST_CASE("without fusion every layer is a call") {
  ConvNormRelu net;
  auto runtime = make::runtime();
  runtime.fuse.clear();
  const auto workload = lower(net.builder.build({net.relu}), runtime, make::engine());
  CHECK(ops(workload) == std::vector<std::string>{"Conv", "BatchNormalization", "Relu"});
  CHECK(workload.buffers.size() == 4);
}

TEST_CASE("a result that somebody else reads is not fused away") {
  ConvNormRelu net;
  const auto workload =
      lower(net.builder.build({net.relu, net.norm}), make::runtime(), make::engine());
  CHECK(ops(workload) == std::vector<std::string>{"Conv", "Relu"});
}

TEST_CASE("a residual sum joins the convolution that finishes last") {
  NetworkBuilder builder;
  const auto x = builder.input({1, 8, 4, 4});
  const auto a = builder.layer("Conv", {x, builder.weight({8, 8, 1, 1})});
  const auto b = builder.layer("Conv", {x, builder.weight({8, 8, 3, 3})},
                               {{"pads", std::vector<std::int64_t>{1, 1, 1, 1}}});
  const auto sum = builder.layer("Add", {a, b});
  const auto relu = builder.layer("Relu", {sum});
  const auto workload = lower(builder.build({relu}), make::runtime(), make::engine());
  CHECK(ops(workload) == std::vector<std::string>{"Conv", "Conv+Add+Relu"});
  CHECK(workload.calls[1].inputs.size() == 2);  // x and the first convolution's result
}

TEST_CASE("views cost no call and share memory") {
  NetworkBuilder builder;
  const auto x = builder.input({1, 8, 4, 4});
  const auto relu = builder.layer("Relu", {x});
  const auto flat = builder.layer("Flatten", {relu});
  const auto fc = builder.layer("Gemm", {flat, builder.weight({128, 10})});
  const auto workload = lower(builder.build({fc}), make::runtime(), make::engine());
  CHECK(ops(workload) == std::vector<std::string>{"Relu", "Gemm"});
  REQUIRE(workload.buffers.size() == 4);
  CHECK(workload.buffers[2].shares == 1);
  CHECK(workload.buffers[1].born == 0);
  CHECK(workload.buffers[2].dies == 1);
  CHECK(workload.plan.arena_bytes == 512 + 512);  // x and relu's result; then 40 bytes beside it
}

TEST_CASE("an elementwise call overwrites an input that nobody reads later") {
  NetworkBuilder builder;
  const auto x = builder.input({1, 8, 4, 4});
  const auto a = builder.layer("Relu", {x});
  const auto b = builder.layer("Sigmoid", {a});
  const auto c = builder.layer("Mul", {a, b});
  const auto workload = lower(builder.build({c}), make::runtime(), make::engine());
  REQUIRE(workload.buffers.size() == 4);
  CHECK_FALSE(workload.buffers[1].shares);  // the user's input is not ours
  CHECK_FALSE(workload.buffers[2].shares);  // Mul still reads Relu's result
  CHECK(workload.buffers[3].shares == 1);   // Mul is its last reader
}

TEST_CASE("a batch multiplies work and activations, not weights") {
  ConvNormRelu net;
  const auto network = net.builder.build({net.relu});
  const auto workload =
      lower(network, make::runtime(), make::engine(), {.precision = {}, .batch = 4, .threads = {}});
  CHECK(workload.calls[0].macs == 4 * 1024);
  CHECK(workload.calls[0].matrix.m == 4 * 16);
  CHECK(workload.calls[0].weight_bytes == (64 + 8) * 4);
  CHECK(workload.buffers[0].bytes == 4 * 512);
  CHECK(workload.assumptions.size() == 1);
}

TEST_CASE("integer precisions shrink weights and activations but not biases") {
  ConvNormRelu net;
  auto runtime = make::runtime();
  runtime.precisions = {Precision::int8};
  auto engine = make::engine();
  engine.macs_per_cycle[Precision::int8] = 16;
  const auto workload = lower(net.builder.build({net.relu}), runtime, engine);
  CHECK(workload.precision == Precision::int8);
  CHECK(workload.calls[0].weight_bytes == 64 + 8 * 4);
  CHECK(workload.buffers[0].bytes == 128);
}

TEST_CASE("quantized operators fuse as the standard ones that they act like") {
  NetworkBuilder builder;
  const auto x = builder.input({1, 8, 4, 4});
  const auto one = builder.weight({});
  const auto y =
      builder.layer("QLinearConv", {x, one, one, builder.weight({8, 8, 1, 1}), one, one, one, one});
  const auto relu = builder.layer("QLinearLeakyRelu", {y, one, one, one, one}, {}, "com.microsoft");
  const auto sum =
      builder.layer("QLinearAdd", {relu, one, one, x, one, one, one, one}, {}, "com.microsoft");
  const auto workload = lower(builder.build({sum}), make::runtime(), make::engine());
  CHECK(ops(workload) == std::vector<std::string>{"QLinearConv+QLinearLeakyRelu+QLinearAdd"});
  CHECK(workload.calls[0].algorithm == Algorithm::direct);
  CHECK(workload.calls[0].macs == 16 * 8 * 8);
}

TEST_CASE("a batch norm leaves no bias behind a quantized convolution that has one") {
  const auto folded = [](bool bias) {
    NetworkBuilder builder;
    const auto one = builder.weight({1});
    std::vector<TensorId> inputs = {
        builder.input({1, 8, 4, 4}), one, one, builder.weight({8, 8, 1, 1}), one, one, one, one};
    if (bias) inputs.push_back(builder.weight({8}));
    const auto y = builder.layer("QLinearConv", inputs);
    const auto c = builder.weight({8});
    const auto norm = builder.layer("BatchNormalization", {y, c, c, c, c});
    return lower(builder.build({norm}), make::runtime(), make::engine()).calls.at(0).weight_bytes;
  };
  CHECK(folded(true) == folded(false));  // its own eight, or the eight of the batch norm
}

TEST_CASE("im2col writes and reads its patches") {
  NetworkBuilder builder;
  const auto x = builder.input({1, 8, 4, 4});
  const auto y = builder.layer("Conv", {x, builder.weight({8, 8, 3, 3})},
                               {{"pads", std::vector<std::int64_t>{1, 1, 1, 1}}});
  auto runtime = make::runtime();
  runtime.kernels[0].algorithm = Algorithm::im2col;
  const auto workload = lower(builder.build({y}), runtime, make::engine());
  CHECK(workload.calls[0].scratch_bytes == 16 * 72 * 4);
}

TEST_CASE("an embedding table is stored whole and read where it is asked") {
  NetworkBuilder builder;
  const auto table = builder.weight({1000, 16});
  const auto x = builder.input({4, 16});
  const auto ids = builder.layer("Cast", {x}, {{"to", std::int64_t{7}}});
  const auto y = builder.layer("Gather", {table, ids});
  const auto workload = lower(builder.build({y}), make::runtime(), make::engine());
  CHECK(workload.weight_bytes == 1000 * 16 * 4);
  CHECK(workload.calls[1].weight_bytes == 4 * 16 * 16 * 4);
}

TEST_CASE("what cannot be lowered says why") {
  ConvNormRelu net;
  const auto network = net.builder.build({net.relu});
  const auto message = [&](const Runtime& runtime, const Engine& engine, LowerOptions options) {
    return testing::message_of([&] { return lower(network, runtime, engine, options); });
  };
  auto gpu = make::engine();
  gpu.kind = EngineKind::gpu;
  CHECK(message(make::runtime(), gpu, {}) ==
        "runtime 'toy' does not run on engine 'cpu', which is a gpu; it runs on: cpu");
  CHECK(message(make::runtime(), make::engine(),
                {.precision = Precision::int8, .batch = 1, .threads = {}}) ==
        "precision int8 is not to be had from runtime 'toy' on engine 'cpu'; there are: fp32");
  CHECK(message(make::runtime(), make::engine(), {.precision = {}, .batch = 0, .threads = {}}) ==
        "batch must be at least 1, not 0");
  CHECK(message(make::runtime(), make::engine(), {.precision = {}, .batch = 1, .threads = 0}) ==
        "threads must be at least 1, not 0");
  auto bare = make::runtime();
  bare.kernels.clear();
  CHECK(
      message(bare, make::engine(), {}) ==
      "runtime 'toy' has no kernel for layer 'Conv2' (Conv) at fp32; end its list of kernels with "
      "one that matches everything");
}

TEST_CASE("more threads than cores are cut, and that is said") {
  ConvNormRelu net;
  const auto workload = lower(net.builder.build({net.relu}), make::runtime(), make::engine(),
                              {.precision = {}, .batch = 1, .threads = 8});
  CHECK(workload.threads == 1);
  REQUIRE(workload.assumptions.size() == 1);
  CHECK(workload.assumptions[0] == "engine 'cpu' has 1 cores: 1 of the 8 threads asked for work");
}

// x 1x8x4x4 -> Conv 1x1 to 8 channels, both stored as this type.
Network stored_as(ElementType element) {
  NetworkBuilder builder;
  const auto x = builder.input({1, 8, 4, 4});
  const auto weight = builder.weight({8, 8, 1, 1});
  const auto conv = builder.layer("Conv", {x, weight});
  const auto relu = builder.layer("Relu", {conv});
  auto network = builder.build({relu});
  for (const auto id : {x, weight, conv, relu}) network.tensor(id).element = element;
  return network;
}

Engine int8_engine() {
  auto engine = make::engine();
  engine.macs_per_cycle[Precision::int8] = engine.macs_per_cycle[Precision::fp32];
  return engine;
}

TEST_CASE("a layer that is stored as integers runs as integers, whatever the others run as") {
  auto runtime = make::runtime();
  runtime.precisions = {Precision::fp32, Precision::int8};
  const auto workload = lower(stored_as(ElementType::u8), runtime, int8_engine());
  REQUIRE(workload.calls.size() == 1);
  CHECK(workload.calls[0].precision == Precision::int8);
  CHECK(workload.calls[0].weight_bytes == 64);
  CHECK(workload.buffers[0].bytes == 128);
  CHECK(workload.precision == Precision::int8);  // that of most MACs
  CHECK(workload.assumptions.empty());
}

TEST_CASE(
    "without integer kernels a layer stored as integers runs as the others, and that is said") {
  const auto workload = lower(stored_as(ElementType::i8), make::runtime(), make::engine());
  CHECK(workload.calls[0].precision == Precision::fp32);
  CHECK(workload.calls[0].weight_bytes == 64);  // stored is stored
  CHECK(workload.assumptions ==
        std::vector<std::string>{"kernel calls stored as int8 that run as fp32, because runtime "
                                 "'toy' has no kernels for that on engine 'cpu': 1"});
}

TEST_CASE("a layer that repeats does its operations so often, on the same bytes") {
  auto network = stored_as(ElementType::f32);
  for (LayerId id = 0; id < 2; ++id) network.layer(id).repeat = 3;
  const auto workload = lower(network, make::runtime(), make::engine());
  REQUIRE(workload.calls.size() == 1);
  CHECK(workload.calls[0].repeat == 3);
  CHECK(workload.calls[0].macs == 3 * 16 * 8 * 8);
  CHECK(workload.calls[0].matrix.m == 16);
  CHECK(workload.calls[0].weight_bytes == 64 * 4);
  CHECK(workload.macs == 3 * 16 * 8 * 8);
}

TEST_CASE("layers that repeat differently are not fused") {
  auto network = stored_as(ElementType::f32);
  network.layer(0).repeat = 3;
  CHECK(lower(network, make::runtime(), make::engine()).calls.size() == 2);
}

TEST_CASE("what the network assumes, its workload assumes") {
  auto network = stored_as(ElementType::f32);
  network.assume("the shape of t9 depends on data");
  CHECK(lower(network, make::runtime(), make::engine()).assumptions ==
        std::vector<std::string>{"the shape of t9 depends on data"});
}

}  // namespace
}  // namespace roofbeam
