#include "app/model.hpp"

#include <fmt/format.h>

#include <charconv>

#include "app/output.hpp"
#include "core/input_error.hpp"
#include "core/onnx/import.hpp"
#include "core/operators/infer.hpp"
#include "reports/missing.hpp"

namespace roofbeam::app {
namespace {

void add_dim(onnx::ImportOptions& options, const std::string& text) {
  const auto equals = text.find('=');
  std::int64_t value = 0;
  if (equals != std::string::npos) {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + equals + 1, end, value);
    if (error != std::errc{} || stop != end) value = 0;
  }
  if (equals == 0 || value < 1) {
    throw InputError(fmt::format(
        "--dim {}: expected NAME=N with N a whole number from 1, such as batch=4", text));
  }
  if (!options.dims.emplace(text.substr(0, equals), value).second) {
    throw InputError(
        fmt::format("--dim {}: '{}' is set twice", text, text.substr(0, equals)));
  }
}

std::string missing_text(const Totals& totals) {
  std::string text;
  if (!totals.not_modelled.empty()) {
    text = "operators without a model: " + counted(totals.not_modelled);
  }
  if (!totals.not_shaped.empty()) {
    text += text.empty() ? "" : "; ";
    text += "operators with an input of unknown shape: " + counted(totals.not_shaped);
  }
  return text;
}

}  // namespace

Network import_model(const ModelOptions& options) {
  onnx::ImportOptions import_options;
  for (const std::string& dim : options.dims) add_dim(import_options, dim);
  Network network = onnx::import(options.model, import_options);
  const std::string missing = missing_text(totals(network));
  if (missing.empty()) return network;
  const std::string text = fmt::format("{}: {}", options.model, missing);
  if (options.strict) throw InputError(text + "; without --strict they are left out");
  print_warning(text + "; they are in no figure");
  return network;
}

}  // namespace roofbeam::app
