#include "models/kernel_choice.hpp"

#include <doctest/doctest.h>

#include "core/operators/operator.hpp"
#include "tests/models/make.hpp"
#include "tests/models/networks.hpp"

namespace roofbeam {
namespace {

Runtime kernels() {
  Runtime runtime;
  auto depthwise = make::kernel({"Conv"}, Algorithm::depthwise);
  depthwise.match.grouping = Grouping::depthwise;
  auto winograd = make::kernel({"Conv"}, Algorithm::winograd);
  winograd.match.kernel = {3, 3};
  winograd.match.stride = 1;
  winograd.match.min_channels = 16;
  auto gemv = make::kernel({"Gemm", "MatMul"}, Algorithm::gemv);
  gemv.match.max_rows = 1;
  auto int8 = make::kernel({"Conv"}, Algorithm::gemm);
  int8.match.precisions = {Precision::int8};
  int8.match.engines = {EngineKind::cpu};
  runtime.kernels = {depthwise, winograd, gemv, int8, make::kernel({"Conv"}, Algorithm::im2col)};
  return runtime;
}

TEST_CASE("the first kernel whose conditions all hold is chosen") {
  struct Row {
    KernelQuery query;
    std::optional<Algorithm> expected;
  };
  const std::vector<std::int64_t> k3 = {3, 3};
  const auto cpu = EngineKind::cpu;
  const Row rows[] = {
      {{"Conv", k3, 1, Grouping::one, 16, 0, 0, 100, Precision::fp32, cpu}, Algorithm::winograd},
      {{"Conv", k3, 1, Grouping::one, 15, 0, 0, 100, Precision::fp32, cpu}, Algorithm::im2col},
      {{"Conv", k3, 2, Grouping::one, 16, 0, 0, 100, Precision::fp32, cpu}, Algorithm::im2col},
      {{"Conv", {5, 5}, 1, Grouping::one, 16, 0, 0, 100, Precision::fp32, cpu}, Algorithm::im2col},
      {{"Conv", k3, 1, Grouping::depthwise, 1, 0, 0, 100, Precision::fp32, cpu},
       Algorithm::depthwise},
      {{"Conv", k3, 2, Grouping::one, 16, 0, 0, 100, Precision::int8, cpu}, Algorithm::gemm},
      {{"Conv", k3, 2, Grouping::one, 16, 0, 0, 100, Precision::int8, EngineKind::gpu},
       Algorithm::im2col},
      {{"Gemm", {}, 1, Grouping::one, 0, 0, 0, 1, Precision::fp32, cpu}, Algorithm::gemv},
      {{"Gemm", {}, 1, Grouping::one, 0, 0, 0, 2, Precision::fp32, cpu}, std::nullopt},
  };
  const auto runtime = kernels();
  for (const auto& row : rows) {
    const auto* kernel = choose_kernel(runtime, row.query);
    REQUIRE((kernel != nullptr) == row.expected.has_value());
    if (kernel != nullptr) CHECK(kernel->algorithm == *row.expected);
  }
}

TEST_CASE("a convolution answers for its extent, stride and groups") {
  make::NetworkBuilder builder;
  const auto x = builder.input({1, 8, 9, 9});
  using Ints = std::vector<std::int64_t>;
  const auto plain = builder.layer("Conv", {x, builder.weight({4, 8, 3, 5})});
  const auto depthwise = builder.layer("Conv", {x, builder.weight({8, 1, 3, 3})},
                                       {{"group", std::int64_t{8}}, {"strides", Ints{2, 2}}});
  const auto grouped = builder.layer("Conv", {x, builder.weight({8, 4, 1, 1})},
                                     {{"group", std::int64_t{2}}, {"strides", Ints{2, 1}}});
  const auto network = builder.build({plain, depthwise, grouped});
  const auto query = [&](LayerId id) {
    return query_for(network, network.layer(id), Precision::fp32, EngineKind::cpu, 1);
  };
  CHECK(query(0).kernel == Ints{3, 5});
  CHECK(query(0).stride == 1);
  CHECK(query(0).grouping == Grouping::one);
  CHECK(query(0).channels == 8);
  CHECK(query(1).grouping == Grouping::depthwise);
  CHECK(query(1).stride == 2);
  CHECK(query(2).grouping == Grouping::grouped);
  CHECK(query(2).channels == 4);
  CHECK(query(2).stride == 0);  // not the same in both dimensions
}

TEST_CASE("a quantized, fused or channels-last convolution asks for Conv's kernels") {
  make::NetworkBuilder builder;
  const auto x = builder.input({1, 8, 9, 9});
  const auto last = builder.input({1, 9, 9, 8});
  const auto w = builder.weight({16, 8, 3, 5});
  const auto one = builder.weight({});
  const auto quantized = builder.layer(
      "QLinearConv", {x, one, one, builder.weight({16, 8, 3, 5}), one, one, one, one});
  const auto integer = builder.layer("ConvInteger", {x, w});
  const auto fused =
      builder.layer("FusedConv", {x, w}, {{"activation", std::string("Relu")}}, "com.microsoft");
  const auto nhwc = builder.layer("NhwcConv", {last, w}, {}, "com.microsoft");
  const auto network = builder.build({quantized, integer, fused, nhwc});
  for (const auto& layer : network.layers()) {
    CAPTURE(layer.op);
    const auto query = query_for(network, layer, Precision::int8, EngineKind::cpu, 1);
    CHECK(query.op == "Conv");
    CHECK(query.kernel == std::vector<std::int64_t>{3, 5});
    CHECK(query.channels == 8);
  }
}

TEST_CASE("an operator of another domain has the kernels of the standard one that it acts like") {
  const auto name = [](std::string op, std::string domain) {
    Layer layer;
    layer.op = std::move(op);
    layer.domain = std::move(domain);
    return std::string(kernel_name(layer));
  };
  CHECK(name("Conv", "") == "Conv");
  CHECK(name("Imaginary", "") == "Imaginary");
  CHECK(name("MatMulNBits", "com.microsoft") == "MatMul");
  CHECK(name("QGemm", "com.microsoft") == "Gemm");
  CHECK(name("QLinearAdd", "com.microsoft") == "Add");
  CHECK(name("QLinearAveragePool", "com.microsoft") == "AveragePool");
  CHECK(name("Conv", "com.microsoft.nchwc") == "Conv");
  CHECK(name("Conv", "com.example") == "");
}

}  // namespace
}  // namespace roofbeam
