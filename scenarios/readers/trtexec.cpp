#include <fmt/format.h>

#include "core/input_error.hpp"
#include "scenarios/readers/json_objects.hpp"
#include "scenarios/readers/readers.hpp"
#include "scenarios/readers/scan.hpp"

// [ { "count" : 2094 }
// , { "name" : "conv1 + relu1", "timeMs" : 47.8, "averageMs" : 0.0228, "medianMs" : 0.0225, ... }
// ]
// TensorRT before 8.2 writes no medianMs.
namespace roofbeam::readers {
namespace {

constexpr std::string_view kRemedy = "write it anew with trtexec --exportProfile=FILE";
constexpr std::size_t kMostLayers = 100'000;

class Reader {
 public:
  explicit Reader(const Text& text) : text_(text) {}

  Measurements read() {
    each_object(text_, kRemedy, [this](const auto& object, auto number) { add(object, number); });
    if (row_.layers.empty()) fail("holds no layers");
    return finish();
  }

 private:
  void add(const JsonObject& object, std::size_t number) {
    if (object.has("count")) {
      runs_ = object.text("count");
    } else {
      add_layer(object, number);
    }
  }

  void add_layer(const JsonObject& object, std::size_t number) {
    if (row_.layers.size() == kMostLayers) fail(fmt::format("more than {} layers", kMostLayers));
    const bool has_median = object.has("medianMs");
    const auto time = object.number(has_median ? "medianMs" : "averageMs");
    if (object.text("name").empty() || !time) {
      fail(fmt::format("object {}: a layer with 'name' and 'medianMs' or 'averageMs' was expected",
                       number));
    }
    only_medians_ = only_medians_ && has_median;
    row_.layers.push_back({std::string(object.text("name")), "", Seconds::from_si(*time / 1e3)});
  }

  Measurements finish() {
    Seconds total;
    for (const auto& layer : row_.layers) total += layer.time;
    if (total == Seconds{}) fail("all layers take no time");
    row_.latency = total;
    row_.latency_kind = fmt::format("sum of {}", only_medians_ ? "medians" : "averages");
    if (!runs_.empty()) row_.latency_kind += fmt::format(" of {}", runs_);
    row_.runtime = "TensorRT";
    row_.place = place(text_, 1);
    const auto remark = fmt::format(
        "{}: trtexec's profile names no network, device or precision; its latency is the sum of the"
        " layers, without the time between them",
        text_->name);
    return {{std::move(row_)}, {remark}};
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw InputError(fmt::format("{}: error: {}\n  {}", text_->name, what, kRemedy));
  }

  Text text_;
  Measurement row_;
  std::string runs_;
  bool only_medians_ = true;
};

}  // namespace

bool is_trtexec_profile(std::string_view text) {
  return array_start(text).find("\"averageMs\"") != text.npos;
}

Measurements read_trtexec_profile(const Text& text) { return Reader(text).read(); }

}  // namespace roofbeam::readers
