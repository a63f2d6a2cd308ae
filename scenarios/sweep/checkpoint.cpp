#include "scenarios/sweep/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/input_error.hpp"
#include "platforms/catalog.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "roofbeam.sweep_checkpoint/1";

// FNV-1a (Fowler, Noll, Vo), 64 bits; each text ends in a byte that no text holds.
class Hash {
 public:
  void add(std::string_view text) {
    for (const char c : text) add(static_cast<unsigned char>(c));
    add(0xFF);
  }
  [[nodiscard]] std::uint64_t value() const { return value_; }

 private:
  void add(unsigned char byte) { value_ = (value_ ^ byte) * 0x100000001b3ULL; }
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw InputError(fmt::format("cannot read '{}'", path));
  return text.str();
}

Json counts_json(const CaseCounts& counts) {
  return {{"impossible", counts.impossible}, {"forecast", counts.forecast},
          {"unfit", counts.unfit},           {"feasible", counts.feasible},
          {"unknown", counts.unknown},       {"why_impossible", counts.why_impossible},
          {"failed", counts.failed},         {"unknown_of", counts.unknown_of}};
}

CaseCounts counts_of(const Json& json) {
  CaseCounts counts;
  counts.impossible = json.at("impossible");
  counts.forecast = json.at("forecast");
  counts.unfit = json.at("unfit");
  counts.feasible = json.at("feasible");
  counts.unknown = json.at("unknown");
  json.at("why_impossible").get_to(counts.why_impossible);
  json.at("failed").get_to(counts.failed);
  json.at("unknown_of").get_to(counts.unknown_of);
  return counts;
}

std::int64_t checked_index(const CompiledScenario& compiled, std::int64_t index) {
  if (index >= 0 && index < compiled.expansion().size()) return index;
  throw InputError("an index lies outside of the scenario");
}

// Figures are computed again: the same bits, because the same columns are asked.
Frontier frontier_of(const CompiledScenario& compiled, const Json& json) {
  Frontier frontier;
  json.at("indices").get_to(frontier.indices);
  json.at("ties").get_to(frontier.ties);
  frontier.cases = json.at("cases");
  frontier.left_out = json.at("left_out");
  if (frontier.indices.size() != frontier.ties.size()) throw InputError("columns differ in length");
  std::vector<std::int64_t> indices;
  for (const std::uint64_t index : frontier.indices) {
    indices.push_back(checked_index(compiled, static_cast<std::int64_t>(index)));
  }
  const CaseTable table = rows_of(compiled, indices);
  for (const Objective& objective : compiled.scenario().objectives) {
    auto& column = frontier.values.emplace_back();
    for (const std::int64_t index : indices) {
      const auto row = std::ranges::lower_bound(table.index, index) - table.index.begin();
      column.push_back(table.column(objective.metric)[static_cast<std::size_t>(row)]);
    }
  }
  return frontier;
}

SweepPart part_of(const CompiledScenario& compiled, const Json& json) {
  SweepPart part;
  for (const auto& range : json.at("done")) {
    const std::int64_t first = range.at(0);
    const std::int64_t last = range.at(1);
    if (first < 0 || last > compiled.positions()) throw InputError("a range lies outside");
    add_range(part.done, first, last);
  }
  part.counts = counts_of(json.at("counts"));
  part.frontier = frontier_of(compiled, json.at("frontier"));
  for (const auto& miss : json.at("nearest")) {
    const double missed = miss.at(0).is_null() ? HUGE_VAL : miss.at(0).get<double>();
    part.nearest.push_back({missed, checked_index(compiled, miss.at(1))});
  }
  return part;
}

}  // namespace

std::uint64_t sweep_identity(const config::Node& root, const Scenario& scenario,
                             const std::string& more) {
  Hash hash;
  hash.add(config::flow_text(root));
  hash.add(more);
  for (const ScenarioNetwork& network : scenario.networks) hash.add(file_text(network.onnx));
  std::set<std::string> runtimes;
  for (const ScenarioRuntime& runtime : scenario.runtimes) runtimes.insert(runtime.runtime);
  for (const ScenarioPlatform& entry : scenario.platforms) {
    hash.add(config::flow_text(tree(platform_catalog(), entry.platform, {})));
    const std::string own = load_platform(entry.platform).engine(entry.engine).runtime;
    runtimes.insert(entry.runtime.empty() ? own : entry.runtime);
  }
  for (const std::string& runtime : runtimes) {
    hash.add(config::flow_text(tree(runtime_catalog(), runtime, {})));
  }
  return hash.value();
}

std::string checkpoint_text(const CompiledScenario& compiled, const SweepPart& part,
                            std::uint64_t identity) {
  Json nearest = Json::array();
  for (const NearMiss& miss : part.nearest) {
    nearest.push_back(Json::array({miss.missed, miss.index}));  // infinity becomes null
  }
  const Json json = {{"schema", kSchema},
                     {"scenario", compiled.scenario().name},
                     {"identity", fmt::format("{:016x}", identity)},
                     {"positions", compiled.positions()},
                     {"done", part.done},
                     {"counts", counts_json(part.counts)},
                     {"frontier",
                      {{"indices", part.frontier.indices},
                       {"ties", part.frontier.ties},
                       {"cases", part.frontier.cases},
                       {"left_out", part.frontier.left_out}}},
                     {"nearest", std::move(nearest)}};
  return json.dump() + "\n";
}

SweepPart read_checkpoint(const CompiledScenario& compiled, const std::string& text,
                          const std::string& name, std::uint64_t identity) {
  const Json json = Json::parse(text, nullptr, false);
  const bool ours = json.is_object() && json.value("schema", "") == kSchema;
  if (!ours) {
    throw InputError(
        fmt::format("{}: error: is not what a stopped sweep or a shard leaves; name a "
                    "file that one wrote, or a new one",
                    name));
  }
  if (json.value("identity", "") != fmt::format("{:016x}", identity)) {
    throw InputError(
        fmt::format("{}: error: belongs to another sweep (scenario '{}'), or a file or an option "
                    "has changed since; name a new file to begin again",
                    name, json.value("scenario", "")));
  }
  try {
    return part_of(compiled, json);
  } catch (const nlohmann::json::exception& error) {
    throw InputError(fmt::format("{}: error: is damaged: {}", name, error.what()));
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: error: is damaged: {}", name, error.what()));
  }
}

}  // namespace roofbeam
