#include "models/kernel_choice.hpp"

#include <algorithm>

#include "core/operators/convolution.hpp"
#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

template <class T>
bool allows(const std::vector<T>& list, const auto& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

bool matches(const KernelMatch& match, const KernelQuery& query) {
  return allows(match.ops, query.op) && (match.kernel.empty() || match.kernel == query.kernel) &&
         (!match.stride || *match.stride == query.stride) &&
         (match.grouping == Grouping::any || match.grouping == query.grouping) &&
         allows(match.precisions, query.precision) && allows(match.engines, query.engine) &&
         (!match.min_channels || query.channels >= *match.min_channels) &&
         (!match.packs ||
          (query.inputs % *match.packs == 0 && query.outputs % *match.packs == 0)) &&
         (!match.max_rows || query.rows <= *match.max_rows);
}

bool is_convolution(const Layer& layer) {
  const std::string_view name = kernel_name(layer);
  return name == "Conv" || name == "ConvTranspose";
}

std::int64_t common_stride(const std::vector<std::int64_t>& strides) {
  if (strides.empty()) return 1;
  const bool equal = std::all_of(strides.begin(), strides.end(),
                                 [&](std::int64_t s) { return s == strides.front(); });
  return equal ? strides.front() : 0;
}

}  // namespace

KernelQuery query_for(const Network& network, const Layer& layer, Precision precision,
                      EngineKind engine, std::int64_t rows) {
  KernelQuery query;
  query.op = kernel_name(layer);
  query.rows = rows;
  query.precision = precision;
  query.engine = engine;
  if (!is_convolution(layer)) return query;

  const LayerView view(network, layer);
  const auto inputs = convolution_inputs(view);
  const auto& data = view.shape(0);
  const auto& weight = view.shape(inputs.weight);
  const auto groups = view.integer("group", 1);
  const auto channels = inputs.channels_last ? data.back() : data[1];
  query.kernel.assign(weight.begin() + 2, weight.end());
  query.stride = common_stride(view.integers("strides"));
  query.channels = channels / groups;
  query.inputs = channels;
  query.outputs =
      network.tensor(layer.outputs.front())
          .shape->at(inputs.channels_last ? network.tensor(layer.outputs.front()).shape->size() - 1
                                          : 1);
  if (groups > 1) {
    query.grouping = query.channels == 1 ? Grouping::depthwise : Grouping::grouped;
  }
  return query;
}

const Kernel* choose_kernel(const Runtime& runtime, const KernelQuery& query) {
  const auto found =
      std::find_if(runtime.kernels.begin(), runtime.kernels.end(),
                   [&](const Kernel& kernel) { return matches(kernel.match, query); });
  return found == runtime.kernels.end() ? nullptr : &*found;
}

}  // namespace roofbeam
