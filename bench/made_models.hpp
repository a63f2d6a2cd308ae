// ONNX models made for measuring: as long, or as heavy, as one asks.
#pragma once

#include <cstdint>
#include <string>

namespace roofbeam::bench {

// `nodes` layers one after another, Conv 3x3 and Relu in turn, on 1x16x8x8, with stored weights.
[[nodiscard]] std::string chain(int nodes);

// Writes a perceptron of Gemm layers whose stored fp32 weights are 16 MiB each, `mebibytes` in all,
// unless the file is there in full. Weights are a hole in the file: they take no disk space, but
// who reads them gets that many zeros.
void write_heavy(const std::string& path, std::int64_t mebibytes);

}  // namespace roofbeam::bench
