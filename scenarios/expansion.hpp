// The cases of a scenario without a list of them: an index is a number in mixed radix whose digits
// are the values of the axes, the last axis fastest.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "scenarios/case_table.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {

enum class Skip : std::uint8_t {
  no,
  repeated,  // an axis that does not act here stands at another value than its first
  excluded,  // by a rule
};

class Expansion {
 public:
  // `acts(axis, digits)`: whether an axis changes anything on the platform and runtime of a case.
  using Acts = std::function<bool(std::size_t, const Digits&)>;

  // Throws InputError if there are more than 2^62 cases. `scenario` must outlive the expansion.
  Expansion(const Scenario& scenario, Acts acts);

  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] Digits digits(std::int64_t index) const;
  [[nodiscard]] std::int64_t index(const Digits& digits) const;

  // With kNoDigit for the axes that do not act: what choose() and conditions are asked with.
  [[nodiscard]] Digits effective(Digits digits) const;
  [[nodiscard]] Skip skip(const Digits& digits) const;

  // all, excluded, repeated, and as `forecast` the rest. Only axes that rules or actions depend on
  // are gone through, so that it takes no longer for more values of the others.
  [[nodiscard]] CaseCounts count() const;
  // The first cases that are not skipped, at most so many, among the first ten million.
  [[nodiscard]] std::vector<std::int64_t> first_cases(std::size_t most) const;

  // Axes that do not act everywhere; all others act on every case.
  [[nodiscard]] const std::vector<std::size_t>& partial() const { return partial_; }

 private:
  [[nodiscard]] std::vector<bool> decisive() const;

  const Scenario& scenario_;
  Acts acts_;
  std::int64_t size_ = 1;
  std::vector<std::size_t> partial_;
};

}  // namespace roofbeam
