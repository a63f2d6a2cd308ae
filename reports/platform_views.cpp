#include "reports/platform_views.hpp"

#include <fmt/format.h>

#include "core/quantity/text.hpp"
#include "platforms/words.hpp"

namespace roofbeam {
namespace {

std::vector<Precision> all_precisions() {
  std::vector<Precision> all;
  for (std::size_t i = 0; i < kPrecisions; ++i) all.push_back(static_cast<Precision>(i));
  return all;
}

std::string peak_text(const Engine& engine, Precision precision) {
  const MacsPerSecond peak = engine.peak(precision, engine.cores);
  return peak > MacsPerSecond{} ? fmt::format("{:.4g}", peak.si() / 1e9) : "-";
}

std::string engines_table(const Platform& platform, std::size_t width) {
  std::vector<Column> columns = {{"engine", Align::left, true},
                                 {"kind"},
                                 {"cores", Align::right},
                                 {"clock", Align::right},
                                 {"runtime", Align::left, true}};
  for (const Precision precision : all_precisions()) {
    columns.push_back({std::string(to_text(precision)), Align::right});
  }
  Table table(std::move(columns));
  for (const Engine& engine : platform.engines) {
    std::vector<std::string> cells = {engine.name, std::string(to_text(engine.kind)),
                                      fmt::format("{}", engine.cores.value),
                                      to_text(engine.clock.value), engine.runtime};
    for (const Precision precision : all_precisions()) {
      cells.push_back(peak_text(engine, precision));
    }
    table.add(std::move(cells));
  }
  return "\nEngines, with the peak of all cores in GMAC/s for each precision\n\n" +
         table.text(width);
}

std::string what_it_holds(const MemoryLevel& level) {
  if (level.kind == MemoryLevel::Kind::cache) return "cache";
  std::vector<std::string> held;
  if (level.holds_activations) held.emplace_back("activations");
  if (level.holds_weights) held.emplace_back("weights");
  return held.empty() ? "memory" : join(held);
}

std::string memory_table(const Platform& platform, std::size_t width) {
  Table table({{"memory", Align::left, true},
               {"holds"},
               {"of", Align::left, true},
               {"size", Align::right},
               {"bandwidth", Align::right},
               {"sustained", Align::right},
               {"energy", Align::right}});
  for (const MemoryLevel& level : platform.memory) {
    const std::string users = level.engines.empty() ? "all" : join(level.engines);
    table.add({level.name, what_it_holds(level), users + (level.per_core ? ", each core" : ""),
               to_text(level.size.value), to_text(level.bandwidth.value),
               fmt::format("{:.3g} %", 100 * level.sustained.value),
               level.energy.value.si() > 0
                   ? fmt::format("{:.3g} pJ/B", level.energy.value.si() * 1e12)
                   : "-"});
  }
  return "\nMemory, nearest first\n\n" + table.text(width);
}

std::string limits(const Platform& platform) {
  const bool idles = platform.idle.value > Watts{};
  std::string text =
      fmt::format("\n{:<10}{}\n", "idle", idles ? to_text(platform.idle.value) : "-");
  if (platform.budget) {
    text += fmt::format("{:<10}{}\n", "budget", to_text(platform.budget->value));
  }
  if (const auto& storage = platform.storage) {
    text += fmt::format("{:<10}{}, {}, {}\n", "storage", storage->name,
                        to_text(storage->size.value), to_text(storage->bandwidth.value));
  }
  return text;
}

// The picture with exactly one newline at its end, after an empty line; nothing if there is none.
std::string picture(const Platform& platform) {
  const std::size_t end = platform.picture.find_last_not_of(" \n");
  return end == std::string::npos ? "" : '\n' + platform.picture.substr(0, end + 1) + '\n';
}

}  // namespace

std::string platform_list(const std::vector<Platform>& platforms, std::size_t width) {
  Table table({{"platform"}, {"kind"}, {"title", Align::left, true}});
  for (std::size_t kind = 0; kind < engine_kind_words().size(); ++kind) {
    for (const Platform& platform : platforms) {
      if (static_cast<std::size_t>(platform.engines.front().kind) != kind) continue;
      table.add({platform.name, engine_kind_words()[kind], platform.title});
    }
  }
  return table.text(width);
}

std::string core_list(const std::vector<CoreType>& cores, std::size_t width) {
  Table table({{"core"}, {"title", Align::left, true}});
  for (const CoreType& core : cores) table.add({core.name, core.title});
  return table.text(width);
}

std::string platform_page(const Platform& platform, std::size_t width) {
  return fmt::format("{}: {}\n", platform.name, platform.title) + picture(platform) +
         engines_table(platform, width) + memory_table(platform, width) + limits(platform) +
         numbered("Assumed", platform.assumptions, width);
}

}  // namespace roofbeam
