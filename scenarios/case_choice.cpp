#include "scenarios/case_choice.hpp"

namespace roofbeam {
namespace {

using Room = Change::Room;

std::vector<const Change*>& room_of(CaseChoice& choice, Room room) {
  switch (room) {
    case Room::network:
      return choice.of_network;
    case Room::platform:
      return choice.of_platform;
    case Room::runtime:
      return choice.of_runtime;
    case Room::run:
      break;
  }
  return choice.of_run;
}

void add(CaseChoice& choice, const std::vector<Change>& changes) {
  for (const Change& change : changes) room_of(choice, change.room).push_back(&change);
}

void add_varied(CaseChoice& choice, const Scenario& scenario, const Digits& digits) {
  for (std::size_t axis = 0; axis < digits.size(); ++axis) {
    if (digits[axis] != kNoDigit) add(choice, scenario.axes[axis].values[digits[axis]].changes);
  }
}

// The value of an axis by name, if there is such an axis.
const AxisValue* value_of(const Scenario& scenario, const Digits& digits, std::string_view name) {
  const auto axis = scenario.axis(name);
  return axis ? &scenario.axes[*axis].values[digits[*axis]] : nullptr;
}

// Stages that this case has taken.
std::span<const Stage> taken(const Scenario& scenario, const Digits& digits) {
  const auto axis = scenario.axis("stage");
  if (!axis) return {};
  return std::span(scenario.pipeline).first(digits[*axis]);
}

// What a stage's other network has before it: its own rewrites.
void go_on_with(CaseChoice& choice, const Scenario& scenario, std::size_t network,
                const std::vector<const Change*>& varied) {
  choice.network = network;
  choice.of_network.clear();
  add(choice, scenario.networks[network].rewrites);
  choice.of_network.insert(choice.of_network.end(), varied.begin(), varied.end());
}

// Changes that `run`, `set` and `vary` make to networks.
std::vector<const Change*> varied_network(const Scenario& scenario, const Digits& digits) {
  CaseChoice all;
  add(all, scenario.changes);
  add_varied(all, scenario, digits);
  return all.of_network;
}

void take(Facts& facts, const Facts& stated) {
  if (stated.accuracy) facts.accuracy = stated.accuracy;
  if (stated.size) facts.size = stated.size;
}

}  // namespace

CaseChoice choose(const Scenario& scenario, const Digits& digits) {
  CaseChoice choice;
  const AxisValue* network = value_of(scenario, digits, "network");
  const AxisValue* platform = value_of(scenario, digits, "platform");
  const AxisValue* runtime = value_of(scenario, digits, "runtime");
  choice.platform = *platform->platform;
  add(choice, scenario.changes);
  add(choice, scenario.platforms[choice.platform].changes);
  if (runtime != nullptr) choice.runtime = runtime->runtime;
  if (choice.runtime) add(choice, scenario.runtimes[*choice.runtime].changes);
  add_varied(choice, scenario, digits);
  const auto varied = varied_network(scenario, digits);
  go_on_with(choice, scenario, *network->network, varied);
  for (const Stage& stage : taken(scenario, digits)) {
    if (stage.network) go_on_with(choice, scenario, *stage.network, varied);
    if (stage.runtime) {
      choice.runtime = stage.runtime;
      add(choice, scenario.runtimes[*stage.runtime].changes);
    }
    add(choice, stage.changes);
  }
  return choice;
}

Facts facts_before_rules(const Scenario& scenario, const Digits& digits,
                         const std::function<bool(std::size_t, const Change&)>& keeps) {
  std::size_t network = *value_of(scenario, digits, "network")->network;
  const auto varied = varied_network(scenario, digits);
  const auto begin_with = [&](std::size_t which) {
    network = which;
    Facts facts = scenario.networks[which].facts;
    for (const Change* change : varied) {
      if (!keeps(which, *change)) facts = {};
    }
    return facts;
  };
  Facts facts = begin_with(network);
  for (const Stage& stage : taken(scenario, digits)) {
    if (stage.network) facts = begin_with(*stage.network);
    for (const Change& change : stage.changes) {
      if (change.room == Room::network && !keeps(network, change)) facts = {};
    }
    take(facts, stage.facts);
  }
  return facts;
}

void apply_rules(std::span<const GivenFacts> rules, const Digits& digits, Facts& facts) {
  for (const GivenFacts& rule : rules) {
    if (rule.when.holds(digits)) take(facts, rule.facts);
  }
}

Facts facts_of(const Scenario& scenario, const Digits& digits,
               const std::function<bool(std::size_t, const Change&)>& keeps) {
  Facts facts = facts_before_rules(scenario, digits, keeps);
  apply_rules(scenario.given, digits, facts);
  return facts;
}

}  // namespace roofbeam
