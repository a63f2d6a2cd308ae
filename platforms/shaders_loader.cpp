#include "platforms/shaders_loader.hpp"

#include "platforms/words.hpp"

namespace roofbeam {

using config::Complaints;
using config::Node;
using reading::Map;
using reading::Sign;

Shaders read_shaders(const Node& node, Complaints& complaints) {
  Shaders shaders;
  Map map(node, "shaders", complaints);
  shaders.arithmetic = enumerator<Precision>(map.reader.choice("arithmetic", precision_words()));
  if (const auto occupancy = map.optional<double>("occupancy", Sign::not_negative)) {
    shaders.occupancy = *occupancy;
  }
  if (const auto bandwidth = map.optional<double>("bandwidth", Sign::positive_share)) {
    shaders.bandwidth = *bandwidth;
  }
  if (const Node* shares = map.reader.map("architectures")) {
    reading::each_number<double>(
        *shares, "architectures", architecture_words(), Sign::positive, complaints,
        [&](std::size_t i, const auto& share) {
          shaders.architectures.push_back({architecture_words()[i], share});
        });
  }
  map.reader.finish();
  return shaders;
}

}  // namespace roofbeam
