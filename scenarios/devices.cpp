#include "scenarios/devices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "core/config/reader.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {
namespace {

bool is_path(std::string_view name) {
  return name.find('/') != name.npos || name.ends_with(".yaml") || name.ends_with(".yml");
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Words in a runtime's name and the profile that they mean; the first that is found counts.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kRuntimeWords = {{
    {"ncnn vulkan", "ncnn-vulkan"},
    {"ncnn", "ncnn"},
    {"x-cube-ai", "x-cube-ai"},
    {"cmsis", "cmsis-nn"},
    {"onnxruntime", "onnxruntime"},
    {"onnx runtime", "onnxruntime"},
    {"directml", "directml"},
    {"gpu delegate", ""},
    {"micro", ""},
    {"xnnpack", "xnnpack"},
    {"tflite", "xnnpack"},
    {"tensorflow lite", "xnnpack"},
}};

}  // namespace

std::vector<Device> read_devices(std::string text, const std::string& name) {
  const config::Node root = config::parse(std::move(text), name);
  config::Complaints complaints;
  std::vector<Device> devices;
  if (root.kind != config::Node::Kind::list) {
    complaints.add(root.mark, "a table of devices is a list",
                   "write '- {device: ..., core: ..., platform: ..., engine: ...}'");
  }
  for (std::size_t i = 0; i < root.items.size(); ++i) {
    config::MapReader map(root.items[i], fmt::format("device {}", i), complaints);
    Device device;
    device.device = map.required<std::string>("device").value;
    device.platform = map.required<std::string>("platform").value;
    if (const auto core = map.optional<std::string>("core")) device.core = core->value;
    if (const auto engine = map.optional<std::string>("engine")) device.engine = engine->value;
    map.finish();
    devices.push_back(std::move(device));
  }
  complaints.throw_if_any();
  return devices;
}

const std::vector<Device>& known_devices() {
  static const std::vector<Device> devices =
      embedded_devices().empty()
          ? std::vector<Device>{}
          : read_devices(std::string(embedded_devices()), "scenarios/measurements/devices.yaml");
  return devices;
}

std::optional<Device> find_device(const Measurement& measurement,
                                  const std::vector<Device>& devices) {
  if (!measurement.platform.empty()) {
    return Device{measurement.device, measurement.core, measurement.platform, measurement.engine};
  }
  const auto found = std::find_if(devices.begin(), devices.end(), [&](const Device& known) {
    return known.device == measurement.device &&
           (known.core.empty() || known.core == measurement.core);
  });
  if (found != devices.end()) {
    Device device = *found;
    if (!measurement.engine.empty()) device.engine = measurement.engine;
    return device;
  }
  static const std::vector<std::string> catalog = catalog_platforms();
  if (!contains(catalog, measurement.device) && !is_path(measurement.device)) return std::nullopt;
  return Device{measurement.device, measurement.core, measurement.device, measurement.engine};
}

std::optional<std::string> find_runtime(const std::string& words) {
  static const std::vector<std::string> catalog = catalog_runtimes();
  if (contains(catalog, words)) return words;
  if (words.ends_with(".yaml") || words.ends_with(".yml")) return words;
  const std::string text = lower_case(words);
  for (const auto& [word, runtime] : kRuntimeWords) {
    if (text.find(word) == text.npos) continue;
    if (runtime.empty() || !contains(catalog, std::string(runtime))) return std::nullopt;
    return std::string(runtime);
  }
  return std::nullopt;
}

}  // namespace roofbeam
