// What the stages of a pipeline did, as a document and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "reports/document.hpp"
#include "scenarios/pipeline.hpp"

namespace roofbeam {

// For each pipeline its stages, their parts of the whole change, and the requirements after the
// last. Metrics that no stage knows are left out.
void add_pipelines(Document& document, const std::vector<Pipeline>& pipelines);
// An array: one object a pipeline.
[[nodiscard]] nlohmann::ordered_json pipelines_json(const std::vector<Pipeline>& pipelines);

}  // namespace roofbeam
