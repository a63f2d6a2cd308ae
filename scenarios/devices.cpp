#include "scenarios/devices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "core/config/reader.hpp"
#include "core/input_error.hpp"
#include "platforms/platform.hpp"
#include "scenarios/embedded.hpp"

namespace roofbeam {
namespace {

using config::Complaints;
using config::MapReader;

std::string word(MapReader& map, std::string_view key) {
  const auto found = map.optional<std::string>(key);
  return found ? found->value : "";
}

Device read_device(const config::Node& node, std::size_t index, Complaints& complaints) {
  MapReader map(node, fmt::format("device {}", index + 1), complaints);
  Device device;
  device.device = map.required<std::string>("device").value;
  device.core = word(map, "core");
  device.platform = map.required<std::string>("platform").value;
  device.engine = word(map, "engine");
  map.finish();
  return device;
}

bool fits(const Device& device, const Measurement& measurement) {
  return device.device == measurement.device &&
         (device.core.empty() || device.core == measurement.core);
}

bool is_descriptor(const std::string& name) {
  if (name.ends_with(".yaml") || name.ends_with(".yml")) return true;
  std::error_code ignored;
  return name.find('/') != name.npos && std::filesystem::is_regular_file(name, ignored);
}

bool is_platform(const std::string& name) {
  return is_descriptor(name) || std::ranges::binary_search(catalog_platforms(), name);
}

}  // namespace

std::vector<Device> read_devices(const config::Node& root) {
  if (root.kind != config::Node::Kind::list) {
    throw InputError(config::complaint(root.mark, "a list of devices was expected",
                                       "begin each with '- device: NAME'"));
  }
  std::vector<Device> devices;
  Complaints complaints;
  for (const auto& item : root.items) {
    devices.push_back(read_device(item, devices.size(), complaints));
  }
  complaints.throw_if_any();
  return devices;
}

std::vector<Device> known_devices() {
  return read_devices(
      config::parse(std::string(embedded_devices()), "scenarios/measurements/devices.yaml"));
}

std::optional<PlatformChoice> platform_of(const Measurement& measurement,
                                          const std::vector<Device>& devices) {
  if (!measurement.platform.empty()) {
    return PlatformChoice{measurement.platform, measurement.engine};
  }
  const auto found =
      std::ranges::find_if(devices, [&](const auto& each) { return fits(each, measurement); });
  if (found != devices.end()) {
    return PlatformChoice{found->platform,
                          measurement.engine.empty() ? found->engine : measurement.engine};
  }
  if (is_platform(measurement.device)) {
    return PlatformChoice{measurement.device, measurement.engine};
  }
  return std::nullopt;
}

}  // namespace roofbeam
