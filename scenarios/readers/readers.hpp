// The formats that measurements come in: for each, whether a text is one, and its reader. A reader
// throws InputError with up to ten complaints; a text that was cut short is one of them.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "core/config/node.hpp"
#include "scenarios/measurement.hpp"

namespace roofbeam::readers {

using Text = std::shared_ptr<const config::Source>;  // without byte order mark

// Columns by name in any order: network and latency_ms or energy_mj, and what else Measurement has
// (width, resolution, device, core, clock_mhz, platform, engine, runtime, runtime_version, threads,
// precision, batch, latency_kind, peak_ram_kb and flash_kb of 1024 bytes, source, source_date,
// notes). Columns that it does not have are left out.
[[nodiscard]] bool is_csv(std::string_view text);
[[nodiscard]] Measurements read_csv(const Text& text);

// A list of maps with the same keys, where quantities have units: `latency: 12.3 ms`, `clock`,
// `energy`, `peak_ram`, `flash`, `date`; and `layers`, a list of {name, op, time}.
[[nodiscard]] bool is_yaml(std::string_view text);
[[nodiscard]] Measurements read_yaml(const Text& text);

// ONNX Runtime's profile (SessionOptions.enable_profiling): an array of trace events. One
// measurement: medians over the runs but the first, where there are several.
[[nodiscard]] bool is_onnxruntime_profile(std::string_view text);
[[nodiscard]] Measurements read_onnxruntime_profile(const Text& text);

// What TFLite's benchmark_model prints, with or without --enable_op_profiling: a measurement for
// each "Inference timings" line.
[[nodiscard]] bool is_benchmark_model(std::string_view text);
[[nodiscard]] Measurements read_benchmark_model(const Text& text);

// What `trtexec --exportProfile` writes: an array of layers. One measurement, the sum of its
// layers.
[[nodiscard]] bool is_trtexec_profile(std::string_view text);
[[nodiscard]] Measurements read_trtexec_profile(const Text& text);

// What ncnn's benchncnn prints: a measurement for each network.
[[nodiscard]] bool is_benchncnn(std::string_view text);
[[nodiscard]] Measurements read_benchncnn(const Text& text);

struct Format {
  std::string_view name;
  bool (*recognises)(std::string_view text);
  Measurements (*read)(const Text& text);
};

// All of them, in the order in which a text is tried.
[[nodiscard]] std::span<const Format> formats();
// Reads with the first format that recognises the text; throws InputError if none does.
[[nodiscard]] Measurements read(const Text& text);

}  // namespace roofbeam::readers
