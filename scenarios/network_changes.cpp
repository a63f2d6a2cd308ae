#include "scenarios/network_changes.hpp"

#include <array>

#include "core/input_error.hpp"
#include "core/operators/totals.hpp"
#include "core/rewrites/rewrite.hpp"

namespace roofbeam {
namespace {

bool is_one_of(const std::string& word, std::span<const std::string_view> words) {
  for (const std::string_view each : words) {
    if (word == each) return true;
  }
  return false;
}

bool leaves_work(const Network& network, const Change& change) {
  try {
    const Change* const one = &change;
    const Totals before = totals(network);
    const Totals after = totals(rewritten(network, {&one, 1}));
    return before.macs == after.macs && before.parameters == after.parameters;
  } catch (const InputError&) {
    return false;  // the case is impossible: who uses it says why
  }
}

}  // namespace

std::vector<std::string> network_keys() {
  std::vector<std::string> keys;
  for (const RewriteRow& row : rewrites()) keys.emplace_back(row.key);
  return keys;
}

void check_network_change(const Change& change) { check({change.path, change.value}); }

Network rewritten(const Network& network, std::span<const Change* const> changes) {
  std::vector<Rewrite> all;
  for (const Change* change : changes) all.push_back({change->path, change->value});
  return rewrite(network, all);
}

bool keeps_facts(const Network& network, const Change& change) {
  static constexpr std::array<std::string_view, 3> kSame = {"batch", "sequence", "fusion"};
  static constexpr std::array<std::string_view, 3> kShapes = {"resolution", "width", "prune"};
  if (is_one_of(change.path, kSame)) return true;
  if (change.path == "precision") return value_text(change.value) == "fp32";
  return is_one_of(change.path, kShapes) && leaves_work(network, change);
}

}  // namespace roofbeam
