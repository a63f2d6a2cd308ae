#include "app/model.hpp"

#include "app/arguments.hpp"
#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"
#include "core/rewrites/rewrite.hpp"

namespace roofbeam::app {

Network import_model(const ModelOptions& options, bool keep_unbound) {
  onnx::ImportOptions import_options;
  import_options.dims = parse_counts("--dim", options.dims);
  import_options.trips = parse_counts("--trips", options.trips);
  import_options.keep_unbound = keep_unbound && !options.strict;
  std::vector<Rewrite> rewrites;
  for (const auto& text : options.rewrites) rewrites.push_back(parse_rewrite("--rewrite", text));
  Network network = rewrite(onnx::import(options.model, import_options), rewrites);
  check_missing(totals(network), options.model, options.strict);
  return network;
}

}  // namespace roofbeam::app
