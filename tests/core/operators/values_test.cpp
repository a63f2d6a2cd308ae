#include "core/operators/values.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace roofbeam {
namespace {

using Ints = std::vector<std::int64_t>;
using enum ElementType;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("steps of a row-major tensor are the sizes of what lies behind a dimension") {
  CHECK(row_major_steps({}) == Ints{});
  CHECK(row_major_steps({5}) == Ints{1});
  CHECK(row_major_steps({2, 3, 4}) == Ints{12, 4, 1});
  CHECK(row_major_steps({2, 0, 4}) == Ints{4, 4, 1});  // an empty dimension counts as one
}

TEST_CASE("a broadcast does not move along repeated dimensions") {
  CHECK(broadcast_steps({3, 1}, {2, 3, 4}) == Ints{0, 1, 0});
  CHECK(broadcast_steps({2, 3}, {2, 3}) == Ints{3, 1});
  CHECK(broadcast_steps({}, {2, 3}) == Ints{0, 0});
}

TEST_CASE("places are read in row-major order of the result, up to 4096") {
  CHECK(places({}, {}) == Ints{0});
  CHECK(places({3}, Ints{1}) == Ints{0, 1, 2});
  CHECK(places({3}, Ints{-2}, 5) == Ints{5, 3, 1});
  CHECK(places({2, 3}, Ints{1, 2}) == Ints{0, 2, 4, 1, 3, 5});  // a 3x2 tensor, transposed
  CHECK(places({2, 0}, Ints{1, 1}) == Ints{});
  CHECK(places({64, 64}, Ints{0, 0}) == Ints(4096, 0));
  CHECK(places({64, 65}, Ints{0, 0}) == std::nullopt);
  CHECK(places({kMost}, Ints{0}) == std::nullopt);
}

TEST_CASE("select takes integers and reals alike") {
  const Ints last_and_first{2, 0};
  const Values integers = select(Values{Ints{7, 8, 9}}, last_and_first);
  const Values reals = select(Values{std::vector<double>{0.5, 1, 2}}, last_and_first);
  REQUIRE(integers.integers() != nullptr);
  REQUIRE(reals.reals() != nullptr);
  CHECK(*integers.integers() == Ints{9, 7});
  CHECK(*reals.reals() == std::vector<double>{2, 0.5});
}

TEST_CASE("as many as 4096 elements are kept") {
  CHECK(if_small(Ints(4096, 1)).has_value());
  CHECK_FALSE(if_small(Ints(4097, 1)).has_value());
}

TEST_CASE("an integer is stored if its type holds it") {
  struct Row {
    ElementType element;
    std::int64_t least;
    std::int64_t most;
  };
  const Row rows[] = {
      {i4, -8, 7}, {i8, -128, 127}, {i16, -32768, 32767}, {i32, -2147483648, 2147483647},
      {u4, 0, 15}, {u8, 0, 255},    {u16, 0, 65535},      {u32, 0, 4294967295},
  };
  for (const Row& row : rows) {
    CAPTURE(to_text(row.element));
    CHECK(stored(row.element, row.least) == row.least);
    CHECK(stored(row.element, row.least - 1) == std::nullopt);
    CHECK(stored(row.element, row.most) == row.most);
    CHECK(stored(row.element, row.most + 1) == std::nullopt);
  }
  CHECK(stored(i64, kLeast) == kLeast);
  CHECK(stored(i64, kMost) == kMost);
  CHECK(stored(u64, std::int64_t{0}) == 0);
  CHECK(stored(u64, kMost) == kMost);
  CHECK(stored(u64, std::int64_t{-1}) == std::nullopt);
}

TEST_CASE("a real is rounded to 32 or 64 bits, and must be finite there") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(stored(f32, 0.5) == 0.5);
  CHECK(stored(f32, 16777217.0) == 16777216.0);  // 2^24 + 1 has 25 bits
  CHECK(stored(f64, 16777217.0) == 16777217.0);
  CHECK(stored(f32, 1e300) == std::nullopt);
  CHECK(stored(f64, 1e300) == 1e300);
  CHECK(stored(f64, infinity) == std::nullopt);
  for (const ElementType element : {f32, f64}) {
    CHECK(stored(element, std::numeric_limits<double>::quiet_NaN()) == std::nullopt);
  }
  CHECK(stored(f16, 0.5) == std::nullopt);
}

TEST_CASE("checked operations give up where a result leaves 64 bits") {
  struct Row {
    IntegerOp op;
    std::int64_t a;
    std::int64_t b;
    std::optional<std::int64_t> result;
  };
  const Row rows[] = {
      {checked_add, kMost - 1, 1, kMost},
      {checked_add, kMost, 1, std::nullopt},
      {checked_subtract, kLeast + 1, 1, kLeast},
      {checked_subtract, kLeast, 1, std::nullopt},
      {checked_subtract, 0, kLeast, std::nullopt},
      {checked_multiply, kMost, -1, kLeast + 1},
      {checked_multiply, kLeast, -1, std::nullopt},
      {truncating_divide, 7, -2, -3},
      {truncating_divide, -7, 2, -3},
      {truncating_divide, 7, 0, std::nullopt},
      {truncating_divide, kLeast, -1, std::nullopt},
      {floored_modulo, -7, 3, 2},
      {floored_modulo, 7, -3, -2},
      {floored_modulo, -7, -3, -1},
      {floored_modulo, 6, -3, 0},
      {floored_modulo, 7, 0, std::nullopt},
      {truncated_modulo, -7, 3, -1},
      {truncated_modulo, 7, -3, 1},
      {truncated_modulo, 7, 0, std::nullopt},
      {truncated_modulo, kLeast, -1, std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(row.op(row.a, row.b) == row.result);
  }
}

}  // namespace roofbeam
