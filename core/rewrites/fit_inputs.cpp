#include "core/rewrites/fit_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "core/operators/operator.hpp"
#include "core/rewrites/regroup.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

// One layer, before the change and now.
struct Place {
  Refitting& work;
  LayerId id;
  const Layer& was;

  [[nodiscard]] const Layer& layer() const { return work.now.layer(id); }
  [[nodiscard]] bool has(std::size_t i) const {
    return i < layer().inputs.size() && layer().inputs[i] != kNoTensor;
  }
  [[nodiscard]] TensorId input(std::size_t i) const { return layer().inputs[i]; }
  [[nodiscard]] const Shape& now(std::size_t i) const { return *work.now.tensor(input(i)).shape; }
  [[nodiscard]] const Shape& before(std::size_t i) const {
    return *work.before.tensor(was.inputs[i]).shape;
  }
  [[nodiscard]] const Shape& made() const { return *work.before.tensor(was.outputs.front()).shape; }
  // Known integers that no layer computes, or nullptr.
  [[nodiscard]] const Integers* stored(std::size_t i) const {
    if (!has(i) || !work.is_stored(input(i))) return nullptr;
    const auto& values = work.now.tensor(input(i)).values;
    return values ? values->integers() : nullptr;
  }
  [[nodiscard]] bool has_attribute(std::string_view name) const {
    return std::ranges::find(layer().attributes, name, &Attribute::name) !=
           layer().attributes.end();
  }
  void note(const std::string& change) const { work.note(change, layer()); }
};

std::int64_t in_proportion(std::int64_t size, std::int64_t before, std::int64_t now) {
  if (before == 0) return size;
  const auto scaled =
      static_cast<double>(size) * static_cast<double>(now) / static_cast<double>(before);
  return std::max<std::int64_t>(1, std::llround(scaled));
}

// ---- shapes that the file states

constexpr const char* kFollows = "the shape that the file states follows its input";

void fit_reshape(const Place& place, Regroup& regroup) {
  const bool by_attribute = !place.has(1) && place.has_attribute("shape");
  const auto shape = regroup(place.before(0), place.made(), place.now(0));
  if (!shape || (!by_attribute && place.stored(1) == nullptr)) return;
  const auto by_rule = place.work.shapes_by_rule(place.layer());
  if (!by_rule.empty() && by_rule.front() == *shape) return;
  place.note(kFollows);
  if (by_attribute) {
    place.work.set_attribute(place.id, "shape", *shape);
  } else {
    place.work.set_integers(place.id, 1, *shape);
  }
}

// Sizes that were the input's, counted from the last, are the input's.
void fit_expand(const Place& place, Regroup&) {
  const auto* stored = place.stored(1);
  if (stored == nullptr) return;
  Integers target = *stored;
  const auto& was = place.before(0);
  const auto& is = place.now(0);
  for (std::size_t back = 1; back <= std::min(target.size(), was.size()); ++back) {
    auto& size = target[target.size() - back];
    if (was[was.size() - back] == size) size = is[is.size() - back];
  }
  if (target == *stored) return;
  place.note(kFollows);
  place.work.set_integers(place.id, 1, std::move(target));
}

void fit_resize(const Place& place, Regroup&) {
  const auto* stored = place.stored(3);
  if (stored == nullptr || stored->size() != place.now(0).size()) return;
  Integers sizes = *stored;
  for (std::size_t axis = 0; axis < sizes.size(); ++axis) {
    if (place.before(0)[axis] == place.now(0)[axis]) continue;
    sizes[axis] = in_proportion(sizes[axis], place.before(0)[axis], place.now(0)[axis]);
  }
  if (sizes == *stored) return;
  place.note("the sizes that the file resizes to follow in proportion");
  place.work.set_integers(place.id, 3, std::move(sizes));
}

// ---- positions

constexpr const char* kPositions = "the positions that the file cuts at follow in proportion";

std::int64_t moved(std::int64_t position, std::int64_t before, std::int64_t now) {
  const bool whole = position == before;
  const bool fits = position <= now && position >= -now;
  if (whole) return now;
  if (fits || position > before || position < -before) return position;
  const auto scaled = in_proportion(std::abs(position), before, now);
  return position < 0 ? -scaled : scaled;
}

Integers axes_of(const Place& place, std::size_t count) {
  Integers axes;
  if (const auto* stored = place.stored(3)) axes = *stored;
  for (std::size_t i = axes.size(); i < count; ++i) axes.push_back(static_cast<std::int64_t>(i));
  return axes;
}

void fit_slice(const Place& place, Regroup&) {
  for (const std::size_t input : {1, 2}) {
    const auto* stored = place.stored(input);
    if (stored == nullptr) continue;
    Integers positions = *stored;
    const auto axes = axes_of(place, positions.size());
    const auto rank = std::ssize(place.now(0));
    for (std::size_t i = 0; i < positions.size(); ++i) {
      const auto axis = axes[i] < 0 ? axes[i] + rank : axes[i];
      if (axis < 0 || axis >= rank) continue;
      const auto at = static_cast<std::size_t>(axis);
      if (place.before(0)[at] == place.now(0)[at]) continue;
      positions[i] = moved(positions[i], place.before(0)[at], place.now(0)[at]);
    }
    if (positions == *stored) continue;
    place.note(kPositions);
    place.work.set_integers(place.id, input, std::move(positions));
  }
}

void fit_split(const Place& place, Regroup&) {
  const auto* stored = place.stored(1);
  if (stored == nullptr) return;
  const LayerView view(place.work.now, place.layer());
  const auto axis = view.axis(view.integer("axis", 0), place.now(0).size());
  const auto was = place.before(0)[axis];
  const auto is = place.now(0)[axis];
  if (was == is || stored->empty()) return;
  Integers parts = *stored;
  std::int64_t sum = 0;
  for (auto& part : parts) sum += part = in_proportion(part, was, is);
  parts.back() += is - sum;
  place.note(kPositions);
  place.work.set_integers(place.id, 1, std::move(parts));
}

// ---- kernels as large as their input

bool reaches_over_all(const Integers& kernel, const Shape& shape) {
  if (shape.size() < 3 || kernel.size() != shape.size() - 2) return false;
  return std::equal(kernel.begin(), kernel.end(), shape.begin() + 2);
}

Integers spatial(const Shape& shape) { return {shape.begin() + 2, shape.end()}; }

bool pads(const LayerView& view) {
  return std::ranges::any_of(view.integers("pads"), [](auto pad) { return pad != 0; });
}

void fit_pool(const Place& place, Regroup&) {
  const LayerView view(place.work.now, place.layer());
  if (!reaches_over_all(view.integers("kernel_shape"), place.before(0)) || pads(view)) return;
  if (place.now(0).size() != place.before(0).size() || place.now(0) == place.before(0)) return;
  place.note("the kernel that pools all of its input still does");
  place.work.set_attribute(place.id, "kernel_shape", spatial(place.now(0)));
}

void fit_convolution(const Place& place, Regroup&) {
  const LayerView view(place.work.now, place.layer());
  if (!place.has(1) || !place.work.is_stored(place.input(1)) || pads(view)) return;
  auto weight = place.now(1);
  const bool large =
      std::ranges::any_of(spatial(place.before(0)), [](auto size) { return size > 1; });
  if (weight.size() < 3 || !large || !reaches_over_all(spatial(weight), place.before(0))) return;
  const auto size = spatial(place.now(0));
  if (size == spatial(place.before(0))) return;
  std::copy(size.begin(), size.end(), weight.begin() + 2);
  place.note("the kernel as large as its input stays so, and its weight changes");
  place.work.reshape_constant(place.input(1), std::move(weight));
  if (view.has("kernel_shape")) place.work.set_attribute(place.id, "kernel_shape", size);
}

// ---- constants that meet activations

constexpr const char* kRows = "the weight has as many rows as its input now has columns";

void fit_gemm(const Place& place, Regroup&) {
  if (!place.has(1) || !place.work.is_stored(place.input(1)) || place.now(1).size() != 2) return;
  const LayerView view(place.work.now, place.layer());
  if (place.now(0).size() != 2) return;
  const auto columns = place.now(0)[view.integer("transA", 0) != 0 ? 0 : 1];
  auto weight = place.now(1);
  auto& rows = weight[view.integer("transB", 0) != 0 ? 1 : 0];
  if (rows == columns) return;
  rows = columns;
  place.note(kRows);
  place.work.reshape_constant(place.input(1), std::move(weight));
}

void fit_matmul(const Place& place, Regroup&) {
  if (!place.has(1) || place.now(0).size() < 2 || place.now(1).size() < 2) return;
  for (const std::size_t side : {0, 1}) {
    if (!place.work.is_stored(place.input(side))) continue;
    const auto& other = place.now(1 - side);
    const auto inner = side == 1 ? other.back() : other[other.size() - 2];
    auto weight = place.now(side);
    auto& own = side == 1 ? weight[weight.size() - 2] : weight.back();
    if (own == inner) continue;
    own = inner;
    place.note(kRows);
    place.work.reshape_constant(place.input(side), std::move(weight));
  }
}

// The sizes of a constant once those that were the activations', counted from the last dimension,
// are what the activations have now. Where it is joined to them, sizes of 1 count too.
Shape followed(const Place& place, std::size_t input, std::optional<std::size_t> joined_axis) {
  auto shape = place.now(input);
  for (std::size_t other = 0; other < place.layer().inputs.size(); ++other) {
    if (!place.has(other) || place.work.is_stored(place.input(other))) continue;
    const auto& was = place.before(other);
    const auto& is = place.now(other);
    for (std::size_t back = 1; back <= std::min({shape.size(), was.size(), is.size()}); ++back) {
      auto& size = shape[shape.size() - back];
      const bool meant = size == was[was.size() - back] && (size != 1 || joined_axis);
      if (meant && joined_axis != shape.size() - back) size = is[is.size() - back];
    }
  }
  return shape;
}

// Whether one is the other several times over: a class token for each of a batch.
bool only_repeats(const Shape& small, const Shape& large) {
  return std::equal(small.begin(), small.end(), large.begin(), large.end(),
                    [](auto a, auto b) { return a == b || a == 1; });
}

void follow_activations(const Place& place, std::size_t input,
                        std::optional<std::size_t> joined_axis) {
  auto shape = followed(place, input, joined_axis);
  if (shape == place.now(input)) return;
  place.note("a constant takes the sizes of the activations that it meets");
  if (only_repeats(place.now(input), shape)) {
    place.work.repeat_constant(place.id, input, std::move(shape));
  } else {
    place.work.reshape_constant(place.input(input), std::move(shape));
  }
}

void fit_constants(const Place& place, std::optional<std::size_t> joined_axis) {
  for (std::size_t i = 0; i < place.layer().inputs.size(); ++i) {
    if (place.has(i) && place.work.is_stored(place.input(i))) {
      follow_activations(place, i, joined_axis);
    }
  }
}

void fit_broadcast(const Place& place, Regroup&) { fit_constants(place, std::nullopt); }

// Along the axis that is joined every input has its own size.
void fit_concat(const Place& place, Regroup&) {
  const LayerView view(place.work.now, place.layer());
  fit_constants(place, view.axis(view.integer("axis", 0), place.made().size()));
}

void fit_layer_norm(const Place& place, Regroup&) {
  for (const std::size_t i : {1, 2}) {
    if (place.has(i) && place.work.is_stored(place.input(i))) {
      follow_activations(place, i, std::nullopt);
    }
  }
}

using FitLayer = void (*)(const Place&, Regroup&);

const std::map<std::string_view, FitLayer>& fits() {
  static const std::map<std::string_view, FitLayer> kFits = {
      {"Add", fit_broadcast},   {"AveragePool", fit_pool},
      {"Concat", fit_concat},   {"Conv", fit_convolution},
      {"Div", fit_broadcast},   {"Expand", fit_expand},
      {"Gemm", fit_gemm},       {"LayerNormalization", fit_layer_norm},
      {"MatMul", fit_matmul},   {"Max", fit_broadcast},
      {"MaxPool", fit_pool},    {"Min", fit_broadcast},
      {"Mul", fit_broadcast},   {"PRelu", fit_broadcast},
      {"Reshape", fit_reshape}, {"Resize", fit_resize},
      {"Slice", fit_slice},     {"Split", fit_split},
      {"Sub", fit_broadcast},   {"Where", fit_broadcast},
  };
  return kFits;
}

bool shaped(const Network& network, const std::vector<TensorId>& ids) {
  return std::ranges::all_of(
      ids, [&](TensorId id) { return id == kNoTensor || network.tensor(id).shape.has_value(); });
}

void fit_layer(Refitting& work, LayerId id, Regroup& regroup) {
  const auto& layer = work.now.layer(id);
  const auto* was = work.layer_before(layer);
  const auto found = layer.domain.empty() ? fits().find(layer.op) : fits().end();
  if (was == nullptr || found == fits().end() || was->inputs.size() != layer.inputs.size()) return;
  const auto is_first_there = [](const std::vector<TensorId>& ids) {
    return !ids.empty() && ids.front() != kNoTensor;
  };
  if (!is_first_there(was->inputs) || !is_first_there(was->outputs)) return;
  const bool known = shaped(work.now, layer.inputs) && shaped(work.before, was->inputs) &&
                     shaped(work.before, was->outputs);
  if (known) found->second({work, id, *was}, regroup);
}

}  // namespace

Fit fit_inputs() {
  return [regroup = std::make_shared<Regroup>()](Refitting& work, LayerId id) {
    fit_layer(work, id, *regroup);
  };
}

}  // namespace roofbeam
