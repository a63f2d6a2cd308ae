#include "reports/platform_views.hpp"

#include <fmt/format.h>

#include <algorithm>

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

Table engines_table(const Platform& platform) {
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
    table.add(cells);
  }
  return table;
}

std::string what_it_holds(const MemoryLevel& level) {
  if (level.kind == MemoryLevel::Kind::cache) return "cache";
  std::vector<std::string> held;
  if (level.holds_activations) held.emplace_back("activations");
  if (level.holds_weights) held.emplace_back("weights");
  return held.empty() ? "memory" : join(held);
}

Table memory_table(const Platform& platform) {
  Table table({{"memory", Align::left, true},
               {"holds"},
               {"of", Align::left, false, true},
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
  return table;
}

std::vector<Document::Fact> limits(const Platform& platform) {
  const bool idles = platform.idle.value > Watts{};
  std::vector<Document::Fact> facts = {{"idle", idles ? to_text(platform.idle.value) : "-"}};
  if (platform.budget) facts.emplace_back("budget", to_text(platform.budget->value));
  if (const auto& storage = platform.storage) {
    facts.emplace_back("storage",
                       fmt::format("{}, {}, {}", storage->name, to_text(storage->size.value),
                                   to_text(storage->bandwidth.value)));
  }
  return facts;
}

// The drawing as it stands; blocks of words below or above it as paragraphs.
void add_picture(Document& document, const std::string& picture) {
  for (std::size_t begin = 0; begin < picture.size();) {
    const std::size_t end = std::min(picture.find("\n\n", begin), picture.size());
    std::string block = picture.substr(begin, end - begin);
    begin = end + 2;
    if (block.find('|') != std::string::npos || block.find("--") != std::string::npos) {
      document.picture(std::move(block));
      continue;
    }
    std::ranges::replace(block, '\n', ' ');
    document.paragraph(std::move(block));
  }
}

}  // namespace

Document platform_list(const std::vector<Platform>& platforms) {
  Table table({{"platform"}, {"kind"}, {"title", Align::left, false, true}});
  for (std::size_t kind = 0; kind < engine_kind_words().size(); ++kind) {
    for (const Platform& platform : platforms) {
      if (static_cast<std::size_t>(platform.engines.front().kind) != kind) continue;
      table.add({platform.name, engine_kind_words()[kind], platform.title});
    }
  }
  Document document;
  document.table(std::move(table));
  return document;
}

Document core_list(const std::vector<CoreType>& cores) {
  Table table({{"core"}, {"title", Align::left, false, true}});
  for (const CoreType& core : cores) table.add({core.name, core.title});
  Document document;
  document.table(std::move(table));
  return document;
}

Document platform_page(const Platform& platform) {
  Document document;
  document.heading(fmt::format("{}: {}", platform.name, platform.title));
  add_picture(document, platform.picture);
  document.heading("Engines, with the peak of all cores in GMAC/s for each precision");
  document.table(engines_table(platform));
  document.heading("Memory, nearest first");
  document.table(memory_table(platform));
  document.facts(limits(platform));
  document.numbered("Assumed", platform.assumptions);
  return document;
}

}  // namespace roofbeam
