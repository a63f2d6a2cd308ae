#include "reports/inspect_json.hpp"

#include <nlohmann/json.hpp>

#include "reports/json_text.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

Json shape_json(const std::optional<Shape>& shape) { return shape ? Json(*shape) : Json(nullptr); }

Json ports(const std::vector<Inspection::Port>& all) {
  Json rows = Json::array();
  for (const Inspection::Port& port : all) {
    rows.push_back({{"name", port.name},
                    {"element_type", port.element},
                    {"shape", shape_json(port.shape)},
                    {"upper_bound", port.upper_bound},
                    {"symbols", port.symbols.empty() ? Json(nullptr) : Json(port.symbols)}});
  }
  return rows;
}

Json totals_json(const Inspection& inspection) {
  const Totals& totals = inspection.totals;
  return {{"layers", totals.layers},
          {"macs", totals.macs},
          {"parameters", totals.parameters},
          {"weights_bytes", totals.weight_bytes},
          {"flops", static_cast<std::int64_t>(inspection.flops)}};
}

// Nothing is known of what is not counted.
Json count_json(const Inspection::Row& layer, double count) {
  return layer.macs ? Json(static_cast<std::int64_t>(count)) : Json(nullptr);
}

// Each operation on one element; transcendental ones are "exponential".
Json vector_ops_json(const Inspection::Row& layer) {
  if (!layer.macs) return nullptr;
  Json json = Json::object();
  for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
    json[std::string(to_text(static_cast<VectorOp>(kind)))] =
        count_json(layer, layer.vector_ops[kind]);
  }
  return json;
}

Json layer_json(const Inspection::Row& layer) {
  return {{"name", layer.name},
          {"op", layer.op},
          {"output_shape", shape_json(layer.output_shape)},
          {"macs", layer.macs ? Json(*layer.macs) : Json(nullptr)},
          {"vector_ops", vector_ops_json(layer)},
          {"transcendental_ops", count_json(layer, layer.vector_ops.back())},
          {"bytes_read", static_cast<std::int64_t>(layer.bytes_read)},
          {"bytes_written", static_cast<std::int64_t>(layer.bytes_written)},
          {"parameters", layer.parameters},
          {"weights_bytes", layer.weight_bytes},
          {"precision", layer.precision},
          {"repeat", layer.repeat},
          {"state", to_text(layer.state)},
          {"rule", layer.rule.empty() ? Json(nullptr) : Json(layer.rule)}};
}

}  // namespace

std::string inspect_json(const Inspection& inspection) {
  Json json;
  json["schema"] = "roofbeam.inspect/1";
  json["network"] = inspection.network;
  json["inputs"] = ports(inspection.inputs);
  json["outputs"] = ports(inspection.outputs);
  json["totals"] = totals_json(inspection);
  json["depth"] = inspection.depth;
  json["critical_path"] = {{"macs", static_cast<std::int64_t>(inspection.critical_path_macs)},
                           {"layers", inspection.critical_path}};
  json["not_modelled"] = counts_json(inspection.totals.not_modelled);
  json["not_shaped"] = counts_json(inspection.totals.not_shaped);
  json["assumptions"] = inspection.assumptions;
  Json layers = Json::array();
  for (const Inspection::Row& layer : inspection.layers) layers.push_back(layer_json(layer));
  json["layers"] = std::move(layers);
  return json_text(json);
}

}  // namespace roofbeam
