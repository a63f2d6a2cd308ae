#include "scenarios/solving.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

using Ask = SolveQuestion::Ask;

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kPays = 0.01;  // a gain that is still worth naming

double share_too_much(Bytes needed, Bytes size) { return std::max(0.0, needed / size - 1); }

// By what share of its size the memory is too small that is the most too small.
double overflow(const Prediction& p) {
  const double apart = std::max(share_too_much(p.activations_in.needed, p.activations_in.size),
                                share_too_much(p.weights_in.needed, p.weights_in.size));
  if (p.activations_in.level != p.weights_in.level) return apart;
  return std::max(apart, share_too_much(p.peak_memory, p.weights_in.size));
}

// Forecasts along an axis, each made once.
class Points {
 public:
  Points(const Subject& subject, const Axis& axis, const SolveQuestion& question)
      : subject_(subject), axis_(axis), question_(question) {}

  const SolvePoint& at(AxisIndex index) {
    const auto known = points_.find(index);
    if (known != points_.end()) return known->second;
    return points_.emplace(index, point(index)).first->second;
  }
  [[nodiscard]] std::size_t made() const { return points_.size(); }

  // What stands in the descriptions now.
  [[nodiscard]] SolvePoint stated(const std::string& value) const {
    SolvePoint point;
    point.value = value;
    judge(point, predict(subject_.base()));
    return point;
  }

 private:
  SolvePoint point(AxisIndex index) const {
    SolvePoint point;
    point.index = index;
    point.value = axis_.text(index);
    try {
      judge(point, subject_.forecast({{axis_.path(), point.value}}));
    } catch (const InputError& error) {
      point.why_not = error.what();
      point.missed_by = kInfinite;
    }
    return point;
  }

  void judge(SolvePoint& point, const Prediction& prediction) const {
    point.metrics = metrics_of(prediction);
    point.latency_error = prediction.latency_error;
    point.energy_error = prediction.energy_error;
    point.bound = prediction.bound;
    point.bound_share = prediction.bound_share;
    point.fits = prediction.fits;
    point.fits_reason = prediction.fits_reason;
    point.meets = !question_.must_fit || prediction.fits;
    point.sureness = point.meets ? 1 : 0;
    point.missed_by = point.meets ? 0 : overflow(prediction);
    point.missed = question_.requirements.size();
    for (std::size_t i = 0; i < question_.requirements.size(); ++i) {
      const Requirement& requirement = question_.requirements[i];
      const double value = point.metrics[requirement.metric];
      const double missed = requirement.missed_by(value);
      point.meets = point.meets && requirement.met_by(value);
      if (!(missed <= point.missed_by)) {  // an unknown figure misses it without measure
        point.missed_by = std::isnan(missed) ? std::numeric_limits<double>::infinity() : missed;
        point.missed = i;
      }
      const LogError error = error_of(requirement.metric, point.latency_error, point.energy_error);
      point.sureness = std::min(point.sureness, probability(requirement, value, error));
    }
  }

  const Subject& subject_;
  const Axis& axis_;
  const SolveQuestion& question_;
  std::map<AxisIndex, SolvePoint> points_;
};

// The one of two ends that has values on its outer side that fail.
Ask direction(Ask asked, const std::vector<Band>& bands, const Axis& axis) {
  if (asked != Ask::either) return asked;
  const bool starts = bands.front().first == axis.first();
  const bool ends = bands.back().last == axis.last();
  return starts && !ends ? Ask::largest : Ask::smallest;
}

AxisIndex end_of(const std::vector<Band>& bands, Ask ask) {
  return ask == Ask::largest ? bands.back().last : bands.front().first;
}

double cost_of(const SolvePoint& point, const Objective& objective) {
  const double value = point.metrics[objective.metric];
  return objective.sense == Sense::smaller ? value : -value;
}

std::optional<AxisIndex> choose(const std::vector<AxisIndex>& grid, const std::vector<Band>& bands,
                                const SolveQuestion& question, Ask ask, Points& points) {
  if (bands.empty()) return std::nullopt;
  if (!question.best) return end_of(bands, ask);
  return least(grid, bands,
               [&](AxisIndex index) { return cost_of(points.at(index), *question.best); });
}

// The value next to an answer that fails.
std::optional<SolvePoint> beside(AxisIndex answer, Ask ask, const Axis& axis, Points& points) {
  const AxisIndex next = answer + (ask == Ask::largest ? 1 : -1);
  if (next < axis.first() || next > axis.last()) return std::nullopt;
  const SolvePoint& point = points.at(next);
  return point.meets ? std::nullopt : std::optional(point);
}

bool nearer(const SolvePoint& a, const SolvePoint& b) {
  return a.missed_by != b.missed_by ? a.missed_by < b.missed_by : a.sureness > b.sureness;
}

// Of equals the one at the better end, so that "even at" says the most.
SolvePoint nearest_of(const std::vector<SolvePoint>& scanned) {
  if (nearer(scanned.front(), scanned.back())) {
    return *std::min_element(scanned.begin(), scanned.end(), nearer);
  }
  return *std::min_element(scanned.rbegin(), scanned.rend(), nearer);
}

// Coming from the end that misses most: where less than a hundredth of the nearest's value is left
// to gain.
std::optional<SolvePoint> pays_until(const Solution& solution, const Axis& axis, Points& points) {
  const SolvePoint& best = solution.nearest;
  if (axis.is_list() || best.missed >= solution.question.requirements.size()) return std::nullopt;
  const Metric metric = solution.question.requirements[best.missed].metric;
  const double value = best.metrics[metric];
  const auto close = [&](AxisIndex index) {
    return std::abs(points.at(index).metrics[metric] - value) <= kPays * value;
  };
  std::vector<AxisIndex> grid;
  for (const SolvePoint& point : solution.scanned) grid.push_back(point.index);
  const auto bands = find_bands(grid, close);
  if (bands.empty()) return std::nullopt;
  const bool upwards = best.index - axis.first() > axis.last() - best.index;
  return points.at(upwards ? bands.back().first : bands.front().last);
}

void answer(Solution& solution, const std::vector<AxisIndex>& grid, const Axis& axis,
            Points& points) {
  const SolveQuestion& question = solution.question;
  const auto bands = find_bands(grid, [&](AxisIndex i) { return points.at(i).meets; });
  for (const Band& band : bands) {
    solution.bands.push_back({points.at(band.first), points.at(band.last)});
  }
  if (bands.empty()) return;
  solution.found = direction(question.ask, bands, axis);
  const auto found = choose(grid, bands, question, solution.found, points);
  solution.answer = points.at(*found);
  if (!axis.is_list()) solution.beside = beside(*found, solution.found, axis, points);
  const auto surely = find_bands(grid, [&](AxisIndex i) {
    const SolvePoint& point = points.at(i);
    return point.meets && point.sureness >= question.sure;
  });
  const auto sure = choose(grid, surely, question, solution.found, points);
  if (sure) solution.sure = points.at(*sure);
}

}  // namespace

SolveQuestion parse_question(std::string_view text) {
  SolveQuestion question;
  std::string rest;
  while (true) {
    const auto comma = text.find(',');
    std::string part(text.substr(0, comma));
    const auto first = part.find_first_not_of(' ');
    if (first != std::string::npos &&
        part.substr(first, part.find_last_not_of(' ') + 1 - first) == "fits") {
      question.must_fit = true;
    } else {
      rest += (rest.empty() ? "" : ",") + part;
    }
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  if (rest.empty() && question.must_fit) return question;
  question.requirements = parse_requirements(rest);
  for (const Requirement& requirement : question.requirements) {
    if (requirement.metric != Metric::accuracy) continue;
    throw InputError(
        fmt::format("'{}': the accuracy is given in scenarios, not forecast", requirement.text));
  }
  return question;
}

double probability(const Requirement& requirement, double value, LogError error) {
  if (!(error.deviation > 0) || !(value > 0) || !(requirement.bound > 0)) {
    return requirement.met_by(value) ? 1 : 0;
  }
  const double above = std::log(requirement.bound / value) / error.deviation;
  return 0.5 * std::erfc((requirement.bounds_above() ? -above : above) / std::sqrt(2.0));
}

namespace {

bool needs_energy(Metric metric) { return metric == Metric::energy || metric == Metric::power; }

// A question about energy where no value on the axis makes it known has no answer.
void require_known_energy(const Solution& solution) {
  const SolveQuestion& question = solution.question;
  const bool asked = std::ranges::any_of(
      question.requirements, [](const Requirement& r) { return needs_energy(r.metric); });
  if (!asked && !(question.best && needs_energy(question.best->metric))) return;
  const bool known = std::ranges::any_of(solution.scanned, [](const SolvePoint& point) {
    return point.why_not.empty() && !std::isnan(point.metrics[Metric::energy]);
  });
  if (known) return;
  const Prediction& p = solution.subject;
  throw InputError(
      fmt::format("the energy is unknown: {} states neither power nor energy of its engine '{}'; "
                  "--set engines.{}.energy='{{active: 2 W}}' would state it",
                  p.platform, p.engine, p.engine));
}

}  // namespace

Solution solve(const Subject& subject, const Axis& axis, const SolveQuestion& question) {
  Solution solution;
  solution.question = question;
  solution.subject = predict(subject.base());
  solution.subject.layers.clear();
  solution.path = axis.path();
  solution.from = axis.text(axis.first());
  solution.to = axis.text(axis.last());
  solution.default_range = axis.is_default();
  solution.list = axis.is_list();
  Points points(subject, axis, solution.question);
  if (axis.stated()) {
    solution.stated = points.stated(axis.stated()->with(axis.stated()->number));
  }
  const std::size_t most =
      axis.is_list() ? static_cast<std::size_t>(axis.last()) + 2 : question.points;
  const auto grid = axis.is_whole() ? geometric_points(axis.first(), axis.last(), most)
                                    : scan_points(axis.first(), axis.last(), most);
  for (const AxisIndex index : grid) solution.scanned.push_back(points.at(index));
  const bool none_possible = std::ranges::none_of(
      solution.scanned, [](const SolvePoint& point) { return point.why_not.empty(); });
  if (none_possible) throw InputError(solution.scanned.front().why_not);
  require_known_energy(solution);
  answer(solution, grid, axis, points);
  solution.nearest = nearest_of(solution.scanned);
  if (!solution.answer) solution.pays_until = pays_until(solution, axis, points);
  solution.forecasts = points.made();
  return solution;
}

}  // namespace roofbeam
