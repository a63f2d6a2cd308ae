#include "core/onnx/dims.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

namespace roofbeam::onnx {
namespace {

using Numbers = std::map<std::string, std::int64_t>;
using Names = std::set<std::string>;

std::string message(std::string_view text, const Numbers& numbers) {
  return testing::message_of([&] { return evaluate(text, numbers); });
}

std::string not_whole(const std::string& text, const std::string& value) {
  return "the dimension '" + text + "' comes out as " + value +
         "; it must be a whole number from 0 to 2^53: check what --dim gives";
}

}  // namespace

TEST_CASE("a dimension's text is arithmetic on names") {
  const Numbers numbers = {{"batch", 3}, {"h", 7}, {"s0", 0}, {"past.len", 10}, {"x:1", 2}};
  const struct {
    std::string_view text;
    std::int64_t value;
  } rows[] = {
      {"batch", 3},
      {"batch*2+1", 7},
      {"batch * (2 + 1)", 9},
      {"1+2*3", 7},
      {"10 - 2 - 3", 5},
      {"100//7//2", 7},
      {"h//2", 3},
      {"h%4", 3},
      {"(-1)%4", 3},
      {"floor(h/2)", 3},
      {"ceil(h/2)", 4},
      {"ceiling(h/2)", 4},
      {"floor(-h/2) + 5", 1},
      {"Max(1, s0)", 1},
      {"min(h, batch, 5)", 3},
      {"Min(h,batch)+max(h,batch)", 10},
      {"h/2*2", 7},
      {"h/3*3", 7},
      {"past.len + x:1", 12},
      {"-batch+4", 1},
      {"batch - 3", 0},
      {"2000000001//2", 1000000000},
      {"floor(2000000001/2)", 1000000000},
      {"9007199254740991+1", 9007199254740992},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(evaluate(row.text, numbers).value == row.value);
  }
}

TEST_CASE("quotients that meet a whole number are not rounded past it") {
  for (std::int64_t n = 1; n <= 600; ++n) {
    CAPTURE(n);
    const Numbers numbers = {{"n", n}};
    CHECK(evaluate("floor(n/31 - 30/31) + 1", numbers).value == (n + 1) / 31);
    CHECK(evaluate("ceil(n/31 - 30/31) + 1", numbers).value == (n + 31) / 31);
  }
}

TEST_CASE("a name is looked up as it stands before it is taken apart") {
  CHECK(evaluate("batch*2", {{"batch*2", 5}, {"batch", 1}}).value == 5);
  CHECK(evaluate("batch-size", {{"batch-size", 4}}).value == 4);
  CHECK(evaluate("batch-size", {{"batch", 4}, {"size", 1}}).missing == Names{"batch-size"});
}

TEST_CASE("names without a number are listed once") {
  CHECK(evaluate("batch", {}).missing == Names{"batch"});
  CHECK(evaluate("b*h + b*w", {{"w", 1}}).missing == Names{"b", "h"});
  CHECK(evaluate("Max(1, s0)", {}).missing == Names{"s0"});
  CHECK(evaluate("b*h", {{"b", 1}, {"h", 1}}).missing.empty());
  CHECK_FALSE(evaluate("b*h", {{"b", 1}}).value.has_value());
}

TEST_CASE("text that is no arithmetic is a name") {
  for (const std::string text :
       {"(batch", "batch)", "floor(h", "2h*3", "batch*", "*batch", "a b*2", "s0**2", "root(h)",
        "floor()", "a*$", "10-2-3", "unk__1-x", "1.5*2"}) {
    CAPTURE(text);
    CHECK(evaluate(text, {{"h", 4}, {"batch", 4}, {"a", 1}, {"s0", 1}}).missing == Names{text});
  }
}

TEST_CASE("arithmetic may nest 32 deep, not 33") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "1" + std::string(depth, ')');
  };
  CHECK(evaluate(nested(32), {}).value == 1);
  CHECK(evaluate(nested(33), {}).missing == Names{nested(33)});
  CHECK(evaluate("1*" + std::string(33, '-') + "1", {}).missing.size() == 1);
}

TEST_CASE("what comes out must be a dimension") {
  CHECK(message("batch - 2", {{"batch", 1}}) == not_whole("batch - 2", "-1"));
  CHECK(message("h/2", {{"h", 7}}) == not_whole("h/2", "3.5"));
  CHECK(message("8/h", {{"h", 0}}) == not_whole("8/h", "no number"));
  CHECK(message("h//h", {{"h", 0}}) == not_whole("h//h", "no number"));
  CHECK(message("8%h", {{"h", 0}}) == not_whole("8%h", "no number"));
  CHECK(message("h*h", {{"h", 1LL << 27}}) == not_whole("h*h", "1.8014398509481984e+16"));
  CHECK(message("9" + std::string(400, '9') + "*1", {}) ==
        not_whole("9" + std::string(400, '9') + "*1", "no number"));
}

TEST_CASE("a dimension is found by its number, its name or its place") {
  const Numbers given = {{"batch", 4}, {"x.1", 5}, {"h", 6}};
  Dims dims(given);
  CHECK(dims.resolve("x", {3, ""}, 0).value == 3);
  CHECK(dims.resolve("x", {std::nullopt, "batch"}, 0).value == 4);
  CHECK(dims.resolve("x", {std::nullopt, ""}, 1).value == 5);
  CHECK(dims.resolve("x", {-1, ""}, 1).value == 5);
  CHECK(dims.resolve("x", {std::nullopt, "2*h"}, 2).value == 12);
  CHECK(dims.resolve("x", {std::nullopt, ""}, 3).missing == Names{"x.3"});
  CHECK(testing::message_of([&] { dims.require_all_used(); }) == "no error");
}

TEST_CASE("a number for a dimension that there is not is an error, names in arithmetic count") {
  const auto unused = [](const Numbers& given) {
    Dims dims(given);
    (void)dims.resolve("x", {std::nullopt, "batch*height"}, 0);
    return testing::message_of([&] { dims.require_all_used(); });
  };
  CHECK(unused({{"batch", 1}, {"height", 2}}) == "no error");
  CHECK(unused({{"batch*height", 2}}) == "no error");
  CHECK(unused({{"hight", 2}}) ==
        "--dim hight=2: no input has a dimension 'hight'; unknown ones are: batch, height; did you "
        "mean 'height'?");
}

}  // namespace roofbeam::onnx
