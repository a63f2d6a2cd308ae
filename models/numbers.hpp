// All numbers of a platform and a runtime as one flat list, and what a change of each makes
// necessary.
//
// Two setups of one shape have the same list, so that a setup is a row of doubles and a change of
// it a few differences. Absent limits (a budget, a core's bandwidth, a widest vector) are infinite,
// which is what they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platforms/platform.hpp"
#include "platforms/runtime.hpp"

namespace roofbeam {

enum class Effect : std::uint8_t {
  none,       // on no forecast for this engine
  rate,       // how fast, how costly: the compiled columns take it (models/columns.hpp)
  structure,  // what fits where, how tiles are dealt out: columns are compiled anew
  lowering,   // which kernels, threads or precisions there are: the workload is lowered anew
};

struct Number {
  std::string name;  // "platform.memory.DRAM.bandwidth", "runtime.dispatch"
  double value = 0;  // SI
  Effect effect = Effect::none;
};

struct Numbers {
  std::string shape;  // all else that forecasts depend on: names, words, what is stated at all
  std::vector<Number> list;

  // Index by name, or nothing.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
};

// `engine` is one of platform.engines: effects are those on its forecasts.
[[nodiscard]] Numbers numbers_of(const Platform& platform, const Engine& engine,
                                 const Runtime& runtime);

// Writes a list of values into setups of the shape that it came from.
void set_numbers(std::span<const double> values, Platform& platform, Runtime& runtime);

struct Difference {
  std::size_t number = 0;  // index into Numbers::list
  double value = 0;        // that the changed setup has
};

// What a change did, by index; nothing if it changed the shape, so that no numbers can say it.
// Changes whose differences touch different numbers may be made together without loading the
// descriptor again.
[[nodiscard]] std::optional<std::vector<Difference>> differences(const Numbers& base,
                                                                 const Numbers& changed);

}  // namespace roofbeam
