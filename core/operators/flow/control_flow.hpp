// If, Loop, Scan and SequenceMap: what runs is their body, so they are followed into it. Only
// infer.cpp includes this.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/network/network.hpp"
#include "core/network/splice.hpp"
#include "core/operators/infer_layer.hpp"

namespace roofbeam {

class ControlFlow {
 public:
  explicit ControlFlow(const std::map<std::string, std::int64_t>& trips) : trips_(trips) {}

  [[nodiscard]] static bool is(const Layer& layer);

  // Infers the body of a layer, fills in the types of the layer's outputs, and says how to put the
  // body in its place; nothing if there is no body to follow. `prefix` stands before the names of
  // layers within bodies: "outer_loop/".
  std::optional<Splice> follow(Network& network, LayerId id, const std::string& prefix);

  // Notes that so many layers were inferred. Throws InputError when bodies within bodies, each
  // inferred more than once, make it too many.
  void count(std::int64_t layers);

  // What may still be remembered of values, in all bodies together.
  [[nodiscard]] KnownBudget& budget() { return budget_; }

  // Throws InputError if trips were given for a loop that there is not.
  void require_all_used() const;

  // How often a loop runs, as far as it is known.
  struct Trips {
    std::int64_t count = 1;
    bool certain = true;  // else at most so often, or a guess
  };

  // The trips that the user gave for the loop of this name.
  std::optional<std::int64_t> given_trips(const std::string& name);

 private:
  const std::map<std::string, std::int64_t>& trips_;
  std::set<std::string> loops_;
  std::int64_t inferred_ = 0;
  KnownBudget budget_;
};

// Infers a network or a body; defined in infer.cpp.
[[nodiscard]] Network infer_with(Network network, ControlFlow& control_flow,
                                 const std::string& prefix);

}  // namespace roofbeam
