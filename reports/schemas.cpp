#include "reports/schemas.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "reports/json_text.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kCommon = "common";
constexpr std::string_view kOfCommon = "urn:roofbeam:schema:common:1#";
constexpr std::string_view kDefinitions = "#/$defs/";

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const EmbeddedFile& file : embedded_schemas()) {
    if (file.name != kCommon) all.emplace_back(file.name);
  }
  return all;
}

Json parsed(std::string_view name) {
  for (const EmbeddedFile& file : embedded_schemas()) {
    if (file.name == name) return Json::parse(file.text);
  }
  const auto known = names();
  const auto near = nearest(name, known);
  throw InputError(fmt::format("there is no schema '{}'; there are: {}{}", name,
                               fmt::join(known, ", "),
                               near ? fmt::format("; did you mean '{}'?", *near) : ""));
}

// Makes every $ref into the common file one into the document itself, and adds the names that they
// lead to.
void make_local(Json& schema, std::vector<std::string>& wanted) {
  for (auto& [key, value] : schema.items()) {
    if (key == "$ref" && value.is_string()) {
      auto target = value.get<std::string>();
      if (target.starts_with(kOfCommon)) {
        target.erase(0, kOfCommon.size() - 1);
        wanted.push_back(target.substr(kDefinitions.size()));
        value = target;
      }
    } else if (value.is_structured()) {
      make_local(value, wanted);
    }
  }
}

// What a part of the common file takes of it.
void find_local(const Json& schema, std::vector<std::string>& wanted) {
  for (const auto& [key, value] : schema.items()) {
    if (key == "$ref") wanted.push_back(value.get<std::string>().substr(kDefinitions.size()));
    if (value.is_structured()) find_local(value, wanted);
  }
}

}  // namespace

Document schema_list() {
  Table table({{"schema"}, {"written by"}, {"what it says", Align::left, false, true}});
  for (const std::string& name : names()) {
    const Json schema = parsed(name);
    table.add(
        {name, schema.at("title").get<std::string>(), schema.at("description").get<std::string>()});
  }
  Document document;
  document.table(std::move(table));
  return document;
}

std::string schema_text(const std::string& name) {
  Json schema = parsed(name);
  const Json common = parsed(kCommon)["$defs"];
  std::vector<std::string> wanted;
  make_local(schema, wanted);
  Json& definitions = schema["$defs"];
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (definitions.contains(wanted[i])) continue;
    definitions[wanted[i]] = common.at(wanted[i]);
    find_local(common.at(wanted[i]), wanted);
  }
  return json_text(schema);
}

}  // namespace roofbeam
