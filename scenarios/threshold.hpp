// "latency > +5 %": what must not become of a forecast, for tests of changes to a model.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/comparison.hpp"
#include "scenarios/requirement.hpp"

namespace roofbeam {

struct Threshold {
  enum class Kind : std::uint8_t {
    value,   // "33 ms": B's own
    change,  // "+2 ms": B - A
    share    // "+5 %": B / A - 1
  };
  bool layer = false;  // of any layer
  Metric metric = Metric::latency;
  Relation relation = Relation::more;
  Kind kind = Kind::share;
  double bound = 0;  // SI units
  std::string text;  // as written
};

// "[layer] METRIC RELATION VALUE". A sign makes it a change, a sign and % a relative one. Layers
// have latency, energy, macs and size. Throws InputError.
[[nodiscard]] Threshold parse_threshold(std::string_view text);

// Why a comparison fails, one sentence; empty if it does not. A layer that was removed never fails;
// one that was added has no change.
[[nodiscard]] std::string failure(const Threshold& threshold, const Comparison& comparison);

}  // namespace roofbeam
