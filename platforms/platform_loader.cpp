// The schema of platform descriptors; docs/platform_schema.md describes it.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "platforms/memory_loader.hpp"
#include "platforms/platform.hpp"
#include "platforms/reading.hpp"
#include "platforms/words.hpp"

namespace roofbeam {
namespace {

using config::Complaints;
using config::Node;
using reading::Map;
using reading::Sign;

// What the whole platform states under `energy`, for engines and levels without their own.
struct SharedEnergy {
  PerPrecision<Sourced<JoulesPerMac>> mac;
  std::optional<Sourced<Watts>> active;
  const Node* byte = nullptr;
};

struct Reading {
  Platform& platform;
  Complaints& complaints;
  SharedEnergy shared = {};
  bool idle_stated = false;

  void assume(std::string sentence) { platform.assumptions.push_back(std::move(sentence)); }
};

// Comment lines on top of a file, without their '#'.
std::string picture_of(std::string_view text) {
  std::string picture;
  while (text.starts_with('#')) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(1, end - 1);
    if (line.starts_with(' ')) line.remove_prefix(1);
    picture.append(line).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return picture;
}

template <class T>
PerPrecision<T> per_precision(const Node* map, std::string_view what, Sign sign,
                              Complaints& complaints) {
  PerPrecision<T> table;
  if (map == nullptr) return table;
  using Number = std::conditional_t<std::is_same_v<T, double>, Sourced<double>, T>;
  reading::each_number<decltype(Number::value)>(
      *map, what, precision_words(), sign, complaints,
      [&](std::size_t i, const Number& value) { table[static_cast<Precision>(i)] = value; });
  return table;
}

template <class T>
bool empty(const PerPrecision<T>& table) {
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    if (table[static_cast<Precision>(i)]) return false;
  }
  return true;
}

// MACs per cycle of one core: stated, or pipes x lanes of 32 bits x MACs per lane.
void read_mac_rates(Engine& engine, Map& map) {
  const Node* per_cycle = map.reader.map("macs_per_cycle");
  const Node* per_lane = map.reader.map("macs_per_lane");
  if ((per_cycle == nullptr) == (per_lane == nullptr)) {
    map.reader.complain("macs_per_cycle",
                        fmt::format("engine '{}': MAC rates must be stated once", engine.name),
                        "write either macs_per_cycle (of a core) or macs_per_lane (of 32 bits)");
    return;
  }
  const double lanes = engine.pipes.value * engine.vector_bits.value / 32.0;
  engine.macs_per_cycle = per_precision<double>(per_cycle ? per_cycle : per_lane,
                                                per_cycle ? "macs_per_cycle" : "macs_per_lane",
                                                Sign::positive, map.complaints);
  if (per_cycle != nullptr) return;
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    auto& rate = engine.macs_per_cycle[static_cast<Precision>(i)];
    if (rate) *rate *= lanes;
  }
}

// Vectors, as far as they are stated.
void read_width(Engine& engine, Map& map) {
  if (const auto pipes = map.optional<int>("pipes", Sign::positive)) engine.pipes = *pipes;
  if (const auto width = map.optional<int>("vector_bits", Sign::positive)) {
    engine.vector_bits = *width;
  }
}

// What Arm's cores have, and what wider ones can do without harm to a forecast.
constexpr int kUsualVector = 128;

// No vector unit does more; what a descriptor states beyond is some other array.
constexpr double kMostMacs = 1 << 16;

// What is not stated follows from the MACs of a cycle where those are: an engine that does 8 MACs
// of 32 bits a cycle in vectors of 128 bits, which are usual, has two pipes. Else one pipe, and 32
// bits.
void fill_width(Engine& engine, const Map& map, Reading& to) {
  const bool pipes = map.node.find("pipes") != nullptr;
  const bool bits = map.node.find("vector_bits") != nullptr;
  const auto& macs = engine.macs_per_cycle[Precision::fp32];
  const bool stated =
      map.node.find("macs_per_cycle") != nullptr && macs && *macs >= 1 && *macs <= kMostMacs;
  if (!bits && stated) {
    const int all = static_cast<int>(*macs) * 32;
    const int width = pipes ? all / engine.pipes.value : std::min(all, kUsualVector);
    engine.vector_bits = {std::max(32, width), {}};
  }
  if (!pipes && stated) {
    const auto lanes = static_cast<int>(*macs) * 32 / engine.vector_bits.value;
    engine.pipes = {std::max(1, lanes), {}};
  }
  const auto why = stated ? ", which follows from macs_per_cycle" : "";
  if (!pipes) {
    to.assume(fmt::format(
        "engine '{}' states no pipes: {} assumed{}", engine.name,
        engine.pipes.value == 1 ? "one is" : fmt::format("{} are", engine.pipes.value), why));
  }
  if (!bits) {
    to.assume(fmt::format("engine '{}' states no vector_bits: {} are assumed{}", engine.name,
                          engine.vector_bits.value, why));
  }
}

void read_issue(Engine& engine, Map& map, Reading& to) {
  if (const auto issue = map.optional<double>("issue", Sign::positive)) {
    engine.issue = *issue;
  } else if (engine.kind == EngineKind::mcu) {
    to.assume(fmt::format("engine '{}' states no issue: one instruction a cycle is assumed",
                          engine.name));
  }
}

// `none`, `full`, or a share of memory time that hides behind compute time.
void read_overlap(Engine& engine, Map& map, Reading& to) {
  constexpr double kOutOfOrder = 0.8;  // most CPUs of the catalogue are within 0.7 and 0.9
  const auto word = map.reader.optional<std::string>("overlap");
  if (!word && engine.kind == EngineKind::cpu) {
    engine.overlap.value = kOutOfOrder;
    to.assume(fmt::format("engine '{}' states no overlap: {} is assumed, as of out-of-order cores",
                          engine.name, kOutOfOrder));
    return;
  }
  if (!word) {
    to.assume(fmt::format(
        "engine '{}' states no overlap: compute and memory time are taken to overlap fully",
        engine.name));
    return;
  }
  engine.overlap.origin = word->origin;
  if (word->value == "full" || word->value == "none") {
    engine.overlap.value = word->value == "full" ? 1 : 0;
    return;
  }
  const auto share = parse_quantity<double>(word->value);
  engine.overlap.value = share.value;
  if (!share.problem.empty() || !reading::sign_problem(share.value, Sign::share).empty()) {
    map.reader.complain("overlap", fmt::format("overlap: '{}' is no overlap", word->value),
                        "write none, full, or a number within 0 and 1");
  }
}

void read_launch(Engine& engine, Map& map, Reading& to) {
  const bool accelerator = engine.kind == EngineKind::gpu || engine.kind == EngineKind::npu;
  if (const auto launch = map.optional<Seconds>("launch", Sign::not_negative)) {
    engine.launch = *launch;
  } else if (accelerator) {
    to.assume(fmt::format("engine '{}' states no launch cost: launching a kernel is taken as free",
                          engine.name));
  }
}

void read_submit(Engine& engine, Map& map, Reading& to) {
  if (const auto submit = map.optional<Seconds>("submit", Sign::not_negative)) {
    engine.submit = *submit;
  } else if (engine.kind == EngineKind::gpu) {
    engine.submit.value = Seconds::from_si(200e-6);
    to.assume(
        fmt::format("engine '{}' states no submit cost: 200 us once an inference", engine.name));
  }
}

// The first architecture that the platform's name or title speaks of, or "".
std::string architecture_in(const Platform& platform) {
  std::string text = platform.name + ' ' + platform.title;
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  for (const std::string& word : architecture_words()) {
    if (text.find(word) != std::string::npos) return word;
  }
  return "";
}

void read_architecture(Engine& engine, Map& map, Reading& to) {
  const bool stated = map.node.find("architecture") != nullptr;
  if (const auto word = map.reader.choice("architecture", architecture_words())) {
    engine.architecture = architecture_words()[*word];
  }
  if (stated || engine.kind != EngineKind::gpu) return;
  engine.architecture = architecture_in(to.platform);
  to.assume(engine.architecture.empty()
                ? fmt::format("engine '{}' states no architecture: shaders are taken to suit it",
                              engine.name)
                : fmt::format("engine '{}' states no architecture: {} is taken from the "
                              "platform's name or title",
                              engine.name, engine.architecture));
}

void read_engine_energy(Engine& engine, const Node* node, Reading& to) {
  std::optional<Sourced<Watts>> active;
  std::optional<Sourced<Watts>> core_active;
  if (node != nullptr) {
    Map energy(*node, fmt::format("energy of engine '{}'", engine.name), to.complaints);
    engine.mac_energy = per_precision<Sourced<JoulesPerMac>>(energy.reader.map("mac"), "mac",
                                                             Sign::not_negative, to.complaints);
    active = energy.optional<Watts>("active", Sign::not_negative);
    core_active = energy.optional<Watts>("core_active", Sign::not_negative);
    energy.reader.finish();
  }
  if (empty(engine.mac_energy)) engine.mac_energy = to.shared.mac;
  if (!active) active = to.shared.active;
  engine.active = active.value_or(Sourced<Watts>{});
  engine.core_active = core_active.value_or(Sourced<Watts>{});
  if (!active && !core_active && empty(engine.mac_energy)) {
    engine.active.value = Watts::from_si(std::numeric_limits<double>::quiet_NaN());
    to.assume(fmt::format("engine '{}' states neither power nor energy: what it uses is unknown",
                          engine.name));
  } else if (!active && !core_active) {
    to.assume(fmt::format("engine '{}' states no active power: 0 W above idle", engine.name));
  } else if (!core_active) {
    to.assume(fmt::format(
        "engine '{}' states no core_active: its power is taken not to depend on the cores in use",
        engine.name));
  }
}

std::string usual_runtime(EngineKind kind) {
  if (kind == EngineKind::mcu) return "cmsis-nn";
  return kind == EngineKind::gpu ? "directml" : "onnxruntime";
}

Engine read_engine(const Node& node, std::size_t index, Reading& to) {
  Engine engine;
  Map map(node, reading::describe("engine", node, "name", index), to.complaints);
  engine.name = map.reader.required<std::string>("name").value;
  engine.kind = enumerator<EngineKind>(map.reader.required_choice("kind", engine_kind_words()))
                    .value_or(EngineKind::cpu);
  if (const auto core = map.reader.optional<std::string>("core")) engine.core = core->value;
  engine.cores = map.required<int>("cores", Sign::positive);
  engine.clock = map.required<Hertz>("clock", Sign::positive);
  read_width(engine, map);
  read_mac_rates(engine, map);
  fill_width(engine, map, to);
  read_issue(engine, map, to);
  read_overlap(engine, map, to);
  read_launch(engine, map, to);
  read_submit(engine, map, to);
  read_architecture(engine, map, to);
  read_engine_energy(engine, map.reader.map("energy"), to);
  if (const auto runtime = map.reader.optional<std::string>("runtime")) {
    engine.runtime = runtime->value;
  } else {
    engine.runtime = usual_runtime(engine.kind);
    to.assume(
        fmt::format("engine '{}' names no runtime: {} is assumed", engine.name, engine.runtime));
  }
  map.reader.finish();
  return engine;
}

void read_engines(const Node* list, Reading& to) {
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    Engine engine = read_engine(list->items[i], i, to);
    if (std::ranges::count(to.platform.engines, engine.name, &Engine::name) > 0) {
      to.complaints.add(list->items[i].mark,
                        fmt::format("engines: a second one is named '{}'", engine.name));
    }
    to.platform.engines.push_back(std::move(engine));
  }
  if (list->items.empty()) {
    to.complaints.add(list->mark, "engines: the list is empty",
                      "a platform has at least one engine");
  }
}

void read_energy(const Node* node, Reading& to) {
  Platform& platform = to.platform;
  std::optional<Sourced<Watts>> idle;
  if (node != nullptr) {
    Map energy(*node, "energy", to.complaints);
    to.shared.mac = per_precision<Sourced<JoulesPerMac>>(energy.reader.map("mac"), "mac",
                                                         Sign::not_negative, to.complaints);
    to.shared.byte = energy.reader.map("byte");
    to.shared.active = energy.optional<Watts>("active", Sign::not_negative);
    idle = energy.optional<Watts>("idle", Sign::not_negative);
    platform.budget = energy.optional<Watts>("budget", Sign::positive);
    energy.reader.finish();
  }
  platform.idle = idle.value_or(Sourced<Watts>{});
  to.idle_stated = idle.has_value();
}

// Where the energy of every engine is unknown, idling adds nothing to say.
void assume_idle(Reading& to) {
  const bool any_known = std::ranges::any_of(to.platform.engines, &Engine::energy_known);
  if (!to.idle_stated && any_known) to.assume("the platform states no idle power: 0 W");
}

void read_storage(const Node* node, Reading& to) {
  if (node == nullptr) return;
  Map map(*node, "storage", to.complaints);
  Storage storage;
  storage.name = map.reader.required<std::string>("name").value;
  storage.size = map.required<Bytes>("size", Sign::positive);
  storage.bandwidth = map.required<BytesPerSecond>("bandwidth", Sign::positive);
  map.reader.finish();
  to.platform.storage = std::move(storage);
}

}  // namespace

Platform read_platform(const Node& root) {
  Platform platform;
  Complaints complaints;
  Reading to{platform, complaints};
  Map map(root, "platform", complaints);
  platform.name = map.reader.required<std::string>("platform").value;
  if (const auto title = map.reader.optional<std::string>("title")) platform.title = title->value;
  if (platform.title.empty()) platform.title = platform.name;
  (void)map.reader.optional<std::string>("extends");  // merged before
  if (const Node* name = root.find("platform"); name != nullptr && name->mark.source) {
    platform.picture = picture_of(name->mark.source->text);
  }
  read_energy(map.reader.map("energy"), to);
  read_engines(map.reader.list("engines", true), to);
  assume_idle(to);
  read_memory(map.reader.list("memory", true), to.shared.byte, platform, complaints);
  read_storage(map.reader.map("storage"), to);
  map.reader.finish();
  complaints.throw_if_any();
  return platform;
}

}  // namespace roofbeam
