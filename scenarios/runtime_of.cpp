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
    Rule{"plumerai inference engine 20", false, "plumerai"},
    Rule{"plumerai", false, "plumerai-2022"},
    Rule{"microtvm native", false, "microtvm"},
    Rule{"tflm", true, "tflm"},
    Rule{"(hale)", false, "hale"},
    Rule{"onnc", true, "onnc"},
    Rule{"directml", false, "directml"},
    Rule{"ncnn vulkan", true, "ncnn-vulkan"},
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

// MLPerf Tiny writes the version into the name ("X-CUBE-AI v9.0"), ST's model zoo beside it.
std::string x_cube_ai(std::string_view name, std::string_view version) {
  const auto at = name.find(" v");
  const bool submitted = at != name.npos;
  const auto number = submitted ? name.substr(at + 2) : version;
  if (number.starts_with("7.1")) return "x-cube-ai-7.1";
  if (number.starts_with("7.") || number.starts_with("8.0")) return "x-cube-ai-7";
  if (number.starts_with("8.")) return submitted ? "x-cube-ai-8-mlperf" : "x-cube-ai-8";
  return submitted ? "x-cube-ai-mlperf" : "x-cube-ai";
}

// "git master c.2020-12-15", as tables made from a history have it, or a release "20201218".
std::string ncnn(std::string_view version) {
  const auto at = version.find("20");
  const auto year = at == version.npos ? "" : version.substr(at, 4);
  return !year.empty() && year < "2022" ? "ncnn-2021" : "ncnn";
}

bool is_path(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

}  // namespace

std::optional<std::string> runtime_of(const std::string& runtime, const std::string& version) {
  if (is_path(runtime) || has_profile(runtime)) return runtime;
  const auto text = lower(runtime);
  const auto* rule = std::ranges::find_if(kRules, [&](const Rule& each) {
    return each.at_start ? text.starts_with(each.word) : text.find(each.word) != text.npos;
  });
  if (rule == kRules.end() || rule->profile.empty()) return std::nullopt;
  if (rule->profile == "x-cube-ai") return x_cube_ai(text, version);
  if (rule->profile == "ncnn") return ncnn(version);
  return std::string(rule->profile);
}

std::optional<Precision> precision_of(std::string_view text) {
  return parse_precision(text.substr(0, text.find_first_of("( ?")));
}

}  // namespace roofbeam
