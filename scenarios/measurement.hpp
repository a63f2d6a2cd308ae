// Numbers that somebody measured, from Roofbeam's own files and from what runtimes' tools print.
//
// Formats, each with a reader under readers/: CSV, YAML, ONNX Runtime's profile, the output of
// TFLite's benchmark_model, trtexec's --exportProfile and the output of benchncnn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/quantity/quantity.hpp"

namespace roofbeam {

struct MeasuredLayer {
  std::string name;
  std::string op;  // as the runtime calls it; empty if it does not say
  Seconds time;    // in one inference
};

// One inference of one network on one device. Texts are as the file has them; empty: not stated.
struct Measurement {
  std::string network;
  std::string width;       // multiplier, where the network's name does not hold it
  std::string resolution;  // likewise
  std::string device;
  std::string core;
  std::optional<Hertz> clock;
  std::string platform;  // for load_platform, where the file names one
  std::string engine;    // of that platform
  std::string runtime;
  std::string runtime_version;
  std::optional<int> threads;
  std::string precision;
  int batch = 1;
  std::optional<Seconds> latency;  // of the whole batch
  std::string latency_kind;        // "min", "median of 30"
  std::optional<Joules> energy;    // of the whole batch
  std::optional<Bytes> peak_ram;
  std::optional<Bytes> flash;
  std::string source;
  std::string date;
  std::string notes;  // "flag: ..." in rows that are to be used with care
  std::vector<MeasuredLayer> layers;
  std::string place;  // "file:line"

  // Whoever collected the row warns of it.
  [[nodiscard]] bool flagged() const { return notes.find("flag:") != std::string::npos; }
};

struct Measurements {
  std::vector<Measurement> rows;
  std::vector<std::string> remarks;  // what was skipped or is not known: how many, where, why
};

// Reads a file of any of the formats, which it tells apart by their content. A tool's output does
// not say everything: what it leaves out is empty, and a remark says so. Throws InputError: a file
// that cannot be read or is larger than 256 MiB, a format that nobody knows, and what is wrong in
// it (up to ten complaints), with places.
[[nodiscard]] Measurements read_measurements(const std::string& path);

}  // namespace roofbeam
