// The inverse question: which value along an axis makes a forecast meet its requirements.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/axis.hpp"
#include "scenarios/requirement.hpp"
#include "scenarios/solve.hpp"
#include "scenarios/subject.hpp"

namespace roofbeam {

struct SolveQuestion {
  enum class Ask : std::uint8_t { either, smallest, largest };

  std::vector<Requirement> requirements;
  bool must_fit = false;          // everything finds its place in memory
  Ask ask = Ask::either;          // either: the one next to the values that fail
  std::optional<Objective> best;  // instead: the best by this of the values that meet all
  double sure = 0.9;              // probability wanted of the second answer
  std::size_t points = 61;        // of the scan
};

// "latency <= 33 ms, fits": requirements as parse_requirements has them, and the word fits.
// Throws InputError; the accuracy is given, not forecast, so nothing can be solved for it.
[[nodiscard]] SolveQuestion parse_question(std::string_view text);

// The forecast at one value of the axis.
struct SolvePoint {
  AxisIndex index = 0;
  std::string value;    // "12.34 GB/s"
  std::string why_not;  // not empty: no forecast is possible
  Metrics metrics;
  LogError latency_error;
  LogError energy_error;
  std::string bound;
  double bound_share = 0;
  bool fits = true;
  std::string fits_reason;
  bool meets = false;
  double missed_by = 0;    // share of the bound that is missed most; infinity if not possible
  std::size_t missed = 0;  // that requirement; their number if it is that it must fit
  double sureness = 0;     // probability of the requirement that is least sure
};

struct SolveBand {
  SolvePoint first;
  SolvePoint last;
};

struct Solution {
  SolveQuestion question;
  Prediction subject;  // as it stands, without layers
  std::string path;    // in full
  std::string from;    // of the axis
  std::string to;
  bool default_range = false;
  bool list = false;

  std::optional<SolvePoint> stated;      // as it stands; nothing for lists
  std::vector<SolvePoint> scanned;       // ascending
  std::vector<SolveBand> bands;          // that meet all requirements; none: nothing does
  std::optional<SolvePoint> answer;      // nothing: no value meets all
  std::optional<SolvePoint> beside;      // the value next to it that fails
  std::optional<SolvePoint> sure;        // as the answer, with the probability asked for
  SolvePoint nearest;                    // of the scan: misses least, or is the most sure
  std::optional<SolvePoint> pays_until;  // without an answer: less than 1 % is gained beyond it
  SolveQuestion::Ask found = SolveQuestion::Ask::smallest;  // what the answer is
  std::size_t forecasts = 0;

  // Every value of the axis meets all.
  [[nodiscard]] bool always() const {
    return bands.size() == 1 && bands[0].first.value == from && bands[0].last.value == to;
  }
};

[[nodiscard]] Solution solve(const Subject& subject, const Axis& axis,
                             const SolveQuestion& question);

// Probability that a quantity whose logarithm errs by a normal deviation meets a requirement.
[[nodiscard]] double probability(const Requirement& requirement, double value, LogError error);

}  // namespace roofbeam
