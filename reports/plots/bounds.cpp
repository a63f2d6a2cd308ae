#include "reports/plots/bounds.hpp"

#include <algorithm>

#include "reports/plots/plot.hpp"

namespace roofbeam {
namespace {

std::vector<std::string> all_bounds(const Prediction& prediction) {
  std::vector<std::string> bounds = {"compute"};
  bounds.insert(bounds.end(), prediction.levels.begin(), prediction.levels.end());
  bounds.emplace_back("dispatch");
  return bounds;
}

}  // namespace

std::vector<std::string> bounds_of(const Prediction& prediction, bool others) {
  std::vector<std::string> bounds;
  for (const auto& bound : all_bounds(prediction)) {
    const bool used =
        std::any_of(prediction.layers.begin(), prediction.layers.end(),
                    [&](const LayerPrediction& layer) { return layer.bound == bound; });
    if (used) bounds.push_back(bound);
  }
  if (others) bounds.emplace_back("others");
  return bounds;
}

std::string_view bound_colour(const Prediction& prediction, std::string_view bound) {
  if (bound == "others") return "#999999";
  const auto bounds = all_bounds(prediction);
  const auto found = std::find(bounds.begin(), bounds.end(), bound);
  return colour(static_cast<std::size_t>(found - bounds.begin()));
}

}  // namespace roofbeam
