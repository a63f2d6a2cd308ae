#include "reports/inspect_csv.hpp"

#include <fmt/format.h>

#include "reports/csv.hpp"

namespace roofbeam {

namespace {

std::string count_text(const Inspection::Row& layer, double count) {
  return layer.macs ? fmt::format("{:.0f}", count) : "";
}

std::vector<std::string> header() {
  std::vector<std::string> names = {"network",   "layer",  "op",  "output_shape",
                                    "precision", "repeat", "macs"};
  for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
    names.push_back(fmt::format("{}_ops", to_text(static_cast<VectorOp>(kind))));
  }
  for (const auto* name :
       {"bytes_read", "bytes_written", "parameters", "weights_bytes", "state", "rule"}) {
    names.emplace_back(name);
  }
  return names;
}

std::vector<std::string> cells(const Inspection& inspection, const Inspection::Row& layer) {
  std::vector<std::string> cells = {inspection.network,
                                    layer.name,
                                    layer.op,
                                    layer.output_shape ? to_text(*layer.output_shape) : "",
                                    layer.precision,
                                    fmt::format("{}", layer.repeat),
                                    layer.macs ? fmt::format("{}", *layer.macs) : ""};
  for (const double ops : layer.vector_ops) cells.push_back(count_text(layer, ops));
  cells.push_back(fmt::format("{:.0f}", layer.bytes_read));
  cells.push_back(fmt::format("{:.0f}", layer.bytes_written));
  cells.push_back(fmt::format("{}", layer.parameters));
  cells.push_back(fmt::format("{}", layer.weight_bytes));
  cells.emplace_back(to_text(layer.state));
  cells.emplace_back(layer.rule);
  return cells;
}

}  // namespace

std::string inspect_csv(const Inspection& inspection) {
  auto text = csv_line(header());
  for (const Inspection::Row& layer : inspection.layers) {
    text += csv_line(cells(inspection, layer));
  }
  return text;
}

}  // namespace roofbeam
