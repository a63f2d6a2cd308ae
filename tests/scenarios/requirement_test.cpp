#include "scenarios/requirement.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/message_of.hpp"

using namespace roofbeam;
using roofbeam::testing::message_of;

TEST_CASE("a requirement is a metric, a relation and a value with its unit") {
  const auto found = parse_requirement("  latency<=33 ms ");
  CHECK(found.metric == Metric::latency);
  CHECK(found.relation == Relation::at_most);
  CHECK(found.bound == doctest::Approx(0.033));
  CHECK(found.text == "latency <= 33 ms");
  CHECK(parse_requirement("accuracy > 70 %").bound == doctest::Approx(0.7));
  CHECK(parse_requirement("memory < 512 KiB").bound == 524288);
}

TEST_CASE("the bound itself meets <= and >=, not < and >") {
  const auto meets = [](const char* text, double value) {
    return parse_requirement(text).met_by(value);
  };
  CHECK(meets("memory <= 512 B", 512));
  CHECK(!meets("memory <= 512 B", 513));
  CHECK(!meets("memory < 512 B", 512));
  CHECK(meets("memory < 512 B", 511));
  CHECK(meets("accuracy >= 0.5", 0.5));
  CHECK(!meets("accuracy > 0.5", 0.5));
  CHECK(!meets("accuracy > 0.5", std::nan("")));
  CHECK(!meets("latency < 1 s", std::nan("")));
}

TEST_CASE("what misses a bound misses it by a share of the bound") {
  const auto limit = parse_requirement("latency <= 40 ms");
  CHECK(limit.missed_by(0.050) == doctest::Approx(0.25));
  CHECK(limit.missed_by(0.040) == 0);
  CHECK(std::isnan(limit.missed_by(std::nan(""))));
  CHECK(parse_requirement("accuracy >= 80 %").missed_by(0.6) == doctest::Approx(0.25));
  CHECK(std::isinf(parse_requirement("energy <= 0 J").missed_by(1)));
}

TEST_CASE("several requirements stand between commas or 'and'") {
  const auto found = parse_requirements("latency <= 33 ms, memory < 1 MB and power <= 5 W");
  REQUIRE(found.size() == 3);
  CHECK(found[1].text == "memory < 1 MB");
  CHECK(found[2].metric == Metric::power);
}

TEST_CASE("wrong requirements say what is wrong and what was expected") {
  const auto message = [](const char* text) {
    return message_of([&] { return parse_requirement(text); });
  };
  CHECK(message("latency 33 ms") ==
        "'latency 33 ms' is not a requirement: expected METRIC <= VALUE, such as latency <= 33 ms");
  CHECK(message("latencey <= 33 ms") ==
        "'latencey <= 33 ms': there is no metric 'latencey'; did you mean 'latency'?");
  CHECK(message("colour <= 3") ==
        "'colour <= 3': there is no metric 'colour'; there are latency, energy, memory, size, "
        "accuracy, power, throughput, macs, parameters, arena");
  CHECK(message("latency <= 33 MB").find("'latency <= 33 MB': latency: ") == 0);
  CHECK(message("latency <=").find("'latency <=': latency: ") == 0);
  CHECK(message_of([] { return parse_requirements("latency <= 1 s,"); }) ==
        "'' is not a requirement: expected METRIC <= VALUE, such as latency <= 33 ms");
}

TEST_CASE("an objective without a direction takes the one in which its metric is better") {
  CHECK(to_text(parse_objective("accuracy")) == "max accuracy");
  CHECK(to_text(parse_objective("latency")) == "min latency");
  CHECK(to_text(parse_objective("max  latency")) == "max latency");
  const auto both = parse_objectives("min latency, max accuracy");
  REQUIRE(both.size() == 2);
  CHECK(both[1].metric == Metric::accuracy);
  CHECK(message_of([] { return parse_objective("least latency"); }) ==
        "'least latency' is not an objective: expected min or max and a metric, such as min "
        "latency");
}
