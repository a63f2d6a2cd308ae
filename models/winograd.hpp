// 3x3 convolution in the Winograd domain: multiplications that are really done.
//
// F(o x o, 3x3) turns each o x o tile of results into (o + 2)^2 products of a (tiles x channels)
// and a (channels x results' channels) matrix (Lavin and Gray, "Fast Algorithms for Convolutional
// Neural Networks", CVPR 2016). A tile that hangs over the edge of the map costs as much as a whole
// one, so that small maps gain less from large tiles: 7 x 7 results take 4 tiles of 6 x 6, 1.7 MACs
// each multiplication, and 4 tiles of 4 x 4, 3.1.
#pragma once

#include <cstdint>
#include <vector>

#include "core/network/network.hpp"

namespace roofbeam {

// A convolution with a 3x3 window and stride 1.
struct WinogradLayer {
  std::int64_t images = 1;  // batch
  std::int64_t height = 1;  // of the results
  std::int64_t width = 1;
  std::int64_t channels = 1;  // of the input
  std::int64_t results = 1;   // channels of the output
};

// The products behind F(o x o, 3x3): batch (o + 2)^2, m tiles, n results, k channels.
[[nodiscard]] MatrixWork winograd_products(const WinogradLayer& layer, int output);

// Of these output tiles the one with the fewest multiplications; of equals the smaller.
[[nodiscard]] int cheapest_output(const WinogradLayer& layer, const std::vector<int>& outputs);

}  // namespace roofbeam
