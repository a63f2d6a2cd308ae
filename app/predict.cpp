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

std::string rendered(const Predict& command, const std::vector<Prediction>& predictions) {
  if (command.model.format == "json") return predict_json(predictions);
  if (command.model.format == "csv") return predict_csv(predictions);
  if (command.model.format == "trace") return predict_trace(predictions);
  PredictTableOptions options;
  options.width = output_width();
  options.top = command.top;
  options.layers_of = command.layers_of;
  options.utilisation = command.utilisation;
  return command.model.format == "markdown" ? predict_markdown(predictions, options)
                                            : predict_table(predictions, options);
}

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
  write_result(rendered(command, predictions), command.model.output);
  return 0;
}

}  // namespace roofbeam::app
