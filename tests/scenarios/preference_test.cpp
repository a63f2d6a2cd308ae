#include "scenarios/preference.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

using namespace roofbeam;
using roofbeam::testing::message_of;

namespace {

const std::vector<Objective> kObjectives = parse_objectives("latency, accuracy, energy");

std::vector<Metric> metrics_of(const Preference& preference) {
  std::vector<Metric> metrics;
  for (const auto& term : preference.terms) metrics.push_back(term.objective.metric);
  return metrics;
}

}  // namespace

TEST_CASE("balanced: all objectives weigh the same") {
  const Preference preference = preference_for("balanced", kObjectives);
  CHECK(preference.kind == Preference::Kind::weighted);
  CHECK(metrics_of(preference) ==
        std::vector<Metric>{Metric::latency, Metric::accuracy, Metric::energy});
  CHECK(preference.text == "latency 1 : accuracy 1 : energy 1");
}

TEST_CASE("for a metric: that one first, then the other objectives") {
  const Preference preference = preference_for("accuracy", kObjectives);
  CHECK(preference.kind == Preference::Kind::ordered);
  CHECK(preference.terms[0].objective.sense == Sense::larger);
  CHECK(preference.text == "max accuracy, then min latency, then min energy");
  CHECK(preference_for("size", kObjectives).text ==
        "min size, then min latency, then max accuracy, then min energy");
}

TEST_CASE("weights are positive numbers, each metric once") {
  const Preference preference = parse_weights("latency=2, accuracy=0.5");
  CHECK(preference.terms[0].weight == 2);
  CHECK(preference.terms[1].weight == 0.5);
  CHECK(preference.terms[1].objective.sense == Sense::larger);
  CHECK(preference.text == "latency 2 : accuracy 0.5");
}

TEST_CASE("an order says in which sense, and how near is as good") {
  const Preference preference = parse_order("accuracy, max power", 0.01);
  CHECK(preference.terms[0].objective.sense == Sense::larger);
  CHECK(preference.terms[1].objective.sense == Sense::larger);
  CHECK(preference.text == "max accuracy, then max power; within 1 % of the best is as good");
}

TEST_CASE("what makes no preference is told") {
  CHECK(message_of([] { return preference_for("latancy", kObjectives); }) ==
        "nothing is best for 'latancy'; did you mean 'latency'?");
  CHECK(message_of([] { return preference_for("beauty", kObjectives); }) ==
        "nothing is best for 'beauty'; expected balanced or a metric, such as latency");
  CHECK(message_of([] { return parse_weights("latency"); }) ==
        "'latency': 'latency' is no weight: expected METRIC=NUMBER, such as latency=2");
  for (const std::string wrong : {"0", "-1", "two", "inf", ""}) {
    CHECK(message_of([&] { return parse_weights("latency=" + wrong); }) ==
          "'latency=" + wrong + "': the weight of latency is '" + wrong +
              "': expected a positive number");
  }
  CHECK(message_of([] { return parse_weights("latency=1,latency=2"); }) ==
        "'latency=1,latency=2': latency stands there twice");
  CHECK(message_of([] { return parse_order("energy,energy", 0); }) ==
        "'energy,energy': energy stands there twice");
}
