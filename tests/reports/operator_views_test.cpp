#include "reports/operator_views.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

constexpr Operator kRows[] = {
    {.name = "Relu", .shape = nullptr, .work = nullptr, .sentence = "One compare per element."},
    {.name = "Reshape",
     .shape = nullptr,
     .work = nullptr,
     .sentence = "Free: the same elements.",
     .cost = Cost::view},
    {.name = "Twist",
     .shape = nullptr,
     .work = nullptr,
     .sentence = "One |x| per element.",
     .domain = "com.acme"},
};

}  // namespace

TEST_CASE("operators are listed with their domain, cost and sentence") {
  CHECK(operator_table(list_operators(kRows)).text() ==
        "domain    operator  cost     how it is counted\n"
        "ai.onnx   Relu      counted  One compare per element.\n"
        "ai.onnx   Reshape   free     Free: the same elements.\n"
        "com.acme  Twist     counted  One |x| per element.\n");
}

TEST_CASE("one domain may be asked for; ONNX's own is ai.onnx") {
  CHECK(list_operators(kRows, "ai.onnx").size() == 2);
  REQUIRE(list_operators(kRows, "com.acme").size() == 1);
  CHECK(list_operators(kRows, "com.acme")[0].name == "Twist");
  CHECK(testing::message_of([] { (void)list_operators(kRows, "acme"); }) ==
        "no operator has the domain 'acme'; there are: ai.onnx, com.acme");
}

TEST_CASE("JSON holds every operator under its schema") {
  CHECK(operator_json(list_operators(kRows, "com.acme")) == R"({
  "schema": "roofbeam.operators/1",
  "operators": [
    {
      "domain": "com.acme",
      "name": "Twist",
      "cost": "counted",
      "rule": "One |x| per element."
    }
  ]
}
)");
}

TEST_CASE("Markdown has a table for each domain, and no cell ends early") {
  const std::string page = operator_markdown(list_operators(kRows));
  const auto sections = page.substr(page.find("\n## "));
  CHECK(sections == R"(
## ai.onnx

| operator | cost | how it is counted |
| --- | --- | --- |
| `Relu` | counted | One compare per element. |
| `Reshape` | free | Free: the same elements. |

## com.acme

| operator | cost | how it is counted |
| --- | --- | --- |
| `Twist` | counted | One \|x\| per element. |
)");
}

}  // namespace roofbeam
