#include "scenarios/devices.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "platforms/platform.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::Folder;
using testing::message_of;

namespace {

std::vector<Device> devices(const std::string& yaml) {
  return read_devices(config::parse(yaml, "devices.yaml"));
}

const std::string kList =
    "- {device: Phone, core: Cortex-A78, platform: cortex-a78, engine: cpu}\n"
    "- {device: Phone, platform: apple-m1}\n";

Measurement measured_on(const std::string& device, const std::string& core) {
  Measurement measurement;
  measurement.device = device;
  measurement.core = core;
  return measurement;
}

// "platform engine", or "none".
std::string choice(const Measurement& measurement) {
  const auto found = platform_of(measurement, devices(kList));
  return found ? found->platform + " " + found->engine : "none";
}

}  // namespace

TEST_CASE("the first device that fits decides, and without core it takes any") {
  CHECK(choice(measured_on("Phone", "Cortex-A78")) == "cortex-a78 cpu");
  CHECK(choice(measured_on("Phone", "Cortex-A55")) == "apple-m1 ");
  CHECK(choice(measured_on("Phone", "")) == "apple-m1 ");
  CHECK(choice(measured_on("Tablet", "Cortex-A78")) == "none");
}

TEST_CASE("what the measurement says itself stands above the list") {
  auto measurement = measured_on("Phone", "Cortex-A78");
  measurement.engine = "gpu";
  CHECK(choice(measurement) == "cortex-a78 gpu");
  measurement.platform = "mine.yaml";
  CHECK(choice(measurement) == "mine.yaml gpu");
}

TEST_CASE("a device may be a platform's name or a descriptor's path") {
  const Folder folder;
  CHECK(choice(measured_on("cortex-m7", "")) == "cortex-m7 ");
  CHECK(choice(measured_on("boards/mine.yaml", "")) == "boards/mine.yaml ");
  CHECK(choice(measured_on(folder.file("mine"), "")) == folder.path() + "/mine ");
  CHECK(choice(measured_on("Cortex-M4/M7 board", "")) == "none");
}

TEST_CASE("the list complains of everything that is wrong in it") {
  CHECK(message_of([] { return devices("device: Phone\n"); }) ==
        "devices.yaml:1:1: error: a list of devices was expected\n"
        "    device: Phone\n"
        "    ^\n"
        "  begin each with '- device: NAME'");
  CHECK(message_of([] { return devices("- {device: Phone, plattform: x}\n"); }) ==
        "devices.yaml:1:3: error: device 1: key 'platform' is missing\n"
        "    - {device: Phone, plattform: x}\n"
        "      ^\n"
        "  add 'platform:' with a word\n"
        "devices.yaml:1:19: error: device 1: unknown key 'plattform'\n"
        "    - {device: Phone, plattform: x}\n"
        "                      ^\n"
        "  did you mean 'platform'?");
}

TEST_CASE("the devices that ship with Roofbeam are on platforms that do, with engines they have") {
  const auto names = catalog_platforms();
  CHECK_FALSE(known_devices().empty());
  for (const auto& device : known_devices()) {
    CAPTURE(device.device);
    REQUIRE(std::ranges::find(names, device.platform) != names.end());
    CHECK(message_of([&] { return load_platform(device.platform).engine(device.engine); }) ==
          "no error");
  }
}
