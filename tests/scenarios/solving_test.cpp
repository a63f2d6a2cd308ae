#include "scenarios/solving.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>

#include "tests/message_of.hpp"
#include "tests/scenarios/subject_support.hpp"

namespace roofbeam {
namespace {

using testing::message_of;
using testing::subject;

const std::string kNet = "mobilenet_v2_0.35_128";

Solution solved(const Subject& it, const std::string& question, const std::string& axis,
                int digits = 4) {
  return solve(it, Axis(axis, it, digits), parse_question(question));
}

double latency_ms(const Subject& it, const std::string& path, const std::string& value) {
  return 1e3 * it.forecast({{path, value}}).latency.si();
}

TEST_CASE("the answer meets the requirement and its neighbour fails, at any number of digits") {
  const Subject it = subject("cortex-a78", kNet);
  const std::string path = "memory.DRAM.bandwidth";
  const double limit = latency_ms(it, path, "3 GB/s");
  const std::string question = fmt::format("latency <= {} ms", limit);
  for (const int digits : {2, 4, 9}) {
    CAPTURE(digits);
    const Solution solution = solved(it, question, path, digits);
    REQUIRE(solution.answer);
    REQUIRE(solution.beside);
    CHECK(latency_ms(it, path, solution.answer->value) <= limit);
    CHECK(latency_ms(it, path, solution.beside->value) > limit);
    CHECK(parse_unit_number(solution.answer->value)->number ==
          doctest::Approx(3).epsilon(std::pow(10, 1 - digits)));
    CHECK(solution.found == SolveQuestion::Ask::smallest);
  }
}

TEST_CASE("where less relaxes, the answer is the largest value") {
  const Subject it = subject("raspberry-pi-5", kNet);
  const double four = it.forecast({{"run.batch", "4"}}).peak_memory.si();
  const auto at_most = [&](double bytes) {
    return solved(it, fmt::format("memory <= {} B", static_cast<long long>(bytes)), "run.batch");
  };
  CHECK(at_most(four).answer->value == "4");
  CHECK(at_most(four).beside->value == "5");
  CHECK(at_most(four - 1).answer->value == "3");
  CHECK(at_most(four).found == SolveQuestion::Ask::largest);
  CHECK(at_most(four).sure->value == "4");  // nothing is unsure about memory
}

TEST_CASE("the second answer is sure by the forecast's interval") {
  const Subject it = subject("cortex-a78", kNet);
  const double limit = latency_ms(it, "engines.cpu.clock", "0.5 GHz");
  const Solution solution = solved(it, fmt::format("latency <= {} ms", limit), "engines.cpu.clock");
  REQUIRE(solution.sure);
  CHECK(solution.answer->sureness == doctest::Approx(0.5).epsilon(0.01));
  const auto prediction = it.forecast({{"engines.cpu.clock", solution.sure->value}});
  const double high = 1e3 * prediction.latency_error.interval_80(prediction.latency).high.si();
  CHECK(high <= limit);  // the upper end of 80 % is passed by one in ten
  CHECK(high == doctest::Approx(limit).epsilon(0.01));
}

TEST_CASE("what no value meets is told with what bounds and where it stops paying") {
  const Subject it = subject("cortex-a78", kNet);
  const double best = latency_ms(it, "memory.DRAM.bandwidth", "51200 GB/s");
  const Solution solution =
      solved(it, fmt::format("latency <= {} ms", 0.8 * best), "memory.DRAM.bandwidth");
  CHECK_FALSE(solution.answer);
  CHECK(solution.bands.empty());
  CHECK(solution.nearest.bound != "DRAM");
  CHECK(solution.nearest.missed_by == doctest::Approx(0.25));
  REQUIRE(solution.pays_until);
  const std::string until = solution.pays_until->value;
  CHECK(latency_ms(it, "memory.DRAM.bandwidth", until) <= 1.01 * best);
  const auto number = *parse_unit_number(until);
  CHECK(latency_ms(it, "memory.DRAM.bandwidth", number.with(0.99 * number.number)) > 1.01 * best);
}

TEST_CASE("several requirements must all be met") {
  const Subject it = subject("cortex-a78", kNet);
  const Prediction two = it.forecast({{"run.threads", "2"}});
  const auto solution = solved(
      it, fmt::format("latency <= {} ms, memory <= 1 GB", 1e3 * two.latency.si()), "run.threads");
  CHECK(solution.answer->value == "2");
  CHECK(solution.beside->value == "1");
  CHECK(solution.beside->missed == 0);
  const auto none = solved(it, "latency <= 1 s, memory <= 1 kB", "run.threads");
  CHECK_FALSE(none.answer);
  CHECK(none.nearest.missed == 1);
}

TEST_CASE("the smallest memory that a network fits in is exact") {
  const Subject it = subject("cortex-m7", "mobilenet_v1_0.25_96_vww");
  const std::string path = "memory.SRAM.size";
  // Without the other memories that could hold activations.
  const double arena = it.forecast().arena.si();
  const Solution solution = solve(it, Axis(fmt::format("{}=1 B..{} B", path, 100 * arena), it, 12),
                                  parse_question("fits"));
  REQUIRE(solution.answer);
  if (arena > it.forecast({{path, "1 B"}}).activations_in.size.si()) {
    CHECK(parse_unit_number(solution.answer->value)->number * 1024 == doctest::Approx(arena));
    CHECK_FALSE(solution.beside->fits);
  } else {
    CHECK(solution.always());
  }
}

TEST_CASE("the best of those that meet it is found between the ends") {
  const Subject it = subject("cortex-a78", kNet);
  SolveQuestion question = parse_question("latency <= 1 s");
  question.best = parse_objective("energy");
  const Axis axis("run.threads", it, 4);
  const Solution solution = solve(it, axis, question);
  double least_energy = 1e9;
  for (int threads = 1; threads <= 3; ++threads) {
    const auto energy = it.forecast({{"run.threads", fmt::format("{}", threads)}}).energy.total();
    least_energy = std::min(least_energy, energy.si());
  }
  CHECK(solution.answer->metrics[Metric::energy] == least_energy);
}

TEST_CASE("words are tried one by one, and what is not possible says why") {
  const Subject it = subject("cortex-a78", kNet);
  const Solution solution = solved(it, "latency <= 1 s", "run.precision=bf16,int8,fp32");
  CHECK(solution.list);
  CHECK(solution.answer->value == "int8");
  CHECK(solution.scanned[0].why_not.starts_with("precision bf16 is not to be had"));
  CHECK(solution.forecasts == 3);
  CHECK(message_of([&] {
          static_cast<void>(solved(it, "latency <= 1 s", "run.precision=bf16"));
        }).starts_with("precision bf16 is not to be had"));
}

TEST_CASE("a question about an energy that is unknown says what to state") {
  const Subject it = subject("allwinner-d1", kNet);
  for (const char* question : {"energy <= 1 mJ", "latency <= 1 s, power <= 1 W"}) {
    CHECK(
        message_of([&] { return solved(it, question, "engines.cpu.clock"); }) ==
        "the energy is unknown: allwinner-d1 states neither power nor energy of its engine 'cpu'; "
        "--set engines.cpu.energy='{active: 2 W}' would state it");
  }
  CHECK(solved(it, "latency <= 1 s", "engines.cpu.clock").answer);
}

TEST_CASE("the same question has the same answer") {
  const Subject it = subject("cortex-a78", kNet);
  const auto a = solved(it, "latency <= 4 ms", "memory.DRAM.bandwidth");
  const auto b = solved(it, "latency <= 4 ms", "memory.DRAM.bandwidth");
  CHECK(a.answer->value == b.answer->value);
  CHECK(a.forecasts == b.forecasts);
}

TEST_CASE("a probability is that of the interval's quantiles") {
  const auto most = parse_requirement("latency <= 10 ms");
  const auto least = parse_requirement("throughput >= 100");
  CHECK(probability(most, 0.010, {0.2}) == doctest::Approx(0.5));
  CHECK(probability(most, 0.010 / std::exp(1.2815515655 * 0.2), {0.2}) == doctest::Approx(0.9));
  CHECK(probability(least, 100 * std::exp(1.2815515655 * 0.2), {0.2}) == doctest::Approx(0.9));
  CHECK(probability(most, 0.010, {0}) == 1);
  CHECK(probability(most, 0.011, {0}) == 0);
}

TEST_CASE("questions are requirements and the word fits") {
  const auto question = parse_question("latency <= 33 ms, fits");
  CHECK(question.must_fit);
  CHECK(question.requirements.size() == 1);
  CHECK(parse_question(" fits ").requirements.empty());
  CHECK(message_of([] { static_cast<void>(parse_question("accuracy >= 70 %")); }) ==
        "'accuracy >= 70 %': the accuracy is given in scenarios, not forecast");
  CHECK_FALSE(message_of([] { static_cast<void>(parse_question("")); }).empty());
}

}  // namespace
}  // namespace roofbeam
