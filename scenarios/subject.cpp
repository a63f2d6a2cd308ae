#include "scenarios/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "core/rewrites/rewrite.hpp"
#include "models/predict.hpp"
#include "platforms/catalog.hpp"
#include "platforms/words.hpp"
#include "scenarios/forecaster.hpp"

namespace roofbeam {
namespace {

// Where the change of a path goes.
struct Target {
  enum class Room { platform, runtime, run, network, subject } room;
  std::string path;  // inside the room
};

Target target_of(const std::string& path) {
  using Room = Target::Room;
  if (path == "platform" || path == "engine" || path == "runtime") return {Room::subject, path};
  if (path.starts_with("run.")) return {Room::run, path.substr(4)};
  if (path.starts_with("runtime.")) return {Room::runtime, path.substr(8)};
  if (path.starts_with("network.")) return {Room::network, path.substr(8)};
  return {Room::platform, path.starts_with("platform.") ? path.substr(9) : path};
}

int count_of(const std::string& path, const std::string& value) {
  int count = 0;
  const char* end = value.data() + value.size();
  const auto [stopped, error] = std::from_chars(value.data(), end, count);
  if (error == std::errc{} && stopped == end && count >= 1) return count;
  throw InputError(fmt::format("{}: '{}' is not a whole number from 1 on", path, value));
}

void change_run(LowerOptions& run, const std::string& key, const std::string& value) {
  static const std::array<std::string, 4> known = {"batch", "threads", "precision", "fusion"};
  const std::string path = "run." + key;
  if (key == "batch") {
    run.batch = count_of(path, value);
  } else if (key == "threads") {
    run.threads = count_of(path, value);
  } else if (key == "fusion" && (value == "on" || value == "off")) {
    run.fuse = value == "on";
  } else if (key == "fusion") {
    throw InputError(fmt::format("{}: '{}' is neither on nor off", path, value));
  } else if (key != "precision") {
    const auto near = nearest(key, known);
    throw InputError(fmt::format("{}: a run has no '{}', it has {}{}", path, key, join(known),
                                 near ? fmt::format("; did you mean '{}'?", *near) : ""));
  } else if (const auto precision = parse_precision(value)) {
    run.precision = precision;
  } else {
    throw InputError(fmt::format("{}: there is no precision '{}', there are {}", path, value,
                                 join(precision_words())));
  }
}

bool sets_core(const Setting& setting) {
  return setting.path.starts_with("engines.") && setting.path.ends_with(".core");
}

// A tree with changes. Another core brings a file of its own, so the descriptor is read anew.
config::Node changed(const Catalog& catalog, const std::string& name, const config::Node& tree_now,
                     std::vector<Setting> settings, const std::vector<Setting>& changes) {
  if (std::ranges::any_of(changes, sets_core)) {
    settings.insert(settings.end(), changes.begin(), changes.end());
    return tree(catalog, name, settings);
  }
  config::Node copy = tree_now;
  for (const Setting& change : changes) config::set(copy, change.path, change.value);
  return copy;
}

// Whether a network lowered for one engine is the same for the other.
bool lowers_alike(const Engine& a, const Engine& b) {
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    const auto precision = static_cast<Precision>(i);
    if (a.macs_per_cycle[precision].has_value() != b.macs_per_cycle[precision].has_value()) {
      return false;
    }
  }
  return a.name == b.name && a.kind == b.kind && a.cores.value == b.cores.value;
}

std::size_t engine_index(const Platform& platform, const std::string& name) {
  return static_cast<std::size_t>(&platform.engine(name) - platform.engines.data());
}

}  // namespace

std::string full_path(const std::string& path) {
  const Target target = target_of(path);
  return target.room == Target::Room::platform ? "platform." + target.path : path;
}

Prediction predict(const Setup& setup) {
  return predict(*setup.workload, setup.platform, setup.used(), setup.runtime, setup.calibration);
}

// Changes by where they go.
struct Subject::Changes {
  std::vector<Setting> platform;
  std::vector<Setting> runtime;
  std::vector<Setting> subject;
  std::vector<Rewrite> network;
  LowerOptions run;
  bool other_run = false;
};

Subject::Subject(std::shared_ptr<const Network> network, SubjectOptions options)
    : network_(std::move(network)), options_(std::move(options)) {
  platform_ = tree(platform_catalog(), options_.platform, options_.platform_settings);
  base_.platform = read_platform(platform_);
  base_.engine = engine_index(base_.platform, options_.engine);
  const std::string& name = options_.runtime.empty() ? base_.used().runtime : options_.runtime;
  runtime_ = tree(runtime_catalog(), name, options_.runtime_settings);
  base_.runtime = read_runtime(runtime_);
  base_.workload =
      std::make_shared<const Workload>(lower(*network_, base_.runtime, base_.used(), options_.run));
  base_.calibration = calibration_of(base_);
}

Subject::Changes Subject::sorted(const std::vector<Setting>& changes) const {
  using Room = Target::Room;
  Changes sorted;
  sorted.run = options_.run;
  for (const Setting& change : changes) {
    const Target target = target_of(change.path);
    if (target.room == Room::platform) sorted.platform.push_back({target.path, change.value});
    if (target.room == Room::runtime) sorted.runtime.push_back({target.path, change.value});
    if (target.room == Room::subject) sorted.subject.push_back(change);
    if (target.room == Room::network) {
      sorted.network.push_back(parse_rewrite("network", target.path + "=" + change.value));
    }
    if (target.room != Room::run) continue;
    change_run(sorted.run, target.path, change.value);
    sorted.other_run = true;
  }
  return sorted;
}

// With another platform, engine or runtime.
Setup Subject::replaced(const Changes& changes) const {
  SubjectOptions other = options_;
  other.run = changes.run;
  for (const auto& change : changes.subject) {
    auto& changed = change.path == "platform" ? other.platform
                    : change.path == "engine" ? other.engine
                                              : other.runtime;
    changed = change.value;
  }
  for (const auto& change : changes.platform) other.platform_settings.push_back(change);
  for (const auto& change : changes.runtime) other.runtime_settings.push_back(change);
  Setup setup = Subject(rewritten(changes), std::move(other)).base_;
  setup.calibration = calibration_of(setup);
  return setup;
}

std::shared_ptr<const Network> Subject::rewritten(const Changes& changes) const {
  if (changes.network.empty()) return network_;
  return std::make_shared<const Network>(rewrite(*network_, changes.network));
}

void Subject::change_platform(Setup& setup, const Changes& changes) const {
  setup.platform = read_platform(changed(platform_catalog(), options_.platform, platform_,
                                         options_.platform_settings, changes.platform));
  setup.engine = engine_index(setup.platform, base_.used().name);
}

bool Subject::change_runtime(Setup& setup, const Changes& changes) const {
  const bool other = options_.runtime.empty() && setup.used().runtime != base_.used().runtime;
  if (!other && changes.runtime.empty()) return false;
  const std::string& name = options_.runtime.empty() ? setup.used().runtime : options_.runtime;
  const auto root = other ? tree(runtime_catalog(), name, options_.runtime_settings) : runtime_;
  setup.runtime = read_runtime(
      changed(runtime_catalog(), name, root, options_.runtime_settings, changes.runtime));
  return true;
}

Setup Subject::setup(const std::vector<Setting>& changes) const {
  const Changes sorted_changes = sorted(changes);
  if (!sorted_changes.subject.empty()) return replaced(sorted_changes);
  Setup setup = base_;
  if (!sorted_changes.platform.empty()) change_platform(setup, sorted_changes);
  const bool other_runtime = change_runtime(setup, sorted_changes);
  if (other_runtime || sorted_changes.other_run || !sorted_changes.network.empty() ||
      !lowers_alike(setup.used(), base_.used())) {
    setup.workload = std::make_shared<const Workload>(
        lower(*rewritten(sorted_changes), setup.runtime, setup.used(), sorted_changes.run));
  }
  setup.calibration = calibration_of(setup);
  return setup;
}

const Calibration* Subject::calibration_of(const Setup& setup) const {
  return find_calibration(options_.calibrations, setup.platform.name, setup.used().name,
                          setup.runtime.name);
}

Prediction Subject::forecast(const std::vector<Setting>& changes) const {
  return predict(setup(changes));
}

std::optional<UnitNumber> Subject::number(const std::string& path) const {
  const Target target = target_of(path);
  if (path == "run.batch") return parse_unit_number(fmt::format("{}", base_.workload->batch));
  if (path == "run.threads") return parse_unit_number(fmt::format("{}", base_.workload->threads));
  if (target.room == Target::Room::platform) return number_at(platform_, target.path);
  if (target.room == Target::Room::runtime) return number_at(runtime_, target.path);
  return std::nullopt;
}

std::vector<StatedNumber> Subject::numbers() const {
  std::vector<StatedNumber> all;
  for (const auto& [room, root] : {std::pair{"platform.", &platform_}, {"runtime.", &runtime_}}) {
    for (StatedNumber& number : stated_numbers(*root)) {
      number.path = room + number.path;
      all.push_back(std::move(number));
    }
  }
  return all;
}

}  // namespace roofbeam
