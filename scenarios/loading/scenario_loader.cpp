#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <functional>

#include "core/config/reader.hpp"
#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "scenarios/loading/axes.hpp"
#include "scenarios/loading/changes.hpp"
#include "scenarios/loading/includes.hpp"
#include "scenarios/scenario.hpp"

namespace roofbeam {
namespace {

using config::Complaints;
using config::MapReader;
using config::Node;

bool is_file(std::string_view name) {
  return name.find('/') != name.npos || name.ends_with(".yaml") || name.ends_with(".yml");
}

// The name of a catalogue entry, or the path of a descriptor.
std::string described(const Node& word) {
  return is_file(word.scalar) ? seen_from(word.scalar, word.mark) : word.scalar;
}

std::string stem(const std::string& path) { return std::filesystem::path(path).stem().string(); }

// A map's entries that are paths, and the others.
struct Parts {
  Node paths;
  Node others;
};

Parts parted(const Node& map) {
  Parts parts{map, map};
  parts.paths.entries.clear();
  parts.others.entries.clear();
  for (const config::Entry& entry : map.entries) {
    (is_path_key(entry.key) ? parts.paths : parts.others).entries.push_back(entry);
  }
  return parts;
}

std::optional<std::size_t> place_of(std::string_view name, std::span<const std::string> names) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

class Loader {
 public:
  explicit Loader(const Node& root) : root_(root), map_(root, "scenario", complaints_) {}

  Scenario read() {
    scenario_.name = map_.required<std::string>("scenario");
    scenario_.title = text_of(map_, "title");
    (void)map_.list("include");
    read_networks();
    read_platforms();
    read_runtimes();
    read_run();
    read_pipeline();
    add_axes();
    read_vary();
    read_given();
    read_exclude();
    read_requirements();
    read_objectives();
    if (const auto must_fit = map_.optional<bool>("must_fit")) scenario_.must_fit = *must_fit;
    map_.finish();
    complaints_.throw_if_any();
    return std::move(scenario_);
  }

 private:
  static std::string text_of(MapReader& map, std::string_view key) {
    const auto text = map.optional<std::string>(key);
    return text ? text->value : "";
  }

  // An item that is one word, or a map that `f` reads.
  template <class F>
  void each_item(std::string_view key, bool required, F&& f) {
    const Node* list = map_.list(key, required);
    if (list == nullptr) return;
    if (list->items.empty()) {
      complaints_.add(list->mark, fmt::format("{}: an empty list", key), "list at least one");
    }
    for (const Node& item : list->items) {
      const bool usable = item.kind == Node::Kind::scalar || item.kind == Node::Kind::map;
      if (usable) {
        f(item);
      } else {
        complaints_.add(item.mark, fmt::format("{}: expected a word or a map", key));
      }
    }
  }

  void check_new(std::string_view kind, const std::string& name,
                 const std::vector<std::string>& names, const config::Mark& mark) {
    if (place_of(name, names)) {
      complaints_.add(mark, fmt::format("there are two {} '{}'", kind, name),
                      "give one of them another 'name:'");
    }
  }

  // --- networks ---

  void read_networks() {
    each_item("networks", true, [&](const Node& item) {
      ScenarioNetwork network =
          item.kind == Node::Kind::scalar ? network_of_word(item) : network_of_map(item);
      network.mark = item.mark;
      check_new("networks", network.name, network_names_, item.mark);
      network_names_.push_back(network.name);
      scenario_.networks.push_back(std::move(network));
    });
  }

  static ScenarioNetwork network_of_word(const Node& word) {
    ScenarioNetwork network;
    network.name = stem(word.scalar);
    network.onnx = seen_from(word.scalar, word.mark);
    return network;
  }

  ScenarioNetwork network_of_map(const Node& item) {
    MapReader map(item, fmt::format("network {}", network_names_.size() + 1), complaints_);
    const std::string name = text_of(map, "name");
    const auto onnx = map.optional<std::string>("onnx");
    const auto from = map.optional<std::string>("from");
    ScenarioNetwork network = from ? base_network(*item.find("from")) : ScenarioNetwork{};
    if (onnx) network.onnx = seen_from(onnx->value, item.find("onnx")->mark);
    if (onnx.has_value() == from.has_value()) {
      complaints_.add(item.mark, "a network states either 'onnx' or 'from'",
                      "write {name: slim, from: baseline, rewrite: {width: 0.75}}");
    }
    network.name = name.empty() ? stem(network.onnx) : name;
    if (const Node* rewrite = map.map("rewrite")) {
      for (Change& change : read_changes(*rewrite, complaints_, Change::Room::network)) {
        network.rewrites.push_back(std::move(change));
      }
    }
    read_counts(map, "dims", network.dims);
    read_counts(map, "trips", network.trips);
    network.facts = read_facts(map, item, complaints_);
    map.finish();
    return network;
  }

  ScenarioNetwork base_network(const Node& word) {
    if (const auto place = place_of(word.scalar, network_names_)) {
      ScenarioNetwork network = scenario_.networks[*place];
      network.facts = {};
      return network;
    }
    complain_unknown("network", word, network_names_, " above");
    return {};
  }

  void read_counts(MapReader& map, std::string_view key,
                   std::map<std::string, std::int64_t>& counts) {
    const Node* node = map.map(key);
    if (node == nullptr) return;
    for (const config::Entry& entry : node->entries) {
      const long long count = config::read_value<long long>(entry.value, entry.key, complaints_);
      counts[entry.key] = std::max(count, 1LL);
    }
  }

  void complain_unknown(std::string_view kind, const Node& word,
                        const std::vector<std::string>& names, std::string_view where) {
    const auto near = nearest(word.scalar, names);
    complaints_.add(word.mark, fmt::format("there is no {} '{}'{}", kind, word.scalar, where),
                    near             ? fmt::format("did you mean '{}'?", *near)
                    : !names.empty() ? fmt::format("there are: {}", fmt::join(names, ", "))
                                     : "");
  }

  // --- platforms and runtimes ---

  void read_platforms() {
    each_item("platforms", true, [&](const Node& item) {
      ScenarioPlatform platform;
      platform.mark = item.mark;
      if (item.kind == Node::Kind::scalar) {
        platform.platform = described(item);
        platform.name = is_file(item.scalar) ? stem(item.scalar) : item.scalar;
      } else {
        read_platform_map(item, platform);
      }
      check_new("platforms", platform.name, platform_names_, item.mark);
      platform_names_.push_back(platform.name);
      scenario_.platforms.push_back(std::move(platform));
    });
  }

  void read_platform_map(const Node& item, ScenarioPlatform& platform) {
    MapReader map(item, fmt::format("platform {}", platform_names_.size() + 1), complaints_);
    (void)map.required<std::string>("platform");
    if (const Node* word = item.find("platform")) {
      platform.platform = described(*word);
      platform.mark = word->mark;
    }
    platform.engine = text_of(map, "engine");
    const std::string name = text_of(map, "name");
    platform.name = !name.empty()             ? name
                    : platform.engine.empty() ? stem(platform.platform)
                                              : stem(platform.platform) + "/" + platform.engine;
    if (map.optional<std::string>("runtime")) platform.runtime = described(*item.find("runtime"));
    if (const Node* set = map.map("set")) {
      platform.changes = read_changes(*set, complaints_, Change::Room::platform);
      check_no_network(*set);
    }
    map.finish();
  }

  void check_no_network(const Node& set) {
    for (const config::Entry& entry : set.entries) {
      if (!entry.key.starts_with("network.")) continue;
      complaints_.add(entry.key_mark, "a platform or runtime does not rewrite networks",
                      "vary it, or write it under 'rewrite:' of a network");
    }
  }

  void read_runtimes() {
    const Node* list = map_.list("runtimes");
    if (list == nullptr) return;
    each_item("runtimes", false, [&](const Node& item) { add_runtime(item); });
    runtimes_on_axis_ = scenario_.runtimes.size();
    for (const ScenarioPlatform& platform : scenario_.platforms) {
      if (platform.runtime.empty()) continue;
      complaints_.add(platform.mark,
                      fmt::format("platform '{}' states a runtime, but 'runtimes' lists several",
                                  platform.name),
                      "keep one of the two");
    }
  }

  void add_runtime(const Node& item) {
    ScenarioRuntime runtime;
    runtime.mark = item.mark;
    if (item.kind == Node::Kind::scalar) {
      runtime.runtime = described(item);
      runtime.name = is_file(item.scalar) ? stem(item.scalar) : item.scalar;
    } else {
      MapReader map(item, fmt::format("runtime {}", runtime_names_.size() + 1), complaints_);
      (void)map.required<std::string>("runtime");
      if (const Node* word = item.find("runtime")) runtime.runtime = described(*word);
      const std::string name = text_of(map, "name");
      runtime.name = name.empty() ? stem(runtime.runtime) : name;
      if (const Node* set = map.map("set")) {
        runtime.changes = read_changes(*set, complaints_, Change::Room::runtime);
        check_no_network(*set);
      }
      map.finish();
    }
    check_new("runtimes", runtime.name, runtime_names_, item.mark);
    runtime_names_.push_back(runtime.name);
    scenario_.runtimes.push_back(std::move(runtime));
  }

  void read_run() {
    const Node* run = map_.map("run");
    if (run != nullptr) {
      scenario_.changes = read_changes(*run, complaints_, Change::Room::run);
    }
    if (const Node* set = map_.map("set")) {
      for (Change& change : read_changes(*set, complaints_, Change::Room::platform)) {
        scenario_.changes.push_back(std::move(change));
      }
    }
  }

  // --- the pipeline ---

  void read_pipeline() {
    const Node* list = map_.list("pipeline");
    if (list == nullptr) return;
    for (const Node& item : list->items) {
      const Parts parts = parted(item);
      MapReader map(parts.others, fmt::format("stage {}", scenario_.pipeline.size() + 1),
                    complaints_);
      Stage stage;
      stage.name = map.required<std::string>("stage");
      if (map.optional<std::string>("network"))
        stage.network = stage_network(*item.find("network"));
      if (map.optional<std::string>("runtime"))
        stage.runtime = stage_runtime(*item.find("runtime"));
      stage.facts = read_facts(map, parts.others, complaints_);
      stage.changes = read_changes(parts.paths, complaints_);
      map.finish();
      scenario_.pipeline.push_back(std::move(stage));
    }
  }

  std::optional<std::size_t> stage_network(const Node& word) {
    const auto place = place_of(word.scalar, network_names_);
    if (!place) complain_unknown("network", word, network_names_, "");
    return place;
  }

  std::optional<std::size_t> stage_runtime(const Node& word) {
    if (const auto place = place_of(word.scalar, runtime_names_)) return place;
    add_runtime(word);
    return scenario_.runtimes.size() - 1;
  }

  // --- axes ---

  // Networks that a stage goes on with are not where a pipeline starts.
  [[nodiscard]] bool starts(std::size_t network) const {
    return std::ranges::none_of(scenario_.pipeline,
                                [&](const Stage& stage) { return stage.network == network; });
  }

  void add_axes() {
    ScenarioAxis network{"network", {}, map_.mark("networks")};
    for (std::size_t i = 0; i < scenario_.networks.size(); ++i) {
      const ScenarioNetwork& each = scenario_.networks[i];
      if (starts(i)) network.values.push_back({each.name, each.mark, i, {}, {}, {}, {}});
    }
    if (network.values.empty() && !scenario_.networks.empty()) {
      complaints_.add(map_.mark("pipeline"), "stages go on with every network, so none starts",
                      "list the one that the pipeline starts from under 'networks:'");
    }
    ScenarioAxis platform{"platform", {}, map_.mark("platforms")};
    for (std::size_t i = 0; i < scenario_.platforms.size(); ++i) {
      const ScenarioPlatform& each = scenario_.platforms[i];
      platform.values.push_back({each.name, each.mark, {}, i, {}, {}, {}});
    }
    scenario_.axes = {std::move(network), std::move(platform)};
    add_runtime_axis();
    add_stage_axis();
  }

  void add_runtime_axis() {
    if (runtimes_on_axis_ == 0) return;
    ScenarioAxis axis{"runtime", {}, map_.mark("runtimes")};
    for (std::size_t i = 0; i < runtimes_on_axis_; ++i) {
      const ScenarioRuntime& each = scenario_.runtimes[i];
      axis.values.push_back({each.name, each.mark, {}, {}, i, {}, {}});
    }
    scenario_.axes.push_back(std::move(axis));
  }

  void add_stage_axis() {
    if (scenario_.pipeline.empty()) return;
    ScenarioAxis axis{"stage", {}, map_.mark("pipeline")};
    axis.values.push_back({"start", axis.mark, {}, {}, {}, {}, {}});
    for (const Stage& stage : scenario_.pipeline) {
      axis.values.push_back({stage.name, axis.mark, {}, {}, {}, {}, {}});
    }
    check_distinct(axis, complaints_);
    scenario_.axes.push_back(std::move(axis));
  }

  void read_vary() {
    const Node* vary = map_.map("vary");
    if (vary == nullptr) return;
    for (const config::Entry& entry : vary->entries) {
      if (scenario_.axis(entry.key)) {
        complaints_.add(entry.key_mark, fmt::format("there is an axis '{}' already", entry.key),
                        "give the bundle another name");
        continue;
      }
      ScenarioAxis axis = read_axis(entry, complaints_);
      if (!axis.values.empty()) scenario_.axes.push_back(std::move(axis));
    }
  }

  // --- rules ---

  void read_given() {
    const Node* list = map_.list("given");
    if (list == nullptr) return;
    for (const Node& item : list->items) {
      MapReader map(item, fmt::format("given {}", scenario_.given.size() + 1), complaints_);
      GivenFacts given;
      if (const Node* when = map.map("when", true)) {
        given.when = read_condition(*when, scenario_.axes, complaints_);
      }
      given.facts = read_facts(map, item, complaints_);
      if (!given.facts.accuracy && !given.facts.size && item.kind == Node::Kind::map) {
        complaints_.add(item.mark, "nothing is given", "add 'accuracy:' or 'size:'");
      }
      map.finish();
      scenario_.given.push_back(std::move(given));
    }
  }

  void read_exclude() {
    const Node* list = map_.list("exclude");
    if (list == nullptr) return;
    for (const Node& item : list->items) {
      scenario_.exclude.push_back(read_condition(item, scenario_.axes, complaints_));
    }
  }

  void read_requirements() {
    const Node* list = map_.list("require");
    if (list == nullptr) return;
    for (const Node& item : list->items) {
      if (item.kind == Node::Kind::map) {
        read_conditional(item);
      } else {
        read_requirement(item, {});
      }
    }
  }

  void read_conditional(const Node& item) {
    MapReader map(item, "requirement", complaints_);
    const Node* when = map.map("when", true);
    const Node* list = map.list("require", true);
    map.finish();
    if (when == nullptr || list == nullptr) return;
    const Condition condition = read_condition(*when, scenario_.axes, complaints_);
    for (const Node& inner : list->items) read_requirement(inner, condition);
  }

  void read_requirement(const Node& item, const Condition& when) {
    if (item.scalar == "fits" && when.axes.empty()) {
      scenario_.must_fit = true;
      return;
    }
    judge(item, [&] {
      ConditionalRequirement one{when, parse_requirement(item.scalar)};
      if (!when.text.empty()) one.requirement.text += fmt::format(" ({})", when.text);
      scenario_.requirements.push_back(std::move(one));
    });
  }

  void read_objectives() {
    const Node* list = map_.list("objectives");
    if (list != nullptr) {
      for (const Node& item : list->items) {
        judge(item, [&] { scenario_.objectives.push_back(parse_objective(item.scalar)); });
      }
    }
    if (!scenario_.objectives.empty() || (list != nullptr && !list->items.empty())) return;
    for (const Metric metric : {Metric::latency, Metric::energy, Metric::memory}) {
      scenario_.objectives.push_back({metric, kind_of(metric).sense});
    }
  }

  // A parser's error becomes a complaint at the item.
  void judge(const Node& item, const std::function<void()>& parse) {
    try {
      parse();
    } catch (const InputError& error) {
      complaints_.add(item.mark, error.what());
    }
  }

  const Node& root_;
  Complaints complaints_;
  MapReader map_;
  Scenario scenario_;
  std::vector<std::string> network_names_;
  std::vector<std::string> platform_names_;
  std::vector<std::string> runtime_names_;
  std::size_t runtimes_on_axis_ = 0;
};

}  // namespace

std::optional<std::size_t> Scenario::axis(std::string_view axis_name) const {
  const auto found = std::ranges::find(axes, axis_name, &ScenarioAxis::name);
  if (found == axes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - axes.begin());
}

Scenario read_scenario(const Node& root) { return Loader(root).read(); }

}  // namespace roofbeam
