#include "scenarios/sureness.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/scenarios/cases.hpp"

using namespace roofbeam;
using roofbeam::testing::case_table;

namespace {

double meets(const std::string& requirements, double deviation = 0.1) {
  return probability_of_meeting(
      case_table({{"a", "m1", 0.010, 0.020, 0.7, deviation}}, requirements), 0);
}

}  // namespace

TEST_CASE("errors on one device are common, on devices apart hardly") {
  CaseTable table = case_table({{"a", "m1"}, {"b", "m1"}, {"a", "m7"}, {"b", "m7"}});
  CHECK(error_correlation(table, 0, 0) == 1);
  CHECK(error_correlation(table, 0, 1) == doctest::Approx(0.85));  // another network
  CHECK(error_correlation(table, 0, 2) == doctest::Approx(0.15));  // only the network is the same
  CHECK(error_correlation(table, 0, 3) == 0);
  table.axes.push_back({"runtime", {"ncnn", "xnnpack"}});
  table.values.push_back({0, 0, 0, 1});
  CHECK(error_correlation(table, 0, 2) == doctest::Approx(0.85 * 0.2 + 0.15));  // same runtime
  CHECK(error_correlation(table, 2, 3) == 0);                                   // another runtime
  table.axes.push_back({"batch", {"1", "2"}});
  table.values.push_back({0, 1, 0, 1});
  table.values[0][1] = 0;
  CHECK(error_correlation(table, 0, 1) == 0.95);  // all the same but a setting
}

TEST_CASE("a requirement is met for sure, by half or hardly, as far as its bound is away") {
  CHECK(meets("latency <= 10 ms") == doctest::Approx(0.5));
  CHECK(meets("latency <= 11.0517 ms") == doctest::Approx(0.8413).epsilon(1e-3));  // one deviation
  CHECK(meets("latency <= 9.04837 ms") == doctest::Approx(0.1587).epsilon(1e-3));
  CHECK(meets("latency <= 9 ms", 0) == 0);
  CHECK(meets("latency <= 10 ms", 0) == 1);
  CHECK(meets("throughput >= 1") == 0);  // unknown here
  CHECK(meets("accuracy >= 60 %") == 1);
  CHECK(meets("") == 1);
}

TEST_CASE("of two bounds on the latency the tighter counts, one on the energy counts besides") {
  CHECK(meets("latency <= 10 ms, latency <= 11.0517 ms") == doctest::Approx(0.5));
  CHECK(meets("latency <= 10 ms, energy <= 20 mJ") == doctest::Approx(0.25));
}

TEST_CASE("a requirement that does not hold for a case is no risk") {
  CaseTable table = case_table({{"a", "m1", 0.010, 0.020, 0.7, 0.1}}, "latency <= 5 ms");
  CHECK(probability_of_meeting(table, 0) < 0.01);
  table.missed[0][0] = 0;  // as the sweep says where it does not hold
  CHECK(probability_of_meeting(table, 0) == 1);
}

TEST_CASE("a lead of one deviation of the difference is real with 84 %") {
  const double apart = std::sqrt(0.1 * 0.1 + 0.2 * 0.2);
  CHECK(probability_of_lead(apart, 0.1, 0.2, 0) == doctest::Approx(0.8413).epsilon(1e-3));
  CHECK(probability_of_lead(0.1, 0.2, 0.1, 1) == doctest::Approx(0.8413).epsilon(1e-3));
  CHECK(probability_of_lead(0, 0.1, 0.2, 0.5) == doctest::Approx(0.5));
  CHECK(probability_of_lead(-apart, 0.1, 0.2, 0) == doctest::Approx(0.1587).epsilon(1e-3));
}

TEST_CASE("without errors, or where errors are the same, a lead is certain") {
  CHECK(probability_of_lead(1e-9, 0, 0, 0) == 1);
  CHECK(probability_of_lead(-1e-9, 0.1, 0.1, 1) == 0);
  CHECK(probability_of_lead(0, 0, 0, 0) == 0.5);
}
