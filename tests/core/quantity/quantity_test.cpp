#include "core/quantity/quantity.hpp"

#include <doctest/doctest.h>

#include <type_traits>

namespace roofbeam {
namespace {

template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
  a < b;
};

template <class A, class B>
using Product = decltype(A{} * B{});
template <class A, class B>
using Quotient = decltype(A{} / B{});

static_assert(std::is_same_v<Quotient<Bytes, BytesPerSecond>, Seconds>);
static_assert(std::is_same_v<Quotient<Bytes, Seconds>, BytesPerSecond>);
static_assert(std::is_same_v<Product<BytesPerSecond, Seconds>, Bytes>);
static_assert(std::is_same_v<Quotient<Joules, Seconds>, Watts>);
static_assert(std::is_same_v<Product<Watts, Seconds>, Joules>);
static_assert(std::is_same_v<Quotient<Macs, MacsPerSecond>, Seconds>);
static_assert(std::is_same_v<Quotient<Macs, Bytes>, MacsPerByte>);
static_assert(std::is_same_v<Product<MacsPerByte, BytesPerSecond>, MacsPerSecond>);
static_assert(std::is_same_v<Product<Macs, JoulesPerMac>, Joules>);
static_assert(std::is_same_v<Product<Bytes, JoulesPerByte>, Joules>);
static_assert(std::is_same_v<Quotient<Seconds, Seconds>, double>);
static_assert(std::is_same_v<Product<Seconds, Hertz>, double>);

static_assert(Addable<Bytes, Bytes>);
static_assert(!Addable<Bytes, Seconds>);
static_assert(!Addable<Bytes, double>);
static_assert(!Addable<Macs, Bytes>);
static_assert(Comparable<Seconds, Seconds>);
static_assert(!Comparable<Seconds, Hertz>);
static_assert(!Comparable<Seconds, double>);
static_assert(!std::is_convertible_v<double, Seconds>);
static_assert(!std::is_convertible_v<Seconds, double>);
static_assert(!std::is_constructible_v<Seconds, double>);

TEST_CASE("600 bytes at 200 bytes a second take 3 seconds") {
  constexpr Seconds time = Bytes::from_si(600) / BytesPerSecond::from_si(200);
  static_assert(time.si() == 3);
  CHECK(time == Seconds::from_si(3));
}

TEST_CASE("sums, differences and multiples keep the dimension") {
  auto size = Bytes::from_si(10);
  size += Bytes::from_si(5);
  size -= Bytes::from_si(3);
  size *= 2;
  CHECK(size.si() == 24);
  CHECK((Bytes::from_si(10) + Bytes::from_si(5) - Bytes::from_si(3)).si() == 12);
  CHECK((2 * Bytes::from_si(10) * 3).si() == 60);
  CHECK((Bytes::from_si(10) / 4).si() == 2.5);
}

TEST_CASE("a quotient of equals is a plain number") {
  CHECK(Seconds::from_si(3) / Seconds::from_si(2) == 1.5);
  CHECK(Seconds::from_si(3) * Hertz::from_si(2) == 6);
}

TEST_CASE("quantities are ordered by value and begin at zero") {
  const auto less = Joules::from_si(1);
  const auto more = Joules::from_si(2);
  CHECK(less < more);
  CHECK(more > less);
  CHECK(less <= less);
  CHECK(less >= less);
  CHECK(less != more);
  CHECK(Joules{} == Joules::from_si(0));
}

TEST_CASE("a multiply-add is two floating point operations") {
  CHECK(flops(Macs::from_si(21)) == 42);
}

}  // namespace
}  // namespace roofbeam
