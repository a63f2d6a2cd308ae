#include "core/rewrites/apply_sizes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/input_error.hpp"
#include "core/operators/operator.hpp"
#include "core/rewrites/refit.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

class Sizes {
 public:
  Sizes(const ChannelTrace& trace, const Integers& sizes) : trace_(trace), sizes_(sizes) {}

  [[nodiscard]] std::optional<Shape> shape(TensorId id) const {
    return trace_.shape_with(id, sizes_);
  }
  [[nodiscard]] std::int64_t size(const Extent& extent) const {
    return trace_.groups.size_with(extent, sizes_);
  }

  // REQUIRES: the layer was there when the trace was made; ids of layers may differ.
  void fit(Refitting& work, LayerId id) const {
    const auto& layer = work.now.layer(id);
    const auto* was = work.layer_before(layer);
    if (was == nullptr) return;
    const auto traced = static_cast<LayerId>(was - work.before.layers().data());
    fit_groups(work, id, traced);
    fit_cuts(work, id, traced);
    if (layer.op == "Reshape" || layer.op == "Expand") fit_shape(work, id, 1);
    if (layer.op == "Resize") fit_shape(work, id, 3);
    if (layer.op == "Split") fit_split(work, id);
  }

 private:
  void fit_groups(Refitting& work, LayerId id, LayerId traced) const {
    const auto found = trace_.depthwise.find(traced);
    if (found != trace_.depthwise.end()) work.set_attribute(id, "group", size(found->second));
  }

  void fit_cuts(Refitting& work, LayerId id, LayerId traced) const {
    const auto found = trace_.cuts.find(traced);
    if (found == trace_.cuts.end()) return;
    auto starts = argument(work, id, 1, "starts");
    auto ends = argument(work, id, 2, "ends");
    for (const auto& cut : found->second) {
      if (cut.place >= starts.size() || cut.place >= ends.size()) return;
      starts[cut.place] = size(cut.before);
      ends[cut.place] = size(cut.before) + size(cut.kept);
    }
    if (work.now.layer(id).opset < 10) {
      work.set_attribute(id, "starts", std::move(starts));
      work.set_attribute(id, "ends", std::move(ends));
    } else {
      work.set_integers(id, 1, std::move(starts));
      work.set_integers(id, 2, std::move(ends));
    }
  }

  static Integers argument(const Refitting& work, LayerId id, std::size_t input,
                           std::string_view attribute) {
    const LayerView view(work.now, work.now.layer(id));
    if (view.opset() < 10) return view.integers(attribute);
    const auto* known = view.has_input(input) ? view.integers(input) : nullptr;
    return known != nullptr ? *known : Integers{};
  }

  // The shape that an input or attribute states becomes that of the result, unless it is already.
  void fit_shape(Refitting& work, LayerId id, std::size_t input) const {
    const auto& layer = work.now.layer(id);
    const auto wanted = shape(layer.outputs.front());
    if (!wanted || same_by_rule(work, layer, {*wanted})) return;
    if (layer.inputs.size() > input && layer.inputs[input] != kNoTensor) {
      work.set_integers(id, input, *wanted);
    } else if (layer.inputs.size() == 1) {
      work.set_attribute(id, "shape", *wanted);
    }
  }

  static bool same_by_rule(const Refitting& work, const Layer& layer,
                           const std::vector<Shape>& wanted) {
    auto found = work.shapes_by_rule(layer);
    if (found.size() < wanted.size()) return false;
    found.resize(wanted.size());
    return found == wanted;
  }

  void fit_split(Refitting& work, LayerId id) const {
    const auto& layer = work.now.layer(id);
    std::vector<Shape> wanted;
    Integers parts;
    const LayerView view(work.now, layer);
    const auto axis = view.axis(view.integer("axis", 0), view.shape(0).size());
    for (const auto output : layer.outputs) {
      const auto part = shape(output);
      if (!part) return;
      parts.push_back((*part)[axis]);
      wanted.push_back(*part);
    }
    if (same_by_rule(work, layer, wanted)) return;
    if (layer.inputs.size() > 1 && layer.inputs[1] != kNoTensor) {
      work.set_integers(id, 1, std::move(parts));
    } else if (view.has("split")) {
      work.set_attribute(id, "split", std::move(parts));
    }
  }

  const ChannelTrace& trace_;
  const Integers& sizes_;
};

// Constants become as large as the sizes say.
void resize_constants(Network& network, const Sizes& sizes) {
  for (std::size_t i = 0; i < network.tensors().size(); ++i) {
    const auto id = static_cast<TensorId>(i);
    auto& tensor = network.tensor(id);
    const auto shape = tensor.constant ? sizes.shape(id) : std::nullopt;
    if (!shape || tensor.shape == *shape) continue;
    tensor.shape = *shape;
    tensor.values.reset();
    tensor.folded_from.clear();
  }
}

void check(const Network& before, const Network& now, const Sizes& sizes, const std::string& what) {
  for (std::size_t i = 0; i < before.tensors().size(); ++i) {
    const auto id = static_cast<TensorId>(i);
    const auto wanted = sizes.shape(id);
    const auto& producer = now.tensor(id).producer;
    if (!wanted || !producer || now.tensor(id).shape == *wanted) continue;
    throw InputError(fmt::format(
        "{}: {} would make {}, not {}; keep its channels (keep: [...])", what,
        describe(now.layer(*producer)),
        now.tensor(id).shape ? to_text(*now.tensor(id).shape) : "nothing known", to_text(*wanted)));
  }
}

}  // namespace

std::vector<std::int64_t> present_sizes(const ChannelTrace& trace) {
  std::vector<std::int64_t> sizes;
  for (const auto& group : trace.groups.groups()) sizes.push_back(group.size);
  return sizes;
}

Network apply_sizes(const Network& network, const ChannelTrace& trace,
                    const std::vector<std::int64_t>& sizes, const std::string& what) {
  const Sizes wanted(trace, sizes);
  auto changed = with_shape_layers(network);
  resize_constants(changed, wanted);
  auto now = refit(std::move(changed), network, what,
                   [&](Refitting& work, LayerId id) { wanted.fit(work, id); });
  check(network, now, wanted, what);
  return now;
}

}  // namespace roofbeam
