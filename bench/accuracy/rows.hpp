// Measured rows, ready to be forecast again and again while a profile's figures change.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/network/network.hpp"
#include "models/footprint.hpp"
#include "models/prediction.hpp"
#include "models/workload.hpp"
#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam::accuracy {

struct Row {
  std::shared_ptr<const Platform> platform;
  const Engine* engine = nullptr;
  Workload workload;
  std::optional<int> widest_vector;  // of the profile's variant that ran
  std::string network;
  std::string device;  // "raspberry-pi-4/cpu"
  std::string date;
  double measured = 0;  // seconds
};

struct Selection {
  std::vector<std::string> files;
  std::string runtime;  // the profile; variants of it, "NAME-..." with narrower vectors, count too
  EngineKind engine = EngineKind::cpu;
  std::size_t least_rows = 8;  // of a device, to count
};

// Rows of these files that the profile runs, not flagged, of devices with rows enough.
[[nodiscard]] std::vector<Row> load_rows(const Selection& selection, const Runtime& runtime);

// A row under other figures of the same profile.
[[nodiscard]] Prediction forecast(const Row& row, const Runtime& runtime);

}  // namespace roofbeam::accuracy
