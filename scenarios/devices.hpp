// Which platform, engine and runtime a measurement speaks of.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/measurement.hpp"

namespace roofbeam {

// "Raspberry Pi 4B", "Cortex-A72" -> raspberry-pi-4b, its first engine.
struct Device {
  std::string device;
  std::string core;  // empty: any
  std::string platform;
  std::string engine;  // empty: the platform's first
};

// A list of {device, core, platform, engine}. Throws InputError with all complaints.
[[nodiscard]] std::vector<Device> read_devices(std::string text, const std::string& name);

// Those that Roofbeam's platforms were described for.
[[nodiscard]] const std::vector<Device>& known_devices();
[[nodiscard]] std::string_view embedded_devices();

// The row's own platform, or that of its device and core among `devices`, or the device itself if
// it is a catalogue name or a path.
[[nodiscard]] std::optional<Device> find_device(const Measurement& measurement,
                                                const std::vector<Device>& devices);

// The profile that a runtime's name means: "ncnn CPU" is ncnn, "TFLite CPU" xnnpack. A catalogue
// name or a path means itself. Nothing if it is none that Roofbeam has.
[[nodiscard]] std::optional<std::string> find_runtime(const std::string& words);

}  // namespace roofbeam
