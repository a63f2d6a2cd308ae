#include "scenarios/preference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "scenarios/cell_number.hpp"

namespace roofbeam {
namespace {

bool has(const Preference& preference, Metric metric) {
  return std::any_of(
      preference.terms.begin(), preference.terms.end(),
      [metric](const Preference::Term& term) { return term.objective.metric == metric; });
}

std::string order_text(const Preference& preference) {
  std::string text;
  for (const Preference::Term& term : preference.terms) {
    text += (text.empty() ? "" : ", then ") + to_text(term.objective);
  }
  if (preference.tolerance > 0) {
    text += fmt::format("; within {:.4g} % of the best is as good", 100 * preference.tolerance);
  }
  return text;
}

std::string weights_text(const Preference& preference) {
  std::string text;
  for (const Preference::Term& term : preference.terms) {
    text +=
        fmt::format("{}{} {:.4g}", text.empty() ? "" : " : ", to_text(term.objective), term.weight);
  }
  return text;
}

void add_once(Preference& preference, Preference::Term term, std::string_view whole) {
  if (has(preference, term.objective.metric)) {
    throw InputError(
        fmt::format("'{}': {} stands there twice", whole, to_text(term.objective.metric)));
  }
  preference.terms.push_back(term);
}

Preference::Term parse_weight(std::string_view text, std::string_view whole) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) {
    throw InputError(fmt::format(
        "'{}': '{}' is no weight: expected METRIC=NUMBER, such as latency=2", whole, text));
  }
  const Objective objective = parse_objective(text.substr(0, equals));
  const auto weight = cell_number(text.substr(equals + 1));
  if (!weight || !(*weight > 0) || std::isinf(*weight)) {
    throw InputError(fmt::format("'{}': the weight of {} is '{}': expected a positive number",
                                 whole, to_text(objective.metric), text.substr(equals + 1)));
  }
  return {objective, *weight};
}

}  // namespace

Preference balanced(std::span<const Objective> objectives) {
  Preference preference;
  for (const Objective& objective : objectives) {
    if (!has(preference, objective.metric)) preference.terms.push_back({objective, 1});
  }
  preference.text = weights_text(preference);
  return preference;
}

Preference preference_for(std::string_view word, std::span<const Objective> objectives) {
  if (word == "balanced") return balanced(objectives);
  const auto metric = metric_named(word);
  if (!metric) {
    auto known = metric_words();
    known.emplace_back("balanced");
    const auto near = nearest(word, known);
    throw InputError(fmt::format("nothing is best for '{}'; {}", word,
                                 near ? fmt::format("did you mean '{}'?", *near)
                                      : "expected balanced or a metric, such as latency"));
  }
  Preference preference;
  preference.kind = Preference::Kind::ordered;
  preference.terms.push_back({{*metric, kind_of(*metric).sense}, 1});
  for (const Objective& objective : objectives) {
    if (!has(preference, objective.metric)) preference.terms.push_back({objective, 1});
  }
  preference.text = order_text(preference);
  return preference;
}

Preference parse_weights(std::string_view text) {
  Preference preference;
  const std::string_view whole = text;
  while (true) {
    const auto comma = text.find(',');
    add_once(preference, parse_weight(text.substr(0, comma), whole), whole);
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  preference.text = weights_text(preference);
  return preference;
}

Preference parse_order(std::string_view text, double tolerance) {
  Preference preference;
  preference.kind = Preference::Kind::ordered;
  preference.tolerance = tolerance;
  for (const Objective& objective : parse_objectives(text)) {
    add_once(preference, {objective, 1}, text);
  }
  preference.text = order_text(preference);
  return preference;
}

}  // namespace roofbeam
