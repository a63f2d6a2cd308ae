// What the dimensions of a small network's tensors follow, in words.
#pragma once

#include <string>

#include "core/rewrites/trace.hpp"
#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {

// "conv", "16*conv" for so many times its channels, "conv/2" for the half of what it makes, "a+b"
// for a sum, "6" for what never changes, "-" for what only a constant has.
inline std::string in_words(const ChannelTrace& trace, const Extent& extent) {
  if (trace.groups.is_fixed(extent)) return std::to_string(trace.groups.size(extent));
  std::string text;
  for (const Term& term : trace.groups.leaves(extent)) {
    const auto& group = trace.groups.groups()[static_cast<std::size_t>(term.group)];
    if (!text.empty()) text += "+";
    if (group.fixed) {
      text += std::to_string(term.times * group.size);
      continue;
    }
    if (term.times != 1) text += std::to_string(term.times) + "*";
    text += group.layers.empty() ? "-" : group.layers.front();
    if (group.parts != 1) text += "/" + std::to_string(group.parts);
  }
  return text;
}

// "1 conv 8 8": the dimensions of what a layer makes, or of its input `i`.
inline std::string in_words(const Network& network, TensorId id) {
  const ChannelTrace trace = trace_channels(network, Ends::free);
  std::string text;
  for (const Extent& extent : trace.dims[static_cast<std::size_t>(id)]) {
    text += (text.empty() ? "" : " ") + in_words(trace, extent);
  }
  return text;
}

// A picture of 3 x 4 x 4 and convolutions of it, with a kernel of 1.
struct Picture {
  Sketch sketch;
  TensorId x = sketch.input("x", {1, 3, 4, 4});

  TensorId conv(const std::string& name, std::int64_t channels) {
    return sketch.add(name, "Conv", {x, sketch.weight({channels, 3, 1, 1})});
  }
  // What `id` follows once all is built.
  [[nodiscard]] std::string follows(TensorId id) const { return in_words(sketch.build({id}), id); }
  [[nodiscard]] std::string follows(TensorId id, TensorId output) const {
    return in_words(sketch.build({output}), id);
  }
};

}  // namespace roofbeam
