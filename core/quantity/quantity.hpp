// Physical quantities as types: Bytes / BytesPerSecond is Seconds; Bytes + Seconds does not
// compile.
//
// The value inside is a double in SI units (seconds, bytes, joules, multiply-adds). The dimension
// is the exponent of each of the four; a quotient without dimension is a plain double. Absent
// values are std::optional, never a sentinel. Text ("68.25 GB/s") is the business of text.hpp.
#pragma once

namespace roofbeam {

template <int Time, int Data, int Energy, int Work>
class Quantity {
 public:
  constexpr Quantity() = default;
  [[nodiscard]] static constexpr Quantity from_si(double value) { return Quantity(value); }
  [[nodiscard]] constexpr double si() const { return value_; }

  constexpr Quantity& operator+=(Quantity other) { return value_ += other.value_, *this; }
  constexpr Quantity& operator-=(Quantity other) { return value_ -= other.value_, *this; }
  constexpr Quantity& operator*=(double factor) { return value_ *= factor, *this; }

  friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
  friend constexpr Quantity operator*(Quantity a, double f) { return a *= f; }
  friend constexpr Quantity operator*(double f, Quantity a) { return a *= f; }
  friend constexpr Quantity operator/(Quantity a, double f) { return from_si(a.si() / f); }
  friend constexpr bool operator==(Quantity a, Quantity b) { return a.si() == b.si(); }
  friend constexpr bool operator!=(Quantity a, Quantity b) { return a.si() != b.si(); }
  friend constexpr bool operator<(Quantity a, Quantity b) { return a.si() < b.si(); }
  friend constexpr bool operator>(Quantity a, Quantity b) { return a.si() > b.si(); }
  friend constexpr bool operator<=(Quantity a, Quantity b) { return a.si() <= b.si(); }
  friend constexpr bool operator>=(Quantity a, Quantity b) { return a.si() >= b.si(); }

 private:
  constexpr explicit Quantity(double value) : value_(value) {}
  double value_ = 0;
};

// Products and quotients add and subtract exponents.
template <int T1, int D1, int E1, int W1, int T2, int D2, int E2, int W2>
constexpr auto operator*(Quantity<T1, D1, E1, W1> a, Quantity<T2, D2, E2, W2> b) {
  if constexpr (T1 + T2 == 0 && D1 + D2 == 0 && E1 + E2 == 0 && W1 + W2 == 0) {
    return a.si() * b.si();
  } else {
    return Quantity<T1 + T2, D1 + D2, E1 + E2, W1 + W2>::from_si(a.si() * b.si());
  }
}
template <int T1, int D1, int E1, int W1, int T2, int D2, int E2, int W2>
constexpr auto operator/(Quantity<T1, D1, E1, W1> a, Quantity<T2, D2, E2, W2> b) {
  if constexpr (T1 == T2 && D1 == D2 && E1 == E2 && W1 == W2) {
    return a.si() / b.si();
  } else {
    return Quantity<T1 - T2, D1 - D2, E1 - E2, W1 - W2>::from_si(a.si() / b.si());
  }
}

using Seconds = Quantity<1, 0, 0, 0>;
using Hertz = Quantity<-1, 0, 0, 0>;
using Bytes = Quantity<0, 1, 0, 0>;
using BytesPerSecond = Quantity<-1, 1, 0, 0>;
using Joules = Quantity<0, 0, 1, 0>;
using Watts = Quantity<-1, 0, 1, 0>;
using Macs = Quantity<0, 0, 0, 1>;  // one multiply-add is one MAC and two FLOPs
using MacsPerSecond = Quantity<-1, 0, 0, 1>;
using MacsPerByte = Quantity<0, -1, 0, 1>;  // operational intensity
using JoulesPerByte = Quantity<0, -1, 1, 0>;
using JoulesPerMac = Quantity<0, 0, 1, -1>;

// FLOPs of a number of MACs: a multiply-add is two floating point operations.
[[nodiscard]] constexpr double flops(Macs macs) { return 2 * macs.si(); }

}  // namespace roofbeam
