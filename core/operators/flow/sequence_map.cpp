// SequenceMap: the body takes an item of each sequence, and other tensors as they are.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/operators/flow/carried.hpp"

namespace roofbeam {
namespace {

constexpr std::size_t kMostBodies = 16;  // items of different types that are followed one by one

// Items of the first sequence; one run stands for what is not known.
std::size_t count_of_items(const Site& site) {
  const auto type = site.input_type(0);
  return type ? type->items.size() : 1;
}

MaybeType item_of(const Site& site, std::size_t input, std::size_t i) {
  const auto type = site.input_type(input);
  if (!type || type->container != Container::sequence) return type;
  return i < type->items.size() ? MaybeType(type->items[i]) : std::nullopt;
}

}  // namespace

std::optional<Splice> follow_map(const Site& site, ControlFlow& control_flow) {
  const auto& subgraph = site.subgraph("body");
  const auto count = count_of_items(site);
  const auto outputs = site.layer().outputs.size();
  const auto run = [&](std::size_t i) {
    Types formal;
    for (std::size_t input = 0; input < site.own_inputs(); ++input) {
      formal.push_back(item_of(site, input, i));
    }
    for (auto& type : formal) {
      if (type) type->values.reset();
    }
    return run_body(site, subgraph, formal, outputs, control_flow);
  };
  auto body = run(0);
  std::vector<std::vector<TensorType>> made(outputs);
  bool known = site.input_type(0).has_value();
  for (std::size_t i = 0; i < count; ++i) {
    const auto each = i > 0 && i < kMostBodies ? run(i) : body.copy();
    for (std::size_t output = 0; output < outputs; ++output) {
      const auto type = output_type(each, output);
      known = known && type;
      if (known) made[output].push_back(*type);
    }
    if (cost_of(each) > cost_of(body)) body = each.copy();
  }
  auto splice = splice_of(site, subgraph, std::move(body));
  splice.repeat = static_cast<std::int64_t>(count);
  for (std::size_t input = 0; input < site.own_inputs(); ++input) {
    const auto type = site.input_type(input);
    const bool whole = type && type->container != Container::sequence;
    splice.inputs[input] = {site.input(input), whole};
  }
  for (std::size_t output = 0; output < outputs; ++output) {
    splice.collected.push_back(output);
    if (!known) continue;
    TensorType sequence;
    sequence.shape = {static_cast<std::int64_t>(count)};
    sequence.container = Container::sequence;
    if (!made[output].empty()) sequence.element = made[output].front().element;
    sequence.items = std::move(made[output]);
    settle(site, output, std::move(sequence));
  }
  site.layer().state = collector_state(site, 0);
  return splice;
}

}  // namespace roofbeam
