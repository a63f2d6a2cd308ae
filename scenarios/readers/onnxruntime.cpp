#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/input_error.hpp"
#include "scenarios/readers/json_objects.hpp"
#include "scenarios/readers/readers.hpp"
#include "scenarios/readers/scan.hpp"

// A trace of events with microseconds:
//   {"cat": "Session", "name": "model_run", "ts": 100, "dur": 900, ...}
//   {"cat": "Node", "name": "conv1_kernel_time", "ts": 110, "dur": 600,
//    "args": {"op_name": "Conv", "provider": "CPUExecutionProvider", "node_index": "0", ...}, ...}
// A run's event holds its nodes' in time. A node in the body of a loop has several events in a run.
namespace roofbeam::readers {
namespace {

constexpr std::string_view kRemedy =
    "profile again, and end the session (end_profiling) before reading the file";
constexpr std::string_view kKernelTime = "_kernel_time";
constexpr std::size_t kMostNodes = 100'000;

struct Span {
  double begin = 0;  // us
  double duration = 0;
};

struct Node {
  std::string name;
  std::string op;
  std::string provider;
  std::vector<Span> calls;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double median_duration(const std::vector<Span>& spans) {
  std::vector<double> durations;
  for (const auto& span : spans) durations.push_back(span.duration);
  return median(std::move(durations));
}

// The run that a call belongs to, or nullptr; runs are in the order of time.
const Span* run_of(const Span& call, const std::vector<Span>& runs) {
  const auto after = std::ranges::upper_bound(runs, call.begin, {}, &Span::begin);
  if (after == runs.begin()) return nullptr;
  const Span& run = *std::prev(after);
  return call.begin <= run.begin + run.duration ? &run : nullptr;
}

// Time of a node in one run: the median over the runs that it has a part in; nullopt if in none.
std::optional<double> time_in_a_run(const Node& node, const std::vector<Span>& runs) {
  std::map<const Span*, double> time;
  for (const auto& call : node.calls) {
    if (const auto* run = run_of(call, runs)) time[run] += call.duration;
  }
  std::vector<double> times;
  for (const auto& [run, sum] : time) times.push_back(sum);
  if (times.empty()) return std::nullopt;
  return median(std::move(times));
}

std::string runtime_name(std::string_view provider) {
  if (provider.empty() || provider == "CPUExecutionProvider") return "onnxruntime CPU";
  if (provider == "DmlExecutionProvider") return "DirectML";
  return fmt::format("onnxruntime {}", provider);
}

class Reader {
 public:
  explicit Reader(const Text& text) : text_(text) {}

  Measurements read() {
    each_object(text_, kRemedy, [this](const auto& event, auto number) { add(event, number); });
    if (nodes_.empty()) fail("holds no kernel times");
    return runs_.empty() ? without_runs() : with_runs();
  }

 private:
  void add(const JsonObject& event, std::size_t number) {
    const auto name = event.text("name");
    if (event.text("cat") == "Session" && name == "model_run") {
      runs_.push_back(span(event, number));
    } else if (event.text("cat") == "Node" && name.ends_with(kKernelTime)) {
      node_of(event).calls.push_back(span(event, number));
    }
  }

  [[nodiscard]] Span span(const JsonObject& event, std::size_t number) const {
    const auto begin = event.number("ts");
    const auto duration = event.number("dur");
    if (!begin || !duration) {
      fail(fmt::format("event {} ('{}'): 'ts' and 'dur' in microseconds were expected", number,
                       event.text("name")));
    }
    return {*begin, *duration};
  }

  Node& node_of(const JsonObject& event) {
    const auto op = event.text("args.op_name");
    const auto index = event.text("args.node_index");
    const auto name = event.text("name").substr(0, event.text("name").size() - kKernelTime.size());
    const auto key = fmt::format("{}\n{}\n{}", name, index, op);
    const auto [found, is_new] = positions_.emplace(key, nodes_.size());
    if (is_new && nodes_.size() == kMostNodes) fail(fmt::format("more than {} nodes", kMostNodes));
    if (is_new) {
      auto own_name = name.empty() ? fmt::format("{}_{}", op, index) : std::string(name);
      nodes_.push_back(
          {std::move(own_name), std::string(op), std::string(event.text("args.provider")), {}});
    }
    return nodes_[found->second];
  }

  // The first run allocates and chooses kernels; it does not count where there are others.
  Measurements with_runs() {
    std::ranges::sort(runs_, {}, &Span::begin);
    if (runs_.size() > 1) runs_.erase(runs_.begin());
    Measurement row;
    row.latency_kind = fmt::format("median of {}", runs_.size());
    row.latency = Seconds::from_si(median_duration(runs_) / 1e6);
    for (const auto& node : nodes_) {
      if (const auto time = time_in_a_run(node, runs_)) add_layer(row, node, *time);
    }
    return finish(std::move(row));
  }

  // Files that were cut, or written before version 1.0: every call counts as a run.
  Measurements without_runs() {
    Measurement row;
    row.latency_kind = "sum of medians";
    Seconds total;
    for (auto& node : nodes_) {
      if (node.calls.size() > 1) node.calls.erase(node.calls.begin());
      add_layer(row, node, median_duration(node.calls));
      total += row.layers.back().time;
    }
    row.latency = total;
    remarks_.push_back(fmt::format(
        "{}: has no 'model_run' events; its latency is the sum of the nodes'", text_->name));
    return finish(std::move(row));
  }

  void add_layer(Measurement& row, const Node& node, double us) {
    row.layers.push_back({node.name, node.op, Seconds::from_si(us / 1e6)});
    time_by_provider_[node.provider] += us;
  }

  Measurements finish(Measurement row) {
    if (row.latency == Seconds{}) fail("all runs take no time");
    const auto most = std::ranges::max_element(time_by_provider_, {},
                                               &std::map<std::string, double>::value_type::second);
    row.runtime = runtime_name(most == time_by_provider_.end() ? "" : most->first);
    row.place = place(text_, 1);
    if (row.runtime != "onnxruntime CPU") {
      remarks_.push_back(
          fmt::format("{}: the nodes' times are those of the host ({}); the device may work on",
                      text_->name, most->first));
    }
    remarks_.push_back(fmt::format(
        "{}: ONNX Runtime's profile names no network, device, threads or precision; profiling adds"
        " some microseconds to each node",
        text_->name));
    return {{std::move(row)}, std::move(remarks_)};
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw InputError(fmt::format("{}: error: {}\n  {}", text_->name, what, kRemedy));
  }

  Text text_;
  std::vector<Span> runs_;
  std::vector<Node> nodes_;  // in the order of their first call
  std::unordered_map<std::string, std::size_t> positions_;
  std::map<std::string, double> time_by_provider_;
  std::vector<std::string> remarks_;
};

}  // namespace

bool is_onnxruntime_profile(std::string_view text) {
  const auto start = array_start(text);
  return start.find("\"cat\"") != start.npos && start.find("\"ph\"") != start.npos;
}

Measurements read_onnxruntime_profile(const Text& text) { return Reader(text).read(); }

}  // namespace roofbeam::readers
