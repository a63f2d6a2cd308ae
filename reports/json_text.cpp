#include "reports/json_text.hpp"

#include <nlohmann/json.hpp>

namespace roofbeam {

std::string json_text(const nlohmann::ordered_json& json) {
  using Json = nlohmann::ordered_json;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

nlohmann::ordered_json counts_json(const std::map<std::string, std::int64_t>& counts) {
  auto json = nlohmann::ordered_json::object();
  for (const auto& [name, count] : counts) json[name] = count;
  return json;
}

}  // namespace roofbeam
