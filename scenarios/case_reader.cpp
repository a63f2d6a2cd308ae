#include "scenarios/case_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "core/input_error.hpp"
#include "core/onnx/import.hpp"
#include "models/predict.hpp"
#include "platforms/catalog.hpp"
#include "scenarios/forecaster.hpp"
#include "scenarios/network_changes.hpp"
#include "scenarios/run_changes.hpp"

namespace roofbeam {
namespace {

using Room = Change::Room;

Setting setting_of(const Change& change) { return {change.path, "", change.value, change.times}; }

// A descriptor as a file has it, to ask which paths it has.
class Descriptor {
 public:
  Descriptor(const Catalog& catalog, const std::string& name) : root_(tree(catalog, name, {})) {}

  // Nothing if the path leads somewhere, else why not.
  const std::optional<std::string>& problem(const Change& change) {
    const auto known = problems_.find(change.path);
    if (known != problems_.end()) return known->second;
    std::optional<std::string> problem;
    try {
      config::Node copy = root_;
      config::set(copy, change.path, change.value);
    } catch (const InputError& error) {
      problem = error.what();
    }
    return problems_.emplace(change.path, std::move(problem)).first->second;
  }

  // Of a path that was asked for before.
  [[nodiscard]] bool lacks(const Change& change) const {
    return problems_.at(change.path).has_value();
  }

 private:
  config::Node root_;
  std::map<std::string, std::optional<std::string>> problems_;
};

std::vector<const Change*> changes_of(const AxisValue& value, Room room) {
  std::vector<const Change*> changes;
  for (const Change& change : value.changes) {
    if (change.room == room) changes.push_back(&change);
  }
  return changes;
}

// Up to ten errors as one.
class Errors {
 public:
  void add(const std::string& text) {
    if (std::ranges::find(texts_, text) == texts_.end()) texts_.push_back(text);
  }
  void throw_if_any() const {
    if (texts_.empty()) return;
    std::string all;
    const std::size_t most = config::Complaints::kMost;
    for (std::size_t i = 0; i < std::min(texts_.size(), most); ++i) {
      all += (i == 0 ? "" : "\n") + texts_[i];
    }
    if (texts_.size() > most) all += fmt::format("\nand {} more", texts_.size() - most);
    throw InputError(all);
  }

 private:
  std::vector<std::string> texts_;
};

}  // namespace

class CaseReader::Library {
 public:
  Library(const Scenario& scenario, std::vector<Calibration> calibrations)
      : scenario_(scenario), calibrations_(std::move(calibrations)) {
    import_networks();
    read_platforms();
    read_runtimes();
    check_values();
    errors_.throw_if_any();
    check_paths();
    errors_.throw_if_any();
    find_actions();
  }

  [[nodiscard]] bool acts(std::size_t axis, const Digits& digits) const {
    const auto& rooms = actions_[axis];
    if (rooms.always) return true;
    const CaseChoice choice = choose_for_action(digits);
    return rooms.platforms.contains(choice.platform) ||
           rooms.runtimes.contains(runtime_name(choice));
  }

  [[nodiscard]] std::shared_ptr<const Network> network(const CaseChoice& choice) const {
    const auto& base = networks_[choice.network];
    if (choice.of_network.empty()) return base;
    return std::make_shared<const Network>(rewritten(*base, choice.of_network));
  }

  [[nodiscard]] Platform platform(const CaseChoice& choice) const {
    const ScenarioPlatform& entry = scenario_.platforms[choice.platform];
    return load_platform(entry.platform,
                         possible(choice.of_platform, platforms_.at(entry.platform)));
  }

  [[nodiscard]] Runtime runtime(const CaseChoice& choice) const {
    const std::string name = runtime_name(choice);
    return load_runtime(name, possible(choice.of_runtime, runtimes_.at(name)));
  }

  [[nodiscard]] const std::string& engine_of(const CaseChoice& choice) const {
    return engines_[choice.platform];
  }

  [[nodiscard]] const Calibration* calibration(const Platform& platform, const Engine& engine,
                                               const Runtime& runtime) const {
    return find_calibration(calibrations_, platform.name, engine.name, runtime.name);
  }

  [[nodiscard]] bool keeps(std::size_t network, const Change& change) const {
    const std::scoped_lock lock(mutex_);
    const auto key = std::pair(network, &change);
    const auto known = keeps_.find(key);
    if (known != keeps_.end()) return known->second;
    return keeps_.emplace(key, keeps_facts(*networks_[network], change)).first->second;
  }

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }

 private:
  struct Action {
    bool always = false;
    std::set<std::size_t> platforms;
    std::set<std::string> runtimes;
  };

  // What goes wrong with something that a file names is complained of there.
  template <class F>
  void attempt(const config::Mark& mark, std::string_view what, F&& f) {
    try {
      f();
    } catch (const InputError& error) {
      const std::string text = error.what();
      const bool placed = text.find(": error: ") != std::string::npos;
      errors_.add(placed ? text : config::complaint(mark, fmt::format("{}: {}", what, text)));
    }
  }

  void import_networks() {
    std::map<std::string, std::shared_ptr<const Network>> read;
    for (const ScenarioNetwork& each : scenario_.networks) {
      networks_.emplace_back();
      attempt(each.mark, each.name, [&] {
        auto& slot = read[each.onnx + options_text(each)];
        if (!slot) {
          onnx::ImportOptions options;
          options.dims = each.dims;
          options.trips = each.trips;
          slot = std::make_shared<const Network>(onnx::import(each.onnx, options));
        }
        networks_.back() = slot;
      });
    }
  }

  static std::string options_text(const ScenarioNetwork& network) {
    std::string text;
    for (const auto* counts : {&network.dims, &network.trips}) {
      text += '\n';
      for (const auto& [name, value] : *counts) text += fmt::format("{}={} ", name, value);
    }
    return text;
  }

  void read_platforms() {
    for (const ScenarioPlatform& each : scenario_.platforms) {
      engines_.emplace_back();
      default_runtimes_.push_back(each.runtime);
      attempt(each.mark, each.name, [&] {
        platforms_.try_emplace(each.platform, platform_catalog(), each.platform);
        const Platform platform = load_platform(each.platform);
        const Engine& engine = platform.engine(each.engine);
        engines_.back() = engine.name;
        if (each.runtime.empty()) default_runtimes_.back() = engine.runtime;
        read_runtime(default_runtimes_.back());
      });
    }
  }

  void read_runtime(const std::string& name) {
    runtimes_.try_emplace(name, runtime_catalog(), name);
    static_cast<void>(load_runtime(name));
  }

  void read_runtimes() {
    for (const ScenarioRuntime& each : scenario_.runtimes) {
      attempt(each.mark, each.name, [&] { read_runtime(each.runtime); });
    }
  }

  // f of every change that the scenario states, wherever it stands.
  template <class F>
  void each_change(F&& f) {
    const auto all = [&](const std::vector<Change>& changes) {
      for (const Change& change : changes) f(change);
    };
    all(scenario_.changes);
    for (const auto& each : scenario_.networks) all(each.rewrites);
    for (const auto& each : scenario_.platforms) all(each.changes);
    for (const auto& each : scenario_.runtimes) all(each.changes);
    for (const auto& each : scenario_.pipeline) all(each.changes);
    for (const ScenarioAxis& axis : scenario_.axes) {
      for (const AxisValue& value : axis.values) all(value.changes);
    }
  }

  // Of networks and runs: what is wrong whatever the network.
  void check_values() {
    each_change([&](const Change& change) {
      LowerOptions options;
      attempt(change.value.mark, to_text(change.room), [&] {
        if (change.room == Room::run) apply_run_change(change, options);
        if (change.room == Room::network) check_network_change(change);
      });
    });
  }

  // A path that leads nowhere on any of the descriptors that it is for.
  void check_path(const Change& change) {
    const bool of_platform = change.room == Room::platform;
    if (!of_platform && change.room != Room::runtime) return;
    bool found = false;
    std::string first;
    for (auto& [name, descriptor] : of_platform ? platforms_ : runtimes_) {
      const auto& problem = descriptor.problem(change);
      found = found || !problem;
      if (problem && first.empty()) first = *problem;
    }
    if (!found) errors_.add(first);
  }

  void check_paths() {
    each_change([&](const Change& change) { check_path(change); });
  }

  void find_actions() {
    for (const ScenarioAxis& axis : scenario_.axes) {
      Action action;
      action.always = std::ranges::any_of(axis.values, [](const AxisValue& value) {
        return !changes_of(value, Room::network).empty() || !changes_of(value, Room::run).empty();
      });
      const bool changes_nothing = std::ranges::all_of(
          axis.values, [](const AxisValue& value) { return value.changes.empty(); });
      action.always = action.always || changes_nothing;  // network, platform, runtime, stage
      for (const AxisValue& value : axis.values) find_action(value, action);
      actions_.push_back(std::move(action));
    }
  }

  void find_action(const AxisValue& value, Action& action) {
    for (const Change* change : changes_of(value, Room::platform)) {
      for (std::size_t i = 0; i < scenario_.platforms.size(); ++i) {
        if (!platforms_.at(scenario_.platforms[i].platform).problem(*change)) {
          action.platforms.insert(i);
        }
      }
    }
    for (const Change* change : changes_of(value, Room::runtime)) {
      for (auto& [name, descriptor] : runtimes_) {
        if (!descriptor.problem(*change)) action.runtimes.insert(name);
      }
    }
  }

  // Platform and runtime alone: without the changes, which take time to gather.
  [[nodiscard]] CaseChoice choose_for_action(const Digits& digits) const {
    CaseChoice choice;
    for (std::size_t axis = 0; axis < digits.size(); ++axis) {
      if (digits[axis] == kNoDigit) continue;
      const AxisValue& value = scenario_.axes[axis].values[digits[axis]];
      if (value.platform) choice.platform = *value.platform;
      if (value.runtime) choice.runtime = value.runtime;
    }
    if (const auto axis = scenario_.axis("stage")) {
      for (std::size_t i = 0; i < digits[*axis]; ++i) {
        if (scenario_.pipeline[i].runtime) choice.runtime = scenario_.pipeline[i].runtime;
      }
    }
    return choice;
  }

  [[nodiscard]] std::string runtime_name(const CaseChoice& choice) const {
    return choice.runtime ? scenario_.runtimes[*choice.runtime].runtime
                          : default_runtimes_[choice.platform];
  }

  // Settings of the changes whose path this descriptor has; all were asked for before.
  static std::vector<Setting> possible(const std::vector<const Change*>& changes,
                                       const Descriptor& descriptor) {
    std::vector<Setting> settings;
    for (const Change* change : changes) {
      if (!descriptor.lacks(*change)) settings.push_back(setting_of(*change));
    }
    return settings;
  }

  const Scenario& scenario_;
  std::vector<Calibration> calibrations_;
  std::vector<std::shared_ptr<const Network>> networks_;
  std::vector<std::string> engines_;           // of each platform entry
  std::vector<std::string> default_runtimes_;  // likewise
  std::map<std::string, Descriptor> platforms_;
  std::map<std::string, Descriptor> runtimes_;
  std::vector<Action> actions_;  // of each axis
  Errors errors_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::size_t, const Change*>, bool> keeps_;
};

CaseReader::CaseReader(const Scenario& scenario, std::vector<Calibration> calibrations)
    : library_(std::make_unique<Library>(scenario, std::move(calibrations))) {}
CaseReader::~CaseReader() = default;
CaseReader::CaseReader(CaseReader&&) noexcept = default;

bool CaseReader::acts(std::size_t axis, const Digits& digits) const {
  return library_->acts(axis, digits);
}

std::shared_ptr<const Network> CaseReader::network(const CaseChoice& choice) const {
  return library_->network(choice);
}
Platform CaseReader::platform(const CaseChoice& choice) const { return library_->platform(choice); }
Runtime CaseReader::runtime(const CaseChoice& choice) const { return library_->runtime(choice); }
const std::string& CaseReader::engine_of(const CaseChoice& choice) const {
  return library_->engine_of(choice);
}
const Calibration* CaseReader::calibration(const Platform& platform, const Engine& engine,
                                           const Runtime& runtime) const {
  return library_->calibration(platform, engine, runtime);
}
bool CaseReader::keeps(std::size_t network, const Change& change) const {
  return library_->keeps(network, change);
}

LowerOptions CaseReader::run(const CaseChoice& choice) const {
  LowerOptions options;
  for (const Change* change : choice.of_run) apply_run_change(*change, options);
  return options;
}

CaseSetup CaseReader::setup(const Digits& digits) const {
  const CaseChoice choice = choose(library_->scenario(), digits);
  return {network(choice), platform(choice), engine_of(choice), runtime(choice), run(choice)};
}

Prediction CaseReader::predict(const Digits& digits) const {
  const CaseSetup setup = this->setup(digits);
  const Engine& engine = setup.platform.engine(setup.engine);
  const Workload workload = lower(*setup.network, setup.runtime, engine, setup.run);
  return roofbeam::predict(workload, setup.platform, engine, setup.runtime,
                           calibration(setup.platform, engine, setup.runtime));
}

Facts CaseReader::facts(const Digits& digits) const {
  return facts_of(library_->scenario(), digits, [&](std::size_t network, const Change& change) {
    return keeps(network, change);
  });
}

Metrics CaseReader::metrics(const Prediction& prediction, const Facts& facts) const {
  Metrics metrics = metrics_of(prediction);
  if (facts.accuracy) metrics[Metric::accuracy] = *facts.accuracy;
  if (facts.size) metrics[Metric::size] = facts.size->si();
  return metrics;
}

}  // namespace roofbeam
