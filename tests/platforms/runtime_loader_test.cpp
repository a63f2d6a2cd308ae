#include <doctest/doctest.h>

#include "platforms/runtime.hpp"
#include "tests/platforms/support.hpp"

namespace roofbeam {
namespace {

using testing::message_of;
using testing::runtime_of;
using testing::with;

const std::string kSketch = R"(runtime: ncnn
precisions: [fp32, fp16, int8]
fuse: [conv+batchnorm, conv+activation, add+activation]
dispatch: 3 us
kernels:                           # first match wins
  - match: {op: Conv, kernel: 3x3, stride: 1, groups: 1}
    algorithm: winograd            # direct | im2col | winograd | gemm | gemv | depthwise | ...
    tile: {m: 8, n: 8, k: 4}
    efficiency: {value: 0.62, kind: fitted, source: "a fit"}
)";

TEST_CASE("the sketch of the design loads") {
  const Runtime runtime = runtime_of(kSketch);
  CHECK(runtime.name == "ncnn");
  CHECK(runtime.precisions.front() == Precision::fp32);
  CHECK(runtime.fuses("conv+batchnorm"));
  CHECK_FALSE(runtime.fuses("conv+add"));
  CHECK(runtime.dispatch.value.si() == doctest::Approx(3e-6));
  const Kernel& kernel = runtime.kernels[0];
  CHECK(kernel.match.ops == std::vector<std::string>{"Conv"});
  CHECK(kernel.match.kernel == std::vector<std::int64_t>{3, 3});
  CHECK(kernel.match.stride == 1);
  CHECK(kernel.match.grouping == Grouping::one);
  CHECK(kernel.algorithm == Algorithm::winograd);
  CHECK(kernel.tile.k == 4);
  CHECK(kernel.efficiency.value == doctest::Approx(0.62));
  CHECK(kernel.efficiency.origin.source == "a fit");
  CHECK(kernel.outputs == std::vector<int>{4});
  CHECK(kernel.passes.value == 0);
}

TEST_CASE("what the sketch leaves out is listed as assumptions") {
  const std::vector<std::string> assumptions = runtime_of(kSketch).assumptions;
  REQUIRE(assumptions.size() == 13);
  CHECK(assumptions[0] == "the runtime states no engines: it is taken to run on all kinds");
  CHECK(assumptions[1] == "the runtime states no fork cost: 0 s");
  CHECK(assumptions[2] == "the runtime states no serial_share: all work is shared");
  CHECK(assumptions[3] ==
        "the runtime states no vector_efficiency: vector instructions issue at full rate");
  CHECK(assumptions[4] == "the runtime states no vector_instructions for add: one is assumed");
  CHECK(assumptions[10] ==
        "the runtime states no errors: a spread of 40 % between devices, 25 % between kernels");
  CHECK(assumptions[11] == "kernel 0 (winograd) states no outputs: F(4x4,3x3) is assumed");
  CHECK(assumptions[12] ==
        "no kernel matches everything: operators that none matches are taken as elementwise");
  CHECK(runtime_of(kSketch).kernels.size() == 2);
}

TEST_CASE("conditions take one word or a list, an extent its two spellings") {
  const Runtime runtime = runtime_of(
      with(kSketch, "{op: Conv, kernel: 3x3, stride: 1, groups: 1}",
           "{op: [Gemm, MatMul], kernel: [1, 7], groups: depthwise, precision: int8, engine: "
           "[cpu, gpu], min_channels: 8, max_rows: 1}"));
  const KernelMatch& match = runtime.kernels[0].match;
  CHECK(match.ops == std::vector<std::string>{"Gemm", "MatMul"});
  CHECK(match.kernel == std::vector<std::int64_t>{1, 7});
  CHECK(match.grouping == Grouping::depthwise);
  CHECK(match.precisions == std::vector<Precision>{Precision::int8});
  CHECK(match.engines == std::vector<EngineKind>{EngineKind::cpu, EngineKind::gpu});
  CHECK(match.min_channels == 8);
  CHECK(match.max_rows == 1);
  CHECK_FALSE(match.stride.has_value());
}

TEST_CASE("shaders say how they use a GPU") {
  CHECK_FALSE(runtime_of(kSketch).shaders.has_value());
  const Runtime runtime = runtime_of(
      kSketch +
      "shaders: {arithmetic: fp32, occupancy: 3, bandwidth: 0.5, architectures: {adreno: 0.3}}\n");
  const Shaders& shaders = runtime.shaders.value();
  CHECK(shaders.arithmetic == Precision::fp32);
  CHECK(shaders.occupancy.value == 3);
  CHECK(shaders.bandwidth.value == 0.5);
  CHECK(shaders.share_on("adreno") == 0.3);
  CHECK(shaders.share_on("mali") == 1);
  CHECK(shaders.share_on("") == 1);
  CHECK(runtime.arithmetic(Precision::fp16) == Precision::fp32);
  CHECK(runtime.arithmetic(Precision::fp32) == Precision::fp32);
  CHECK(runtime_of(kSketch).arithmetic(Precision::fp16) == Precision::fp16);
}

TEST_CASE("a kernel without a shader runs on the host") {
  const Runtime runtime =
      runtime_of(with(kSketch, "algorithm: winograd  ", "host: true\n    algorithm: winograd  "));
  CHECK(runtime.kernels[0].host);
  CHECK_FALSE(runtime.kernels[1].host);
}

struct Bad {
  std::string what;
  std::string old;
  std::string text;
  std::string message;
};

TEST_CASE("each mistake gives its whole message") {
  const Bad rows[] = {
      {"unknown key", "dispatch:", "dispach:", R"(r.yaml:4:1: error: runtime: unknown key 'dispach'
    dispach: 3 us
    ^
  did you mean 'dispatch'?)"},
      {"unknown condition", "stride: 1", "strides: 1",
       R"(r.yaml:6:36: error: match of kernel 0: unknown key 'strides'
      - match: {op: Conv, kernel: 3x3, strides: 1, groups: 1}
                                       ^
  did you mean 'stride'?)"},
      {"unknown algorithm", "winograd  ", "winogard  ",
       R"(r.yaml:7:16: error: algorithm: 'winogard' is none of: direct, im2col, winograd, gemm, gemv, depthwise, elementwise, pooling, reduction, copy
        algorithm: winogard            # direct | im2col | winograd | gemm | gemv | depthwise | ...
                   ^
  did you mean 'winograd'?)"},
      {"unknown precision", "[fp32, ", "[float32, ",
       R"(r.yaml:2:14: error: precisions: 'float32' is none of: fp32, fp16, bf16, int16, int8, int4
    precisions: [float32, fp16, int8]
                 ^)"},
      {"unknown fusion", "add+activation", "activation+add",
       R"(r.yaml:3:41: error: fuse: 'activation+add' is none of: conv+batchnorm, conv+activation, conv+add, activation+mul, gemm+activation, add+activation, matmul+add
    fuse: [conv+batchnorm, conv+activation, activation+add]
                                            ^
  did you mean 'activation+mul'?)"},
      {"wrong unit", "3 us", "3 MB",
       R"(r.yaml:4:11: error: dispatch: '3 MB' is not a time: unknown unit 'MB'; did you mean 'ms'?
    dispatch: 3 MB
              ^
  write a time such as 2.5 us)"},
      {"negative cost", "3 us", "-3 us",
       R"(r.yaml:4:11: error: dispatch: '-3 us' is not a time: it must not be negative
    dispatch: -3 us
              ^
  write a time such as 2.5 us)"},
      {"zero efficiency", "value: 0.62", "value: 0",
       R"(r.yaml:9:25: error: efficiency: '0' must be more than zero
        efficiency: {value: 0, kind: fitted, source: "a fit"}
                            ^)"},
      {"no efficiency", "    efficiency: {value: 0.62, kind: fitted, source: \"a fit\"}\n", "",
       R"(r.yaml:6:5: error: kernel 0: winograd needs an efficiency
      - match: {op: Conv, kernel: 3x3, stride: 1, groups: 1}
        ^
  add 'efficiency:' with a share of the engine's peak such as 0.6)"},
      {"zero tile", "m: 8", "m: 0", R"(r.yaml:8:15: error: tile.m: '0' must be more than zero
        tile: {m: 0, n: 8, k: 4}
                  ^)"},
      {"unknown tile", "m: 8", "h: 8", R"(r.yaml:8:12: error: tile: unknown key 'h'
        tile: {h: 8, n: 8, k: 4}
               ^
  did you mean 'm'?)"},
      {"kernel extent", "3x3", "3by3", R"(r.yaml:6:31: error: kernel: '3by3' is not a whole number
      - match: {op: Conv, kernel: 3by3, stride: 1, groups: 1}
                                  ^
  write a whole number such as 4)"},
      {"unknown architecture", "dispatch:", "shaders: {architectures: {malli: 0.3}}\ndispatch:",
       R"(r.yaml:4:27: error: architectures: unknown key 'malli'
    shaders: {architectures: {malli: 0.3}}
                              ^
  did you mean 'mali'?)"},
      {"too much bandwidth", "dispatch:", "shaders: {bandwidth: 1.5}\ndispatch:",
       R"(r.yaml:4:22: error: bandwidth: '1.5' must be more than 0 and at most 1
    shaders: {bandwidth: 1.5}
                         ^)"},
      {"no precisions", "precisions: [fp32, fp16, int8]\n", "",
       R"(r.yaml:1:1: error: runtime: key 'precisions' is missing
    runtime: ncnn
    ^
  add 'precisions:' with a list such as [fp32, int8], the usual one first)"},
      {"no kernels", kSketch.substr(kSketch.find("kernels:")), "",
       R"(r.yaml:1:1: error: runtime: key 'kernels' is missing
    runtime: ncnn
    ^
  add 'kernels:' with a list)"},
  };
  for (const Bad& row : rows) {
    CAPTURE(row.what);
    CHECK(message_of([&] { return runtime_of(with(kSketch, row.old, row.text)); }) == row.message);
  }
}

}  // namespace
}  // namespace roofbeam
