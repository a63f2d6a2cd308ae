#include "scenarios/runtime_of.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "platforms/runtime.hpp"

namespace roofbeam {
namespace {

// The first rule whose word is in the text, as a rule at its start, decides.
struct Rule {
  std::string_view word;
  bool at_start;
  std::string_view profile;  // empty: none describes it
};
constexpr std::array kRules = {
    Rule{"cmsis-nn", false, "cmsis-nn"},
    Rule{"x-cube-ai", false, "x-cube-ai"},
    Rule{"directml", false, "directml"},
    Rule{"ncnn", true, "ncnn"},
    Rule{"xnnpack", false, "xnnpack"},
    // On other hardware, or with other kernels than those of the names below.
    Rule{"gpu", false, ""},
    Rule{"cuda", false, ""},
    Rule{"tensorrt", false, ""},
    Rule{"openvino", false, ""},
    Rule{"executionprovider", false, ""},
    Rule{"tpu", false, ""},
    Rule{"nnapi", false, ""},
    Rule{"hexagon", false, ""},
    Rule{"delegate", false, ""},
    Rule{"micro", false, ""},
    Rule{"ruy", false, ""},
    Rule{"tflite", true, "xnnpack"},
    Rule{"tensorflow lite", true, "xnnpack"},
    Rule{"onnxruntime", true, "onnxruntime"},
    Rule{"onnx runtime", true, "onnxruntime"},
};

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

bool has_profile(std::string_view name) {
  const auto names = catalog_runtimes();
  return std::ranges::find(names, name) != names.end();
}

bool is_path(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

}  // namespace

std::optional<std::string> runtime_of(const std::string& runtime) {
  if (is_path(runtime) || has_profile(runtime)) return runtime;
  const auto text = lower(runtime);
  const auto* rule = std::ranges::find_if(kRules, [&](const Rule& each) {
    return each.at_start ? text.starts_with(each.word) : text.find(each.word) != text.npos;
  });
  if (rule == kRules.end() || rule->profile.empty()) return std::nullopt;
  // The nearest that there is: int8 kernels of the same cores and instructions.
  if (rule->profile == "x-cube-ai" && !has_profile("x-cube-ai")) return "cmsis-nn";
  return std::string(rule->profile);
}

std::optional<Precision> precision_of(std::string_view text) {
  return parse_precision(text.substr(0, text.find_first_of("( ?")));
}

}  // namespace roofbeam
