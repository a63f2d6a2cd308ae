// The software that runs the network: what it fuses, which kernels it has, what a call costs.
//
// docs/runtime_schema.md describes the file. Kernels are tried in the file's order; the first that
// matches is used.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.hpp"
#include "platforms/error_model.hpp"
#include "platforms/platform.hpp"
#include "platforms/shaders.hpp"

namespace roofbeam {

enum class Algorithm : std::uint8_t {
  direct,       // convolution without a patch matrix
  im2col,       // convolution as a matrix product over a patch matrix that is written and read
  winograd,     // 3x3 convolution in the transform domain: fewer multiplications
  gemm,         // matrix product, also a 1x1 convolution
  gemv,         // matrix times vector: weights are read once per call
  depthwise,    // one filter per channel
  elementwise,  // one pass over the elements, vector operations only
  pooling,      // windows without MACs
  reduction,    // softmax, normalisation, mean: several passes
  copy,         // moves bytes
};
[[nodiscard]] std::string_view to_text(Algorithm);

// Which convolutions (by groups) a kernel is for.
enum class Grouping : std::uint8_t { any, one, depthwise, grouped };

// What a kernel is for; an empty condition matches everything.
struct KernelMatch {
  std::vector<std::string> ops;        // operator names
  std::vector<std::int64_t> kernel;    // spatial extent, e.g. {3, 3}
  std::optional<std::int64_t> stride;  // the same in every dimension
  Grouping grouping = Grouping::any;
  std::vector<Precision> precisions;
  std::vector<EngineKind> engines;
  std::optional<std::int64_t> min_channels;  // input channels per group
  std::optional<std::int64_t> packs;         // all input and output channels are multiples of this
  std::optional<std::int64_t> max_rows;      // matrix rows m: 1 for a matrix times a vector
};

// The micro-kernel's block of the output, m positions by n channels, and its step k in the sum.
struct Tile {
  int m = 1;
  int n = 1;
  int k = 1;
};

struct Kernel {
  KernelMatch match;
  Algorithm algorithm = Algorithm::direct;
  Tile tile;
  // Share of the engine's peak inside full tiles; without MACs, of the rate of vector operations.
  Sourced<double> efficiency{1.0, {}};
  // Winograd F(o x o, 3x3): the sizes o of its output tiles; the cheapest for a layer is used.
  std::vector<int> outputs;
  std::optional<Precision> weights;  // that they are stored at; absent: the call's own
  // So often a kernel goes over its inputs, results and scratch besides its arithmetic: packing,
  // padding, transforms, at a vector register an instruction.
  Sourced<double> passes{0.0, {}};
  // Cycles of one core for each element of the results, whatever the width of its vectors: address
  // arithmetic, edges, what was never vectorised.
  Sourced<double> cycles{0.0, {}};
  // A GPU's runtime has no shader for it: the GPU finishes, the host computes and hands back.
  bool host = false;
};

struct Runtime {
  std::string name;
  std::string title;
  std::vector<Precision> precisions;  // the first is used when the user names none
  std::vector<EngineKind> engines;    // kinds it runs on
  // Pairs of words that are fused into one call: conv+batchnorm, conv+activation, conv+add,
  // gemm+activation, add+activation, matmul+add.
  std::vector<std::string> fuse;
  Sourced<Seconds> dispatch;                 // of one kernel call, on the calling thread
  Sourced<double> dispatch_cycles{0.0, {}};  // more of the same, in cycles of the engine
  Sourced<double> fork_cycles{0.0, {}};      // more of `fork`, in cycles of the engine
  Sourced<Seconds> fork;                     // more per call when more than one thread works
  Sourced<double> serial_share{0.0, {}};     // share of a call's work that one thread does alone
  // Vector instructions per operation of each kind (VectorOp).
  std::optional<int> widest_vector;  // bits that its kernels use at most of the engine's vectors
  std::array<double, kVectorOpKinds> vector_instructions{};
  Sourced<double> vector_efficiency{1.0, {}};  // share of the engine's vector issue rate
  // Share of the slots beyond the first of each cycle (Engine::issue) that kernels fill. 0 where
  // efficiencies are stated for the engine's own issue width already.
  Sourced<double> pairing{0.0, {}};
  std::optional<Shaders> shaders;  // of a runtime for GPUs
  ErrorModel errors;               // of the latencies
  std::vector<Kernel> kernels;
  std::vector<std::string> assumptions;

  // The precision at whose rate an engine calculates what is stored at `stored`.
  [[nodiscard]] Precision arithmetic(Precision stored) const;
  [[nodiscard]] bool fuses(std::string_view pair) const;
};

[[nodiscard]] std::vector<std::string> catalog_runtimes();
// As load_platform.
[[nodiscard]] Runtime load_runtime(const std::string& name_or_path,
                                   const std::vector<Setting>& settings = {});
[[nodiscard]] std::string runtime_text(const std::string& name_or_path);
[[nodiscard]] Runtime read_runtime(const config::Node& root);

}  // namespace roofbeam
