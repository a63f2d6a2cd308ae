// What the layers of control flow share: running a body once, on given types.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.hpp"
#include "core/operators/flow/control_flow.hpp"

namespace roofbeam {

using MaybeType = std::optional<TensorType>;  // nothing: the shape is unknown

// A layer of control flow in its surroundings.
struct Site {
  Network& network;
  LayerId id;
  std::string prefix;
  [[nodiscard]] Layer& layer() const { return network.layer(id); }
  [[nodiscard]] std::string full_name() const { return prefix + layer().name; }
  // Inputs that the operator has itself, without what its bodies capture.
  [[nodiscard]] std::size_t own_inputs() const { return layer().inputs.size() - layer().captured; }
  // kNoTensor beyond the last and where one is left out.
  [[nodiscard]] TensorId input(std::size_t i) const;
  [[nodiscard]] TensorId output(std::size_t i) const;
  // The type of an input as every iteration sees it: without its values.
  [[nodiscard]] MaybeType input_type(std::size_t i) const;
  [[nodiscard]] std::int64_t attribute(std::string_view name, std::int64_t otherwise) const;
  [[nodiscard]] std::vector<std::int64_t> attributes(std::string_view name) const;
  // The subgraph in this attribute; fails if there is none.
  [[nodiscard]] const Subgraph& subgraph(std::string_view name) const;
  [[noreturn]] void fail(const std::string& text) const;
  void assume(const std::string& text) const;
};

// The body inferred with these types at its formal inputs. Fails if their number is wrong, or if
// the body has fewer outputs than `least_outputs`.
[[nodiscard]] Network run_body(const Site& site, const Subgraph& subgraph,
                               const std::vector<MaybeType>& formal, std::size_t least_outputs,
                               ControlFlow& control_flow);

[[nodiscard]] MaybeType output_type(const Network& body, std::size_t i);

// Gives an output of the layer its type. A bound gives way to a smaller shape that the file states,
// and so does a guess to whatever the file states.
void settle(const Site& site, std::size_t output, MaybeType type, bool guessed = false);

// A splice of this body with all captured inputs in place and nothing else connected.
[[nodiscard]] Splice splice_of(const Site& site, const Subgraph& subgraph, Network body);

// Whether both are the same but for values and bounds.
[[nodiscard]] bool same_type(const MaybeType& a, const MaybeType& b);

// Operations of all layers, for comparing branches; bytes of what they make where there are none.
struct BodyCost {
  double operations = 0;
  double bytes = 0;
  friend auto operator<=>(const BodyCost&, const BodyCost&) = default;
};
[[nodiscard]] BodyCost cost_of(const Network& body);

// The families, each in its own file.
[[nodiscard]] std::optional<Splice> follow_if(const Site& site, ControlFlow& control_flow);
[[nodiscard]] std::optional<Splice> follow_loop(const Site& site, ControlFlow& control_flow);
[[nodiscard]] std::optional<Splice> follow_scan(const Site& site, ControlFlow& control_flow);
[[nodiscard]] std::optional<Splice> follow_map(const Site& site, ControlFlow& control_flow);

}  // namespace roofbeam
