#include "reports/knee_views.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace roofbeam {

std::string knee_text(std::string_view point, const Knee& knee) {
  if (knee.rule == KneeRule::nearest) {
    return fmt::format(
        "Knee: {}, {:.2f} from the ideal in shares of the ranges; nothing bulges below the plane "
        "through the best of each objective.",
        point, knee.distance);
  }
  return fmt::format(
      "Knee: {}, {:.2f} below the plane through the best of each objective, in shares of the "
      "ranges.",
      point, knee.distance);
}

nlohmann::ordered_json knee_json(std::string_view key, std::uint64_t number, const Knee& knee) {
  return {{std::string(key), number},
          {"rule", knee.rule == KneeRule::bulge ? "bulge" : "nearest"},
          {"distance", knee.distance}};
}

}  // namespace roofbeam
