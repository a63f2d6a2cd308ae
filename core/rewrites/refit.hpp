// Makes a network valid again after some of its tensors got other shapes.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/network/network.hpp"

namespace roofbeam {

// A network under change beside what it was. Ids of tensors are those of before; constants that
// were added follow them.
struct Refitting {
  Network now;
  const Network& before;
  std::string what;  // the rewrite, before every message: "resolution 160"

  // Remembers that a layer needed more than inference; `change` is said once for all such layers:
  // "the sizes that the file resizes to follow in proportion".
  void note(const std::string& change, const Layer& layer);
  // Layers by what was done to them, in the order of their first.
  std::vector<std::pair<std::string, std::vector<std::string>>> changes = {};

  // Lets a layer read a constant of its own instead.
  void set_integers(LayerId layer, std::size_t input, std::vector<std::int64_t> values);
  void set_attribute(LayerId layer, const std::string& name, std::vector<std::int64_t> values);
  void set_attribute(LayerId layer, const std::string& name, std::int64_t value);
  // Gives a constant another shape; what is known of its elements is lost. It counts as what it was
  // folded from as long as that is large enough: a part of a table of positions.
  void reshape_constant(TensorId id, Shape shape);
  // Lets a layer read a constant several times over, which is stored once.
  void repeat_constant(LayerId layer, std::size_t input, Shape shape);

  // A constant that no layer computes.
  [[nodiscard]] bool is_stored(TensorId id) const;
  // Another shape or other known elements than before, or new.
  [[nodiscard]] bool is_changed(TensorId id) const;
  // The same layer before the change, or nullptr.
  [[nodiscard]] const Layer* layer_before(const Layer& layer) const;
  // What the catalogue's rule makes of the layer's inputs as they are; empty if it refuses.
  [[nodiscard]] std::vector<Shape> shapes_by_rule(const Layer& layer) const;
};

// Changes a layer whose inputs changed, before it is inferred; throws InputError where it cannot.
using Fit = std::function<void(Refitting&, LayerId)>;

// A copy in which the layers that compute constants from shapes are back.
[[nodiscard]] Network with_shape_layers(const Network& network);

// Infers every layer again whose inputs are not what they were in `before`, each after `fit`, and
// folds constants. `changed` is with_shape_layers(before) with other shapes for some inputs and
// constants. Element types stay, and so does work that quantizations were folded to.
// Throws InputError: "WHAT: layer 'x' (Op): ..." where shapes contradict each other.
[[nodiscard]] Network refit(Network changed, const Network& before, const std::string& what,
                            const Fit& fit);

}  // namespace roofbeam
