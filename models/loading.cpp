#include "models/loading.hpp"

#include <algorithm>

namespace roofbeam {

std::optional<Loading> loading_of(const Prediction& prediction, const Platform& platform) {
  if (!platform.storage) return std::nullopt;
  const BytesPerSecond bandwidth = platform.storage->bandwidth;
  Loading loading;
  loading.storage = platform.storage->name;
  loading.load = prediction.weights / bandwidth;
  loading.first_whole = loading.load + prediction.latency;

  Bytes arrived;
  Bytes before;  // weights of the call before
  Bytes most;
  for (const auto& layer : prediction.layers) {
    arrived = std::min(arrived + layer.weights, prediction.weights);  // shared ones come once
    loading.first_sections = std::max(loading.first_sections, arrived / bandwidth) + layer.latency;
    most = std::max(most, before + layer.weights);
    before = layer.weights;
  }
  loading.section_memory = prediction.arena + most;
  return loading;
}

}  // namespace roofbeam
