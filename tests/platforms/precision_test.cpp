#include "platforms/precision.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

TEST_CASE("every precision has a word and a width, and the word leads back to it") {
  const int widths[] = {32, 16, 16, 16, 8, 4};
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    const auto precision = static_cast<Precision>(i);
    CAPTURE(to_text(precision));
    CHECK(bits(precision) == widths[i]);
    CHECK(parse_precision(to_text(precision)) == precision);
  }
  CHECK_FALSE(parse_precision("float32").has_value());
  CHECK_FALSE(parse_precision("").has_value());
}

}  // namespace
}  // namespace roofbeam
