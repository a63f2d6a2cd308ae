#include "core/onnx/dims.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

const std::map<std::string, std::int64_t> kNumbers = {
    {"batch", 4}, {"seq", 128}, {"h", 7}, {"batch-size", 2}, {"s0", 3}};

std::optional<std::int64_t> value(std::string_view text) { return evaluate(text, kNumbers).value; }

}  // namespace

TEST_CASE("dimensions are names or arithmetic on names") {
  const std::pair<std::string_view, std::int64_t> rows[] = {
      {"batch", 4},      {"batch*2+1", 9},    {"batch * (seq - 1)", 508},
      {"past - 1", -1},  // not known: see below
      {"floor(h/2)", 3}, {"ceiling(h/2)", 4}, {"h//2", 3},
      {"h % 4", 3},      {"Max(1, s0)", 3},   {"min(1, s0)", 1},
      {"batch-size", 2}, {"-h + 8", 1},       {"2*s0 - 2*batch + 2", 0},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    if (expected < 0) {
      CHECK_FALSE(value(text));
    } else {
      CHECK(value(text) == expected);
    }
  }
}

TEST_CASE("names without a number are missing, each once") {
  CHECK(evaluate("past + seq + past", kNumbers).missing == std::set<std::string>{"past"});
  CHECK(evaluate("batch-sise", kNumbers).missing == std::set<std::string>{"batch-sise"});
}

TEST_CASE("what is no arithmetic is a name") {
  for (const std::string_view text : {"a(b", "a +", "f(batch)", "(batch", "2 batch * 2", "1.5*h"}) {
    CAPTURE(text);
    CHECK(evaluate(text, kNumbers).missing == std::set<std::string>{std::string(text)});
  }
  const std::string deep = std::string(40, '(') + "h" + std::string(40, ')');
  CHECK(evaluate(deep, kNumbers).missing == std::set<std::string>{deep});
}

TEST_CASE("a dimension that comes out wrong says how it is written") {
  const auto complaint = [](std::string_view text) {
    return testing::message_of([&] { return evaluate(text, kNumbers); });
  };
  CHECK(complaint("s0 - 4 + 0*h") ==
        "the dimension 's0 - 4 + 0*h' comes out as -1; it must be a whole number from 0 to 2^53: "
        "check what --dim gives");
  CHECK(complaint("h/2").starts_with("the dimension 'h/2' comes out as 3.5;"));
  CHECK(complaint("h/(s0 - 3)").starts_with("the dimension 'h/(s0 - 3)' comes out as inf;"));
}

}  // namespace roofbeam::onnx
