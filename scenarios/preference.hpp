// What "best" means where several things count: metrics weighed against one another, or one after
// another.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/requirement.hpp"

namespace roofbeam {

struct Preference {
  enum class Kind : std::uint8_t { weighted, ordered };
  struct Term {
    Objective objective;
    double weight = 1;  // of weighted preferences; positive
  };

  Kind kind = Kind::weighted;
  std::vector<Term> terms;  // at least one, every metric once
  double tolerance = 0;     // of ordered ones: what is within this share of the best is as good
  std::string text;         // for people: "latency 2 : accuracy 1"
};

// All objectives weigh the same. REQUIRES: at least one.
[[nodiscard]] Preference balanced(std::span<const Objective> objectives);

// "balanced", or a metric: that one first, then what else the objectives are. Throws InputError.
[[nodiscard]] Preference preference_for(std::string_view word,
                                        std::span<const Objective> objectives);

// "latency=2,accuracy=1", each in the sense in which it is better. Throws InputError: a word that
// is no metric, a weight that is no positive number, a metric twice.
[[nodiscard]] Preference parse_weights(std::string_view text);

// "accuracy,latency" or "max accuracy, min latency". Throws InputError, likewise.
[[nodiscard]] Preference parse_order(std::string_view text, double tolerance);

}  // namespace roofbeam
