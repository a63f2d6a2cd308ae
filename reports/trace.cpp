#include "reports/trace.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/quantity/text.hpp"
#include "reports/json_text.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

double microseconds(Seconds time) { return time.si() * 1e6; }

// The tracks of one prediction's process.
class Tracks {
 public:
  Tracks(Json& events, int process) : events_(events), process_(process) {}

  void name_process(const std::string& name) { metadata("process_name", 0, name); }
  void name_track(int track, const std::string& name) { metadata("thread_name", track, name); }

  void slice(int track, const std::string& name, const std::string& category, Seconds start,
             Seconds duration, Json args = Json::object()) {
    events_.push_back({{"name", name},
                       {"cat", category},
                       {"ph", "X"},
                       {"ts", microseconds(start)},
                       {"dur", microseconds(duration)},
                       {"pid", process_},
                       {"tid", track},
                       {"args", std::move(args)}});
  }
  void counter(const std::string& name, Seconds at, double value) {
    events_.push_back({{"name", name},
                       {"ph", "C"},
                       {"ts", microseconds(at)},
                       {"pid", process_},
                       {"args", {{"value", value}}}});
  }

 private:
  void metadata(const std::string& kind, int track, const std::string& name) {
    events_.push_back({{"name", kind},
                       {"ph", "M"},
                       {"pid", process_},
                       {"tid", track},
                       {"args", {{"name", name}}}});
  }

  Json& events_;
  int process_;
};

Json reasons(const LayerPrediction& layer) {
  const auto range = layer.latency_error.interval_80(layer.latency);
  return {{"op", layer.op},
          {"kernel", to_text(layer.algorithm)},
          {"precision", to_text(layer.precision)},
          {"bound", layer.bound},
          {"macs", layer.macs},
          {"energy_j", layer.energy.total().si()},
          {"80 % between", to_text(range.low) + " and " + to_text(range.high)}};
}

constexpr int kCalls = 1;
constexpr int kCompute = 2;
constexpr int kFirstLevel = 3;

int dispatch_track(const Prediction& p) { return kFirstLevel + static_cast<int>(p.levels.size()); }

void add_parts(Tracks& tracks, const Prediction& p, const LayerPrediction& layer, Seconds start) {
  if (layer.compute > Seconds{}) {
    tracks.slice(kCompute, layer.name, "compute", start, layer.compute);
  }
  for (std::size_t level = 0; level < layer.levels.size(); ++level) {
    const auto& use = layer.levels[level];
    if (use.time > Seconds{}) {
      tracks.slice(kFirstLevel + static_cast<int>(level), layer.name, p.levels[level], start,
                   use.time, {{"bytes", use.bytes.si()}});
    }
  }
  if (layer.overhead > Seconds{}) {
    tracks.slice(dispatch_track(p), layer.name, "dispatch", start + layer.latency - layer.overhead,
                 layer.overhead);
  }
}

void add_prediction(Json& events, const Prediction& p, int process) {
  Tracks tracks(events, process);
  tracks.name_process(fmt::format("{} on {}/{}, {}, {}", p.network, p.platform, p.engine, p.runtime,
                                  to_text(p.precision)));
  tracks.name_track(kCalls, "kernel calls");
  tracks.name_track(kCompute, "compute");
  for (std::size_t level = 0; level < p.levels.size(); ++level) {
    tracks.name_track(kFirstLevel + static_cast<int>(level), p.levels[level]);
  }
  tracks.name_track(dispatch_track(p), "dispatch");
  Seconds now;
  for (const auto& layer : p.layers) {
    tracks.slice(kCalls, layer.name, layer.bound, now, layer.latency, reasons(layer));
    add_parts(tracks, p, layer, now);
    if (layer.latency > Seconds{}) {
      tracks.counter("power (W)", now, (layer.energy.total() / layer.latency).si());
    }
    now += layer.latency;
  }
  tracks.counter("power (W)", now, 0);
}

}  // namespace

std::string predict_trace(const std::vector<Prediction>& predictions) {
  Json events = Json::array();
  int process = 0;
  for (const auto& prediction : predictions) add_prediction(events, prediction, ++process);
  return json_text({{"displayTimeUnit", "ms"}, {"traceEvents", std::move(events)}});
}

}  // namespace roofbeam
