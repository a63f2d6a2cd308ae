#include "models/winograd.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

double per_mac(const WinogradLayer& layer, int output) {
  const MatrixWork product = winograd_products(layer, output);
  const double macs = 9.0 * static_cast<double>(layer.height * layer.width * layer.images *
                                                layer.channels * layer.results);
  return static_cast<double>(product.batch * product.m * product.n * product.k) / macs;
}

TEST_CASE("whole tiles multiply 16/36, 36/144 and 64/324 as often") {
  const WinogradLayer layer{1, 12, 12, 64, 128};
  CHECK(per_mac(layer, 2) == doctest::Approx(16.0 / 36));
  CHECK(per_mac(layer, 4) == doctest::Approx(36.0 / 144));
  CHECK(per_mac(layer, 6) == doctest::Approx(64.0 / 324));
}

TEST_CASE("tiles over the edge count whole") {
  // 7 x 7 results: 2 x 2 tiles of 6 x 6, 64 products each, for 441 MACs.
  const WinogradLayer layer{1, 7, 7, 1, 1};
  CHECK(per_mac(layer, 6) == doctest::Approx(4 * 64 / 441.0));
  CHECK(per_mac(layer, 4) == doctest::Approx(4 * 36 / 441.0));
  CHECK(per_mac(layer, 2) == doctest::Approx(16 * 16 / 441.0));
  CHECK(cheapest_output(layer, {2, 4, 6}) == 4);
  CHECK(cheapest_output({1, 12, 12, 1, 1}, {2, 4, 6}) == 6);
  CHECK(cheapest_output({1, 2, 2, 1, 1}, {2, 4, 6}) == 2);
}

TEST_CASE("the products have a row a tile, images included") {
  const MatrixWork product = winograd_products({3, 8, 5, 16, 32}, 4);
  CHECK(product.batch == 36);
  CHECK(product.m == 3 * 2 * 2);
  CHECK(product.n == 32);
  CHECK(product.k == 16);
}

}  // namespace
}  // namespace roofbeam
