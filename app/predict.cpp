#include <fmt/format.h>

#include <ostream>

#include "app/commands.hpp"
#include "app/model.hpp"
#include "app/output.hpp"
#include "app/platform_forecasts.hpp"
#include "core/onnx/annotate.hpp"
#include "core/onnx/mapped_file.hpp"
#include "reports/annotation.hpp"
#include "reports/predict_csv.hpp"
#include "reports/predict_json.hpp"
#include "reports/predict_table.hpp"
#include "reports/trace.hpp"

namespace roofbeam::app {
namespace {

// Data in other files are named relative to the model, so a copy elsewhere does not find them.
void annotate(const Predict& command, const Network& network,
              const std::vector<Prediction>& predictions) {
  const onnx::MappedFile file(command.model.model);
  const onnx::AnnotatedModel model(file.bytes(), node_notes(network, predictions));
  write_file(command.annotate, [&](std::ostream& out) { model.write(out); });
  note(fmt::format("{}: notes on {} nodes", command.annotate, model.noted()));
}

}  // namespace

int run(const Predict& command) {
  PlatformForecasts forecasts(command);
  const Network network = import_model(command.model);
  const auto predictions = forecasts.all(network);
  if (!command.annotate.empty()) annotate(command, network, predictions);
  if (!command.report.empty()) write_report(predict_json(predictions), command.report);
  const PredictTableOptions options{command.top, command.layers_of, command.utilisation};
  write_as(command.model.format, command.model.output,
           [&] { return predict_document(predictions, options); },
           {{"json", [&] { return predict_json(predictions); }},
            {"csv", [&] { return predict_csv(predictions); }},
            {"trace", [&] { return predict_trace(predictions); }}});
  return 0;
}

}  // namespace roofbeam::app
