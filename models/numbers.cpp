#include "models/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "platforms/words.hpp"

namespace roofbeam {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

// --- one number, whatever its type ---

double get(double value) { return value; }
double get(int value) { return value; }
template <int T, int D, int E, int W>
double get(const Quantity<T, D, E, W>& value) {
  return value.si();
}
template <class T>
double get(const Sourced<T>& value) {
  return get(value.value);
}
template <class T>
double get(const std::optional<T>& limit) {
  return limit ? get(*limit) : kNoLimit;
}

void set(double& to, double value) { to = value; }
void set(int& to, double value) { to = static_cast<int>(std::lround(value)); }
template <int T, int D, int E, int W>
void set(Quantity<T, D, E, W>& to, double value) {
  to = Quantity<T, D, E, W>::from_si(value);
}
template <class T>
void set(Sourced<T>& to, double value) {
  set(to.value, value);
}
template <class T>
void set(std::optional<T>& to, double value) {
  if (value == kNoLimit) {
    to.reset();
    return;
  }
  if (!to) to.emplace();
  set(*to, value);
}

// --- the list: visit(name, member, effect) for every number, in one order for all of a shape ---

template <class Table, class Visit>
void visit_stated(const std::string& name, Table& table, Effect effect, const Visit& visit) {
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    const auto precision = static_cast<Precision>(i);
    if (auto& value = table[precision]) {
      visit(fmt::format("{}.{}", name, to_text(precision)), *value, effect);
    }
  }
}

template <class AnyEngine, class Visit>
void visit_engine(AnyEngine& engine, bool used, const Visit& visit) {
  const auto name = fmt::format("platform.engines.{}.", engine.name);
  const auto if_used = [&](Effect effect) { return used ? effect : Effect::none; };
  visit(name + "cores", engine.cores, if_used(Effect::lowering));
  visit(name + "clock", engine.clock, if_used(Effect::rate));
  visit(name + "pipes", engine.pipes, if_used(Effect::structure));
  visit(name + "vector_bits", engine.vector_bits, if_used(Effect::structure));
  visit_stated(name + "macs_per_cycle", engine.macs_per_cycle, if_used(Effect::rate), visit);
  visit(name + "issue", engine.issue, if_used(Effect::rate));
  visit(name + "overlap", engine.overlap, if_used(Effect::rate));
  visit(name + "launch", engine.launch, if_used(Effect::rate));
  visit(name + "submit", engine.submit, if_used(Effect::rate));
  visit_stated(name + "energy.mac", engine.mac_energy, if_used(Effect::rate), visit);
  visit(name + "energy.active", engine.active, if_used(Effect::rate));
  visit(name + "energy.core_active", engine.core_active, if_used(Effect::rate));
}

template <class AnyLevel, class Visit>
void visit_level(AnyLevel& level, bool used, const Visit& visit) {
  const auto name = fmt::format("platform.memory.{}.", level.name);
  const auto if_used = [&](Effect effect) { return used ? effect : Effect::none; };
  visit(name + "size", level.size, if_used(Effect::structure));
  visit(name + "bandwidth", level.bandwidth, if_used(Effect::rate));
  visit(name + "sustained", level.sustained, if_used(Effect::rate));
  visit(name + "core_bandwidth", level.core_bandwidth, if_used(Effect::rate));
  visit(name + "energy", level.energy, if_used(Effect::rate));
}

template <class AnyPlatform, class Visit>
void visit_platform(AnyPlatform& platform, const Engine* used, const Visit& visit) {
  for (auto& engine : platform.engines) visit_engine(engine, &engine == used, visit);
  for (auto& level : platform.memory) {
    visit_level(level, used != nullptr && level.serves(*used), visit);
  }
  if (platform.storage) {
    visit("platform.storage.size", platform.storage->size, Effect::none);
    visit("platform.storage.bandwidth", platform.storage->bandwidth, Effect::none);
  }
  visit("platform.energy.idle", platform.idle, Effect::rate);
  visit("platform.energy.budget", platform.budget, Effect::rate);
}

template <class AnyShaders, class Visit>
void visit_shaders(AnyShaders& shaders, const Visit& visit) {
  visit("runtime.shaders.occupancy", shaders.occupancy, Effect::structure);
  visit("runtime.shaders.bandwidth", shaders.bandwidth, Effect::rate);
  for (auto& entry : shaders.architectures) {
    visit("runtime.shaders.architectures." + entry.architecture, entry.share, Effect::structure);
  }
}

template <class AnyErrors, class Visit>
void visit_errors(AnyErrors& errors, const Visit& visit) {
  visit("runtime.errors.common", errors.common, Effect::structure);
  for (std::size_t i = 0; i < kErrorClasses; ++i) {
    visit(fmt::format("runtime.errors.{}", error_class_name(i)), errors.classes[i],
          Effect::structure);
  }
  visit("runtime.errors.network", errors.network, Effect::structure);
  visit("runtime.errors.call", errors.call, Effect::structure);
}

template <class AnyRuntime, class Visit>
void visit_runtime(AnyRuntime& runtime, const Visit& visit) {
  visit("runtime.dispatch", runtime.dispatch, Effect::rate);
  visit("runtime.dispatch_cycles", runtime.dispatch_cycles, Effect::rate);
  visit("runtime.fork", runtime.fork, Effect::rate);
  visit("runtime.fork_cycles", runtime.fork_cycles, Effect::rate);
  visit("runtime.pairing", runtime.pairing, Effect::rate);
  visit("runtime.vector_efficiency", runtime.vector_efficiency, Effect::rate);
  visit("runtime.serial_share", runtime.serial_share, Effect::structure);
  visit("runtime.widest_vector", runtime.widest_vector, Effect::structure);
  for (std::size_t i = 0; i < kVectorOpKinds; ++i) {
    visit(fmt::format("runtime.vector_instructions.{}", vector_op_words()[i]),
          runtime.vector_instructions[i], Effect::structure);
  }
  if (runtime.shaders) visit_shaders(*runtime.shaders, visit);
  visit_errors(runtime.errors, visit);
  for (std::size_t i = 0; i < runtime.kernels.size(); ++i) {
    auto& kernel = runtime.kernels[i];
    const auto name = fmt::format("runtime.kernels.{}.", i);
    visit(name + "efficiency", kernel.efficiency, Effect::lowering);
    visit(name + "passes", kernel.passes, Effect::lowering);
    visit(name + "cycles", kernel.cycles, Effect::lowering);
  }
}

// --- the shape: everything else, as text ---

template <class List>
std::string numerals(const List& list) {
  std::string text;
  for (const auto& item : list) text += fmt::format("{},", static_cast<long long>(item));
  return text;
}

template <class T>
std::string numeral(const std::optional<T>& value) {
  return value ? fmt::format("{}", static_cast<long long>(*value)) : "-";
}

std::string shape_of(const Platform& platform) {
  std::string shape = platform.name + '\n';
  for (const auto& engine : platform.engines) {
    shape += fmt::format("{}|{}|{}|{}\n", engine.name, static_cast<int>(engine.kind),
                         engine.architecture, engine.runtime);
  }
  for (const auto& level : platform.memory) {
    shape += fmt::format("{}|{}|{}|{}|{}|{}|{}\n", level.name, static_cast<int>(level.kind),
                         fmt::join(level.engines, ","), level.per_core, level.holds_activations,
                         level.holds_weights, level.cached);
  }
  return shape;
}

std::string shape_of(const KernelMatch& match) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", fmt::join(match.ops, ","),
                     numerals(match.kernel), numeral(match.stride),
                     static_cast<int>(match.grouping), numerals(match.precisions),
                     numerals(match.engines), numeral(match.min_channels), numeral(match.packs),
                     numeral(match.max_rows));
}

std::string shape_of(const Runtime& runtime) {
  std::string shape = fmt::format("{}|{}|{}|{}\n", runtime.name, numerals(runtime.precisions),
                                  numerals(runtime.engines), fmt::join(runtime.fuse, ","));
  if (runtime.shaders) shape += fmt::format("{}\n", numeral(runtime.shaders->arithmetic));
  for (const auto& kernel : runtime.kernels) {
    shape +=
        fmt::format("{}|{}|{},{},{}|{}|{}|{}\n", shape_of(kernel.match),
                    static_cast<int>(kernel.algorithm), kernel.tile.m, kernel.tile.n, kernel.tile.k,
                    numerals(kernel.outputs), numeral(kernel.weights), kernel.host);
  }
  return shape;
}

// What is unknown, not a number, is the same as what is unknown.
bool same_value(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

std::optional<std::size_t> Numbers::find(std::string_view name) const {
  const auto found = std::ranges::find(list, name, &Number::name);
  if (found == list.end()) return std::nullopt;
  return static_cast<std::size_t>(found - list.begin());
}

Numbers numbers_of(const Platform& platform, const Engine& engine, const Runtime& runtime) {
  Numbers numbers{shape_of(platform) + shape_of(runtime), {}};
  const auto add = [&](std::string name, const auto& value, Effect effect) {
    numbers.list.push_back({std::move(name), get(value), effect});
  };
  visit_platform(platform, &engine, add);
  visit_runtime(runtime, add);
  return numbers;
}

void set_numbers(std::span<const double> values, Platform& platform, Runtime& runtime) {
  std::size_t next = 0;
  const auto write = [&](const std::string&, auto& value, Effect) { set(value, values[next++]); };
  visit_platform(platform, nullptr, write);
  visit_runtime(runtime, write);
}

std::optional<std::vector<Difference>> differences(const Numbers& base, const Numbers& changed) {
  const bool same = base.shape == changed.shape &&
                    std::ranges::equal(base.list, changed.list, {}, &Number::name, &Number::name);
  if (!same) return std::nullopt;
  std::vector<Difference> found;
  for (std::size_t i = 0; i < base.list.size(); ++i) {
    if (!same_value(base.list[i].value, changed.list[i].value))
      found.push_back({i, changed.list[i].value});
  }
  return found;
}

}  // namespace roofbeam
