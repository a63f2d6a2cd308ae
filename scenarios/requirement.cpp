#include "scenarios/requirement.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>

#include "core/input_error.hpp"
#include "core/nearest.hpp"

namespace roofbeam {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

Metric metric_of(std::string_view word, std::string_view whole) {
  if (const auto metric = metric_named(word)) return *metric;
  const auto known = metric_words();
  const auto near = nearest(word, known);
  const std::string hint = near ? fmt::format("did you mean '{}'?", *near)
                                : fmt::format("there are {}", fmt::join(known, ", "));
  throw InputError(fmt::format("'{}': there is no metric '{}'; {}", whole, word, hint));
}

struct Sign {
  std::string_view text;
  Relation relation;
};
constexpr std::array<Sign, 4> kSigns = {{{"<=", Relation::at_most},
                                         {">=", Relation::at_least},
                                         {"<", Relation::less},
                                         {">", Relation::more}}};

// Parts between commas; none may be empty.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto comma = text.find(',');
    parts.push_back(trimmed(text.substr(0, comma)));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string_view to_text(Relation relation) {
  for (const auto& sign : kSigns) {
    if (sign.relation == relation) return sign.text;
  }
  return {};
}

bool Requirement::met_by(double value) const {
  switch (relation) {
    case Relation::less:
      return value < bound;
    case Relation::at_most:
      return value <= bound;
    case Relation::more:
      return value > bound;
    case Relation::at_least:
      return value >= bound;
  }
  return false;
}

double Requirement::missed_by(double value) const {
  if (std::isnan(value)) return value;
  if (met_by(value)) return 0;
  if (bound == 0) return std::numeric_limits<double>::infinity();
  return std::abs(value - bound) / bound;
}

Requirement parse_requirement(std::string_view text) {
  const auto whole = trimmed(text);
  const auto at = whole.find_first_of("<>");
  if (at == std::string_view::npos) {
    throw InputError(fmt::format(
        "'{}' is not a requirement: expected METRIC <= VALUE, such as latency <= 33 ms", whole));
  }
  const std::string_view sign = whole.substr(at, whole.substr(at + 1, 1) == "=" ? 2 : 1);
  Requirement requirement;
  for (const auto& known : kSigns) {
    if (known.text == sign) requirement.relation = known.relation;
  }
  requirement.metric = metric_of(trimmed(whole.substr(0, at)), whole);
  const auto value = trimmed(whole.substr(at + sign.size()));
  try {
    requirement.bound = parse_metric_value(requirement.metric, value);
  } catch (const InputError& error) {
    throw InputError(fmt::format("'{}': {}", whole, error.what()));
  }
  requirement.text = fmt::format("{} {} {}", to_text(requirement.metric), sign, value);
  return requirement;
}

std::vector<Requirement> parse_requirements(std::string_view text) {
  std::vector<Requirement> requirements;
  for (auto part : parts_of(text)) {
    constexpr std::string_view kAnd = " and ";
    for (auto at = part.find(kAnd); at != std::string_view::npos; at = part.find(kAnd)) {
      requirements.push_back(parse_requirement(part.substr(0, at)));
      part.remove_prefix(at + kAnd.size());
    }
    requirements.push_back(parse_requirement(part));
  }
  return requirements;
}

std::string to_text(const Objective& objective) {
  return fmt::format("{} {}", objective.sense == Sense::smaller ? "min" : "max",
                     to_text(objective.metric));
}

Objective parse_objective(std::string_view text) {
  const auto whole = trimmed(text);
  const auto space = whole.find_first_of(" \t");
  if (space == std::string_view::npos) {
    const Metric metric = metric_of(whole, whole);
    return {metric, kind_of(metric).sense};
  }
  const auto direction = whole.substr(0, space);
  if (direction != "min" && direction != "max") {
    throw InputError(fmt::format(
        "'{}' is not an objective: expected min or max and a metric, such as min latency", whole));
  }
  return {metric_of(trimmed(whole.substr(space)), whole),
          direction == "min" ? Sense::smaller : Sense::larger};
}

std::vector<Objective> parse_objectives(std::string_view text) {
  std::vector<Objective> objectives;
  for (const auto part : parts_of(text)) objectives.push_back(parse_objective(part));
  return objectives;
}

}  // namespace roofbeam
