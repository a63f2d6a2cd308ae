// What an audit says of a statement.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/audit/claims.hpp"

namespace roofbeam::audit {

// In the order in which reports list them.
enum class Verdict : std::uint8_t {
  fails,      // does not hold
  explained,  // holds, but only read or explained in a way that the report does not say
  unchecked,  // cannot be checked: something is missing
  holds,
};
inline constexpr std::size_t kVerdicts = 4;
[[nodiscard]] std::string_view to_text(Verdict);  // "does not hold"
[[nodiscard]] std::string_view word(Verdict);     // "does_not_hold", for JSON and CSV

// What it means when a statement does not hold.
enum class Severity : std::uint8_t {
  error,    // it cannot be true
  warning,  // it can be true, but not for the reason or not of the thing that is stated
};
[[nodiscard]] std::string_view to_text(Severity);

struct Finding {
  std::string check;  // name of the check
  Severity severity = Severity::error;
  Verdict verdict = Verdict::holds;
  std::string claim;        // what is stated: "resnet18 latency: 128 ms to 76 ms, stated 33 %"
  std::string arithmetic;   // the figures that it was judged by
  std::string explanation;  // what else would make it true, or what is missing; may be empty
  Origin origin;
  // By what factor a statement that does not hold is off, whichever way: at least 1. Empty where
  // there is no such ratio.
  std::optional<double> factor = std::nullopt;

  void off_by(double ratio) { factor = ratio < 1 ? 1 / ratio : ratio; }
};

struct Audit {
  std::string name;
  std::string title;
  std::string source;
  std::vector<Finding> findings;  // worst verdict first, then in the order of the checks

  [[nodiscard]] std::size_t count(Verdict verdict) const;
};

}  // namespace roofbeam::audit
