// How much a forecast hangs on every number of the descriptor and of the runtime's profile.
//
// The elasticity of y to x is d log y / d log x: 1 per cent more of x is so many per cent more of
// y. It is found by differences of 1e-4 to either side; where the two differ, x sits on a ridge.
// All numbers with a time in their unit together scale time itself (Euler's theorem on homogeneous
// functions), so their elasticities of latency, times the exponent of time in the unit, sum to 1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/subject.hpp"

namespace roofbeam {

// What becomes of a forecast where one number is another: shares of latency and energy.
struct Shift {
  std::string value;
  double latency = 0;  // 0.05: 5 % more
  double energy = 0;
};

struct Sensitivity {
  std::string path;
  std::string value;  // as stated
  std::string kind;   // of its origin: "estimated"; "assumed" where nothing is stated
  bool whole = false;
  int time_exponent = 0;
  // To the left and to the right; nothing where no other value is possible, or only whole ones.
  std::optional<double> latency_left;
  std::optional<double> latency_right;
  std::optional<double> energy_left;
  std::optional<double> energy_right;
  // 10 % less and more, or the next whole numbers; nothing where it is not possible.
  std::optional<Shift> less;
  std::optional<Shift> more;

  [[nodiscard]] double latency() const;  // the mean of both sides, of the one there is, or 0
  [[nodiscard]] double energy() const;
  [[nodiscard]] bool is_kink() const;  // of the latency: the sides differ by more than 0.02
  [[nodiscard]] double reach() const;  // the largest share by which latency or energy shift
};

struct Sensitivities {
  std::vector<Sensitivity> numbers;  // the largest reach first
  std::size_t without_effect = 0;    // numbers that change neither by a ten thousandth
  double time_sum = 0;               // see above: 1, but for ridges and what is not stated
  std::size_t forecasts = 0;
};

[[nodiscard]] Sensitivities sensitivities(const Subject& subject);

}  // namespace roofbeam
