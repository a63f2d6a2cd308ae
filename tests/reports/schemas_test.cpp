#include "reports/schemas.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/message_of.hpp"

using namespace roofbeam;
using Json = nlohmann::ordered_json;

TEST_CASE("the list has a line a schema: what writes it and what it says") {
  const std::string list = schema_list().text(200);
  CHECK(list.starts_with("schema         written by "));
  CHECK(list.find("\noperators      roofbeam operators --format json            The catalogue of "
                  "operators.\n") != list.npos);
  CHECK(list.find("\ncommon ") == list.npos);
}

TEST_CASE("a schema is one document: what it takes of the common file comes along, all the way") {
  const Json schema = Json::parse(schema_text("platforms"));
  CHECK(schema["$id"] == "urn:roofbeam:schema:platforms:1");
  CHECK(schema["properties"]["platforms"]["items"]["$ref"] == "#/$defs/platform");
  CHECK(schema["$defs"]["platform"]["properties"]["engines"]["items"]["$ref"] == "#/$defs/engine");
  std::vector<std::string> parts;
  for (const auto& [name, part] : schema["$defs"].items()) parts.push_back(name);
  CHECK(parts == std::vector<std::string>{"platform", "engine", "memory_level", "storage"});
}

TEST_CASE("a schema's own parts come first and stay as they are") {
  const Json schema = Json::parse(schema_text("scale"));
  CHECK(schema["$defs"].begin().key() == "row");
  CHECK(schema["$defs"]["row"]["properties"]["layers"]["items"]["$ref"] == "#/$defs/layer");
  CHECK(schema_text("scale").find("common") == std::string::npos);
}

TEST_CASE("a schema that is not there is told with those that are") {
  CHECK(testing::message_of([] { (void)schema_text("predct"); }) ==
        "there is no schema 'predct'; there are: audit, compare, explain, frontier, inspect, "
        "operators, platform, platforms, predict, recommend, scale, solve, sweep, sweep_columns, "
        "validate; did you mean 'predict'?");
}
