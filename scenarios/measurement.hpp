// Numbers that somebody measured: what ran where, and how long it took.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/quantity/quantity.hpp"

namespace roofbeam {

// One layer of a measurement that has a figure for each.
struct MeasuredLayer {
  std::string name;
  std::string op;
  Seconds time;
};

// Words are as the file has them; an empty one was not stated.
struct Measurement {
  std::string network;
  std::string width;
  std::string resolution;
  std::string device;
  std::string core;
  std::optional<Hertz> clock;
  std::string platform;  // a catalogue name or a path; wins over device and core
  std::string engine;
  std::string runtime;
  std::string runtime_version;
  std::optional<int> threads;
  std::string precision;
  int batch = 1;
  std::optional<Seconds> latency;  // of the whole batch
  std::string latency_kind;        // min, avg, median, ...
  std::optional<Joules> energy;
  std::optional<Bytes> peak_ram;
  std::optional<Bytes> flash;
  std::string source;
  std::string date;
  std::string notes;
  std::vector<MeasuredLayer> layers;
  std::string place;  // "file:line"

  // Whoever collected the row warns of it.
  [[nodiscard]] bool flagged() const { return notes.find("flag:") != std::string::npos; }
};

struct Measurements {
  std::vector<Measurement> rows;
  std::vector<std::string> remarks;  // what was left out, and why
};

// Finds the format by what the file contains: Roofbeam's CSV (docs/measurements.md) or YAML, ONNX
// Runtime's profile, TFLite's benchmark_model, trtexec --exportProfile, benchncnn. Throws
// InputError with place, cause and remedy.
[[nodiscard]] Measurements read_measurements(const std::string& path);

}  // namespace roofbeam
