#include "scenarios/network_changes.hpp"

#include <cstdint>
#include <optional>

#include "core/rewrites/rewrite.hpp"
#include "platforms/precision.hpp"

namespace roofbeam {
namespace {

// A precision of the whole run, which is no matter of the graph.
std::optional<Precision> run_precision(const Change& change) {
  if (change.path != "precision" || change.value.kind != config::Node::Kind::scalar) return {};
  return parse_precision(value_text(change.value));
}

std::int64_t macs_of(const Network& network) {
  std::int64_t sum = 0;
  for (const auto& layer : network.layers()) sum += layer.work.macs * layer.repeat;
  return sum;
}

}  // namespace

std::vector<std::string> network_keys() {
  std::vector<std::string> keys;
  for (const auto& row : rewrites()) keys.emplace_back(row.key);
  return keys;
}

Network rewritten(const Network& network, std::span<const Change* const> changes,
                  LowerOptions& options) {
  std::vector<Rewrite> rewrites;
  for (const Change* change : changes) {
    if (const auto precision = run_precision(*change)) {
      options.precision = precision;
    } else {
      rewrites.push_back({change->path, change->value});
    }
  }
  return rewrite(network, rewrites);
}

bool keeps_facts(const Network& network, const Change& change) {
  const auto& key = change.path;
  if (key == "batch" || key == "sequence" || key == "fusion") return true;
  if (key == "precision") return run_precision(change) == Precision::fp32;
  if (key != "resolution" && key != "width") return false;
  return macs_of(rewrite(network, {{key, change.value}})) == macs_of(network);
}

}  // namespace roofbeam
