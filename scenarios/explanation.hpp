// Why a forecast is what it is: what bounds it, what would change it, on which numbers it hangs.
#pragma once

#include "scenarios/bottleneck.hpp"
#include "scenarios/sensitivity.hpp"

namespace roofbeam {

struct Explanation {
  Prediction forecast;
  Bottlenecks bottlenecks;
  Sensitivities sensitivities;
};

[[nodiscard]] inline Explanation explain(const Subject& subject) {
  return {subject.forecast(), bottlenecks(subject), sensitivities(subject)};
}

}  // namespace roofbeam
