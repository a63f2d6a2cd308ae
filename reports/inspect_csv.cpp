#include "reports/inspect_csv.hpp"

#include <fmt/format.h>

#include "reports/csv.hpp"

namespace roofbeam {

std::string inspect_csv(const Inspection& inspection) {
  std::string text = csv_line({"network", "layer", "op", "output_shape", "macs", "parameters",
                               "weights_bytes", "state", "rule"});
  for (const Inspection::Row& layer : inspection.layers) {
    text += csv_line({inspection.network, layer.name, layer.op,
                      layer.output_shape ? to_text(*layer.output_shape) : "",
                      layer.macs ? fmt::format("{}", *layer.macs) : "",
                      fmt::format("{}", layer.parameters), fmt::format("{}", layer.weight_bytes),
                      std::string(to_text(layer.state)), std::string(layer.rule)});
  }
  return text;
}

}  // namespace roofbeam
