#include "reports/platform_views.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

Platform platform_of(const std::string& name, EngineKind kind) {
  Platform platform;
  platform.name = name;
  platform.title = "The " + name;
  platform.engines.emplace_back().kind = kind;
  return platform;
}

TEST_CASE("the list of platforms goes by the kind of the first engine, names in their order") {
  const std::vector<Platform> platforms = {
      platform_of("a", EngineKind::mcu), platform_of("b", EngineKind::cpu),
      platform_of("c", EngineKind::gpu), platform_of("d", EngineKind::cpu)};
  CHECK(platform_list(platforms).text() == R"(platform  kind  title
b         cpu   The b
d         cpu   The d
c         gpu   The c
a         mcu   The a
)");
}

TEST_CASE("the list of cores has a line for each") {
  CHECK(core_list({{"cortex-a76", "Arm Cortex-A76"}, {"zen2", "AMD Zen 2"}}).text() ==
        R"(core        title
cortex-a76  Arm Cortex-A76
zen2        AMD Zen 2
)");
}

}  // namespace
}  // namespace roofbeam
