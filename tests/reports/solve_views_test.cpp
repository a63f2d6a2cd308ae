#include "reports/solve_views.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace roofbeam {
namespace {

SolvePoint point(AxisIndex index, const std::string& value, double ms, bool meets) {
  SolvePoint made;
  made.index = index;
  made.value = value;
  made.metrics[Metric::latency] = ms / 1e3;
  made.latency_error = {0.1};
  made.bound = "DRAM";
  made.bound_share = 0.75;
  made.meets = meets;
  made.missed_by = meets ? 0 : ms / 10 - 1;
  made.sureness = meets ? 0.5 : 0.25;
  return made;
}

// On one line, wherever it was wrapped.
std::string unwrapped(std::string text) {
  for (auto end = text.find("\n  "); end != text.npos; end = text.find("\n  ", end + 1)) {
    text.replace(end, 3, " ");
  }
  return text;
}

std::string solve_table(const Solution& solution) { return solve_document(solution).text(); }

// 10 ms are asked for: met from 4 GB/s on.
Solution sample() {
  Solution s;
  s.question = parse_question("latency <= 10 ms");
  s.subject.network = "tiny";
  s.subject.platform = "board";
  s.subject.engine = "cpu";
  s.subject.runtime = "ncnn";
  s.path = "platform.memory.DRAM.bandwidth";
  s.from = "1 GB/s";
  s.to = "8 GB/s";
  s.stated = point(0, "2 GB/s", 20, false);
  s.scanned = {point(0, "1 GB/s", 40, false), point(3, "4 GB/s", 10, true),
               point(7, "8 GB/s", 5, true)};
  s.bands = {{s.scanned[1], s.scanned[2]}};
  s.answer = s.scanned[1];
  s.beside = point(2, "3 GB/s", 13.3333, false);
  s.sure = point(4, "5 GB/s", 8, true);
  s.nearest = s.scanned[2];
  s.forecasts = 6;
  return s;
}

TEST_CASE("the table answers in sentences, then shows the axis") {
  CHECK(solve_table(sample()) ==
        R"(tiny on board, cpu, ncnn, fp32, 1 core, batch 1: latency <= 10 ms

Varied: platform.memory.DRAM.bandwidth from 1 GB/s to 8 GB/s; stated is 2 GB/s: latency 20 ms

The smallest value that meets it is 4 GB/s: latency 10 ms. At 3 GB/s it is not met: latency
  13.333 ms.

By the forecast's interval 4 GB/s meets it with 50 %. To be 90 % sure: 5 GB/s, latency 8 ms.

platform.memory.DRAM.bandwidth  latency  80 % between  bound by   met, sure
                        1 GB/s  40.0 ms  35.2–45.5 ms  DRAM 75 %  no, 25 %
                        3 GB/s  13.3 ms  11.7–15.2 ms  DRAM 75 %  no, 25 %
                        4 GB/s  10.0 ms  8.80–11.4 ms  DRAM 75 %  yes, 50 %
                        5 GB/s  8.00 ms  7.04–9.09 ms  DRAM 75 %  yes, 50 %
                        8 GB/s  5.00 ms  4.40–5.68 ms  DRAM 75 %  yes, 50 %

6 forecasts: a scan of 3 values, each change between two of them bisected to the last digit.
)");
}

TEST_CASE("the table says what bounds where nothing meets the requirement") {
  Solution s = sample();
  s.answer.reset();
  s.beside.reset();
  s.sure.reset();
  s.bands.clear();
  s.nearest = point(7, "8 GB/s", 12.5, false);
  s.pays_until = point(5, "6 GB/s", 12.6, false);
  const std::string text = unwrapped(solve_table(s));
  CHECK(
      text.find("No value on this axis meets it: even at 8 GB/s the latency is 12.5 ms, 25 % off; "
                "there DRAM bounds 75 % of the time. The axis stops paying at 6 GB/s: less than "
                "1 % is gained beyond.") != std::string::npos);
}

TEST_CASE("more than one band is told not to be monotone") {
  Solution s = sample();
  s.bands = {{s.scanned[0], s.scanned[0]}, {s.scanned[1], s.scanned[2]}};
  CHECK(unwrapped(solve_table(s))
            .find("It is met at 1 GB/s, and from 4 GB/s to 8 GB/s: not monotone.") !=
        std::string::npos);
}

TEST_CASE("an axis that always meets it is told with both ends") {
  Solution s = sample();
  s.bands = {{s.scanned[0], s.scanned[2]}};
  CHECK(unwrapped(solve_table(s))
            .find("Every value meets it, from 1 GB/s to 8 GB/s: latency 40 ms at 1 GB/s, "
                  "latency 5 ms at 8 GB/s.") != std::string::npos);
}

TEST_CASE("an answer that does not fit is warned of") {
  Solution s = sample();
  s.answer->fits = false;
  s.answer->fits_reason = "weights need 2 MiB, DRAM has 1 MiB";
  CHECK(
      solve_table(s).find("It does not fit at 4 GB/s: weights need 2 MiB, DRAM has 1 MiB. Ask for "
                          "'fits', too,") != std::string::npos);
}

TEST_CASE("JSON holds the answer, its neighbour and the scan") {
  const auto json = nlohmann::json::parse(solve_json(sample()));
  CHECK(json["schema"] == "roofbeam.solve/1");
  CHECK(json["found"] == "smallest");
  CHECK(json["answer"]["value"] == "4 GB/s");
  CHECK(json["answer"]["latency_s"] == 0.01);
  CHECK(json["answer"]["energy_j"].is_null());
  CHECK(json["beside"]["value"] == "3 GB/s");
  CHECK(json["sure_answer"]["value"] == "5 GB/s");
  CHECK(json["scan"].size() == 3);
  CHECK(json["bands"][0]["from"] == "4 GB/s");
  CHECK(json["forecasts"] == 6);
}

TEST_CASE("JSON states the bounds as numbers, beside the requirements as written") {
  Solution s = sample();
  s.question = parse_question("latency <= 10 ms, energy < 2 J, fits");
  const auto question = nlohmann::json::parse(solve_json(s)).at("question");
  CHECK(question.at("require").size() == 3);
  CHECK(question.at("bounds").dump() == R"([{"bound":0.01,"metric":"latency_s","relation":"<="},)"
                                        R"({"bound":2.0,"metric":"energy_j","relation":"<"}])");
}

TEST_CASE("CSV has a line a value, empty where nothing is known") {
  const std::string text = solve_csv(sample());
  CHECK(text.substr(0, text.find("\r\n")) ==
        "value,possible,latency_s,energy_j,memory_bytes,size_bytes,power_w,throughput_per_s,macs,"
        "parameters,arena_bytes,bound,bound_share,fits,meets,missed_by,probability");
  CHECK(text.find("4 GB/s,true,0.01,,,,,,,,,DRAM,0.75,true,true,0,0.5\r\n") != std::string::npos);
}

}  // namespace
}  // namespace roofbeam
