#include "core/operators/infer.hpp"

#include <utility>
#include <vector>

#include "core/input_error.hpp"
#include "core/operators/flow/control_flow.hpp"
#include "core/operators/infer_layer.hpp"

namespace roofbeam {
namespace {

void check_stated_shapes(const Network& network) {
  for (const Tensor& tensor : network.tensors()) {
    if (tensor.shape && !fits(tensor.element, *tensor.shape)) {
      throw InputError(describe_misfit(tensor.name, *tensor.shape));
    }
  }
}

}  // namespace

Network infer_with(Network network, ControlFlow& control_flow, const std::string& prefix) {
  check_stated_shapes(network);
  std::vector<Splice> splices;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    const auto id = static_cast<LayerId>(i);
    if (!ControlFlow::is(network.layer(id))) {
      infer_layer(network, network.layer(id), control_flow.budget());
    } else if (auto body = control_flow.follow(network, id, prefix)) {
      splices.push_back(*std::move(body));
    }
  }
  control_flow.count(static_cast<std::int64_t>(network.layers().size()));
  return without_constant_layers(splice(std::move(network), std::move(splices)));
}

Network infer(Network network, const InferOptions& options) {
  ControlFlow control_flow(options.trips);
  auto inferred = infer_with(std::move(network), control_flow, "");
  control_flow.require_all_used();
  return inferred;
}

}  // namespace roofbeam
