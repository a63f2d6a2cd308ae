#include <fmt/format.h>

#include <map>

#include "core/config/reader.hpp"
#include "scenarios/readers/readers.hpp"
#include "scenarios/readers/scan.hpp"

// benchncnn states its settings once ("num_threads = 4", "gpu_device = -1"), then each network:
//           squeezenet  min =    2.68  max =    2.70  avg =    2.69
// A new block of settings may follow in the same file. With a GPU, lines such as
//   [0 NAME]  queueC=1[8]  queueG=0[16]  queueT=2[2]
// name the devices.
namespace roofbeam::readers {
namespace {

bool is_network(std::string_view line) {
  const auto min = line.find(" min =");
  const auto max = line.find(" max =");
  const auto avg = line.find(" avg =");
  return avg != line.npos && min < max && max < avg;
}

class Reader {
 public:
  explicit Reader(const Text& text) : text_(text) {}

  Measurements read() {
    each_line(text_->text, [this](auto line, int number) { read_line(line, number); });
    complaints_.throw_if_any();
    result_.remarks.push_back(fmt::format(
        "{}: benchncnn prints neither the core nor the precision; ncnn computes in fp16 where the "
        "core can, but for the int8 networks",
        text_->name));
    return std::move(result_);
  }

 private:
  void read_line(std::string_view line, int number) {
    if (is_network(line)) return add_network(line, number);
    if (line.find("queueC=") != line.npos) return add_gpu(line);
    if (const auto threads = behind(line, "num_threads = ")) threads_ = whole_count(*threads);
    if (const auto loops = behind(line, "loop_count = ")) loops_ = *loops;
    if (const auto device = behind(line, "gpu_device = ")) gpu_ = *device == "-1" ? "" : *device;
    if (const auto powersave = behind(line, "powersave = ")) powersave_ = *powersave;
  }

  // "[0 NAME]  queueC=..."
  void add_gpu(std::string_view line) {
    const auto label = behind(line, "[", "]");
    const auto blank = label ? label->find(' ') : std::string_view::npos;
    if (blank == std::string_view::npos) return;
    gpu_names_[std::string(label->substr(0, blank))] = label->substr(blank + 1);
  }

  void add_network(std::string_view line, int number) {
    Measurement row;
    name_network(row, stem_of_param(trimmed(line.substr(0, line.find(" min =")))));
    if (const auto gpu = gpu_names_.find(gpu_); gpu != gpu_names_.end()) row.device = gpu->second;
    row.runtime = gpu_.empty() ? "ncnn CPU" : "ncnn Vulkan";
    if (threads_ && *threads_ > 0) row.threads = threads_;
    row.latency = milliseconds(line, " min =", number);
    row.latency_kind = loops_.empty() ? "min" : fmt::format("min of {}", loops_);
    row.notes = fmt::format("avg={}; max={}", behind(line, " avg =", " ").value_or(""),
                            behind(line, " max =", " ").value_or(""));
    if (!powersave_.empty()) row.notes += fmt::format("; powersave={}", powersave_);
    row.place = place(text_, number);
    result_.rows.push_back(std::move(row));
  }

  static std::string stem_of_param(std::string_view name) {
    return name.ends_with(".param") ? stem(name) : std::string(name);
  }

  static void name_network(Measurement& row, std::string name) {
    constexpr std::string_view kInt8 = "_int8";
    if (name.ends_with(kInt8)) {
      row.precision = "int8";
      name.resize(name.size() - kInt8.size());
    }
    row.network = "ncnn/" + name;
  }

  std::optional<Seconds> milliseconds(std::string_view line, std::string_view key, int number) {
    const auto rest = trimmed(line.substr(line.find(key) + key.size()));
    const auto text = rest.substr(0, rest.find(' '));
    const auto value = whole_number(text);
    if (value && *value > 0) return Seconds::from_si(*value / 1e3);
    complaints_.add(mark(text_, number, static_cast<std::size_t>(text.data() - line.data()) + 1),
                    fmt::format("min: '{}' is not a time in milliseconds", text),
                    "run benchncnn again with a loop_count of at least 1");
    return std::nullopt;
  }

  Text text_;
  config::Complaints complaints_;
  Measurements result_;
  std::optional<int> threads_;
  std::string loops_;
  std::string powersave_;
  std::string gpu_;                               // number of the device in use; empty: the CPU
  std::map<std::string, std::string> gpu_names_;  // of all devices, by number
};

}  // namespace

bool is_benchncnn(std::string_view text) {
  bool found = false;
  each_line(text, [&](auto line, int) { found = found || is_network(line); });
  return found;
}

Measurements read_benchncnn(const Text& text) { return Reader(text).read(); }

}  // namespace roofbeam::readers
