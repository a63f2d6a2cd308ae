#include "reports/interval_text.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

TEST_CASE("a common unit is written once") {
  CHECK(interval_text("12.1 ms", "18.3 ms") == "12.1–18.3 ms");
  CHECK(interval_text("957 us", "3.91 ms") == "957 us–3.91 ms");
}

TEST_CASE("what is unknown has no ends") { CHECK(interval_text("unknown", "unknown") == "unknown"); }

}  // namespace
}  // namespace roofbeam
