#include "core/operators/flow/control_flow.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "core/operators/families.hpp"
#include "core/operators/flow/body.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using Follow = std::optional<Splice> (*)(const Site&, ControlFlow&);
struct Family {
  std::string_view op;
  Follow follow;
};
constexpr std::array<Family, 4> kFamilies = {{
    {"If", follow_if},
    {"Loop", follow_loop},
    {"Scan", follow_scan},
    {"SequenceMap", follow_map},
}};

const Family* family_of(const Layer& layer) {
  if (!layer.domain.empty()) return nullptr;
  const auto found = std::ranges::find(kFamilies, std::string_view(layer.op), &Family::op);
  return found == kFamilies.end() ? nullptr : &*found;
}

// ---- If

// The value of a condition, if it is known.
std::optional<bool> known_truth(const Network& network, TensorId id) {
  if (id == kNoTensor || !network.tensor(id).values) return std::nullopt;
  const auto* values = network.tensor(id).values->integers();
  if (values == nullptr || values->size() != 1) return std::nullopt;
  return values->front() != 0;
}

// The larger of both in every dimension.
MaybeType larger(MaybeType a, const MaybeType& b) {
  if (same_type(a, b)) {
    if (a) a->upper_bound = a->upper_bound || b->upper_bound;
    const bool same_values =
        a && a->values && b->values && a->values->elements == b->values->elements;
    if (a && !same_values) a->values.reset();
    return a;
  }
  const bool comparable = a && b && a->container == Container::tensor &&
                          b->container == Container::tensor && a->shape.size() == b->shape.size();
  if (!comparable) return std::nullopt;
  for (std::size_t i = 0; i < a->shape.size(); ++i)
    a->shape[i] = std::max(a->shape[i], b->shape[i]);
  a->values.reset();
  a->upper_bound = true;
  return a;
}

Splice taken_branch(const Site& site, const Subgraph& subgraph, Network body) {
  const auto outputs = site.layer().outputs;
  auto splice = splice_of(site, subgraph, std::move(body));
  std::copy(outputs.begin(), outputs.end(), splice.outputs.begin());
  return splice;
}

Splice known_branch(const Site& site, std::string_view name, ControlFlow& control_flow) {
  const auto& subgraph = site.subgraph(name);
  const auto count = site.layer().outputs.size();
  auto body = run_body(site, subgraph, {}, count, control_flow);
  for (std::size_t i = 0; i < count; ++i) {
    settle(site, i, output_type(body, i));
    const auto output = site.output(i);
    if (output != kNoTensor)
      site.network.tensor(output).constant = body.tensor(body.outputs()[i]).constant;
  }
  return taken_branch(site, subgraph, std::move(body));
}

}  // namespace

std::optional<Splice> follow_if(const Site& site, ControlFlow& control_flow) {
  constexpr std::array<std::string_view, 2> kBranches = {"else_branch", "then_branch"};
  if (const auto truth = known_truth(site.network, site.input(0))) {
    return known_branch(site, kBranches[*truth ? 1 : 0], control_flow);
  }
  const auto count = site.layer().outputs.size();
  auto otherwise = run_body(site, site.subgraph(kBranches[0]), {}, count, control_flow);
  auto then = run_body(site, site.subgraph(kBranches[1]), {}, count, control_flow);
  const bool take_then = cost_of(then) >= cost_of(otherwise);
  site.assume(fmt::format("which branch runs depends on data; the costlier one, {}, is counted",
                          kBranches[take_then ? 1 : 0]));
  for (std::size_t i = 0; i < count; ++i) {
    settle(site, i, larger(output_type(then, i), output_type(otherwise, i)));
  }
  return taken_branch(site, site.subgraph(kBranches[take_then ? 1 : 0]),
                      std::move(take_then ? then : otherwise));
}

bool ControlFlow::is(const Layer& layer) { return family_of(layer) != nullptr; }

std::optional<Splice> ControlFlow::follow(Network& network, LayerId id, const std::string& prefix) {
  const auto follow = family_of(network.layer(id))->follow;
  return follow({network, id, prefix}, *this);
}

void ControlFlow::count(std::int64_t layers) {
  constexpr std::int64_t kMost = 4'000'000;
  inferred_ += layers;
  if (inferred_ > kMost) {
    throw InputError(fmt::format(
        "its control flow is nested so that more than {} layers would have to be followed", kMost));
  }
}

std::optional<std::int64_t> ControlFlow::given_trips(const std::string& name) {
  loops_.insert(name);
  const auto given = trips_.find(name);
  return given == trips_.end() ? std::nullopt : std::optional(given->second);
}

void ControlFlow::require_all_used() const {
  for (const auto& [name, count] : trips_) {
    if (loops_.count(name) != 0) continue;
    const std::vector<std::string> known(loops_.begin(), loops_.end());
    const auto hint = nearest(name, known);
    throw InputError(fmt::format("--trips {}={}: there is no loop '{}'; {}{}", name, count, name,
                                 known.empty()
                                     ? "the network has none"
                                     : fmt::format("there are: {}", fmt::join(known, ", ")),
                                 hint ? fmt::format("; did you mean '{}'?", *hint) : ""));
  }
}

namespace {

// Control flow is followed, never asked for a shape.
std::vector<TensorType> followed(const LayerView& view) {
  view.fail("control flow must be followed into its body");
}

constexpr Operator flow(std::string_view name, std::string_view sentence) {
  return {.name = name,
          .shape = followed,
          .work = only_bytes,
          .sentence = sentence,
          .parameter_inputs = 0};
}

constexpr Operator kRows[] = {
    flow("If",
         "The layers of the branch that a constant condition takes, else of the costlier one."),
    flow("Loop",
         "The layers of its body, as often as it runs; stacking what each run makes costs the "
         "bytes."),
    flow("Scan",
         "The layers of its body, once for each slice along the scanned axis; stacking what "
         "each run makes costs the bytes."),
    flow("SequenceMap", "The layers of its body, once for each item of the sequence."),
};

}  // namespace

std::span<const Operator> control_flow_rows() { return kRows; }

}  // namespace roofbeam
