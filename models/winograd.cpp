#include "models/winograd.hpp"

#include <limits>

namespace roofbeam {
namespace {

std::int64_t tiles_along(std::int64_t extent, int output) { return (extent + output - 1) / output; }

double multiplications(const MatrixWork& product) {
  return static_cast<double>(product.batch) * static_cast<double>(product.m) *
         static_cast<double>(product.n) * static_cast<double>(product.k);
}

}  // namespace

MatrixWork winograd_products(const WinogradLayer& layer, int output) {
  const std::int64_t patch = output + 2;
  return {patch * patch,
          layer.images * tiles_along(layer.height, output) * tiles_along(layer.width, output),
          layer.results, layer.channels};
}

int cheapest_output(const WinogradLayer& layer, const std::vector<int>& outputs) {
  int best = outputs.front();
  double fewest = std::numeric_limits<double>::infinity();
  for (const int output : outputs) {
    const double count = multiplications(winograd_products(layer, output));
    if (count < fewest || (count == fewest && output < best)) {
      best = output;
      fewest = count;
    }
  }
  return best;
}

}  // namespace roofbeam
