// Which platform and engine a measurement's device and core are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/config/node.hpp"
#include "scenarios/measurement.hpp"

namespace roofbeam {

struct Device {
  std::string device;
  std::string core;      // empty: any
  std::string platform;  // for load_platform
  std::string engine;    // empty: the platform's first
};

struct PlatformChoice {
  std::string platform;
  std::string engine;
};

// A list of {device, core, platform, engine}, of which device and platform are needed. Throws
// InputError with all complaints.
[[nodiscard]] std::vector<Device> read_devices(const config::Node& root);
// Those that ship with Roofbeam (scenarios/measurements/devices.yaml).
[[nodiscard]] std::vector<Device> known_devices();

// The measurement's own platform and engine if it names a platform; else those of the first device
// that fits; else the device itself if it is the name of a catalogue platform or the path of a
// descriptor. The measurement's engine, if it names one, stands above that of the list.
[[nodiscard]] std::optional<PlatformChoice> platform_of(const Measurement& measurement,
                                                        const std::vector<Device>& devices);

}  // namespace roofbeam
