#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/input_error.hpp"
#include "scenarios/readers/readers.hpp"

namespace roofbeam::readers {
namespace {

std::string known_formats() {
  std::string names;
  for (const auto& format : formats()) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", format.name);
  }
  return names;
}

}  // namespace

std::span<const Format> formats() {
  // CSV before the tools' outputs, whose words its notes may quote; YAML last, for almost any text
  // is YAML.
  static constexpr std::array kFormats = {
      Format{"CSV with a column 'network'", is_csv, read_csv},
      Format{"ONNX Runtime's profile JSON", is_onnxruntime_profile, read_onnxruntime_profile},
      Format{"trtexec --exportProfile JSON", is_trtexec_profile, read_trtexec_profile},
      Format{"the output of benchmark_model", is_benchmark_model, read_benchmark_model},
      Format{"the output of benchncnn", is_benchncnn, read_benchncnn},
      Format{"a YAML list of maps", is_yaml, read_yaml},
  };
  return kFormats;
}

Measurements read(const Text& text) {
  const auto all = formats();
  const auto found =
      std::ranges::find_if(all, [&](const Format& each) { return each.recognises(text->text); });
  if (found == all.end()) {
    throw InputError(fmt::format(
        "{}: error: holds no measurements in a format that is known\n  write one of: {}",
        text->name, known_formats()));
  }
  return found->read(text);
}

}  // namespace roofbeam::readers
