// Operators that move data: which dimension of the result is which of the inputs.
#include <algorithm>

#include "core/operators/rules.hpp"
#include "core/rewrites/regroup.hpp"
#include "core/rewrites/tracer.hpp"

namespace roofbeam {
namespace {

// ---- another shape over the same elements

// The product of some dimensions, of which at most one changes; else they are all fixed.
Extent product(LayerTrace& layer, const Dims& in, const std::vector<std::size_t>& places) {
  Extent changing = ChannelGroups::fixed(1);
  std::int64_t factor = 1;
  bool found = false;
  for (const auto place : places) {
    if (layer.groups().is_fixed(in[place]) || found) {
      layer.groups().fix(in[place]);
      factor *= layer.groups().size(in[place]);
    } else {
      changing = in[place];
      found = true;
    }
  }
  for (auto& term : changing) term.times *= factor;
  return changing;
}

// Of several dimensions that one is split into, the largest takes the change.
void split(LayerTrace& layer, const Extent& whole, const std::vector<std::size_t>& places,
           const Shape& shape, Dims& out) {
  const auto largest = *std::ranges::max_element(
      places, [&](std::size_t a, std::size_t b) { return shape[a] <= shape[b]; });
  for (const auto place : places) out[place] = ChannelGroups::fixed(shape[place]);
  if (shape[largest] == 0 || layer.groups().is_fixed(whole)) return;
  const auto part = layer.groups().part(whole, layer.groups().size(whole) / shape[largest]);
  if (part) out[largest] = *part;
}

void reshape(LayerTrace& layer) {
  const Dims in = layer.in(0);
  const auto& shape = layer.shape_out(0);
  const auto groups = dim_groups(layer.shape_in(0), shape);
  if (!groups) return layer.fix_all();
  Dims out(shape.size());
  for (const auto& group : *groups) {
    if (group.in.size() == 1 && group.out.size() == 1) {
      out[group.out.front()] = in[group.in.front()];
    } else if (!group.out.empty()) {
      split(layer, product(layer, in, group.in), group.out, shape, out);
    }
  }
  layer.out(0, std::move(out));
}

void transpose(LayerTrace& layer) {
  const Dims in = layer.in(0);
  auto order = layer.view().integers("perm");
  if (order.empty()) {
    for (std::size_t axis = in.size(); axis > 0; --axis) {
      order.push_back(static_cast<std::int64_t>(axis - 1));
    }
  }
  Dims out;
  for (const auto axis : order) out.push_back(in[layer.view().axis(axis, in.size())]);
  layer.out(0, std::move(out));
}

void depth_to_space(LayerTrace& layer) {
  const auto block = layer.view().integer("blocksize", 1);
  Dims out;
  for (const auto size : layer.shape_out(0)) out.push_back(ChannelGroups::fixed(size));
  out[0] = layer.in(0)[0];
  if (const auto part = layer.groups().part(Extent(layer.in(0)[1]), block * block)) out[1] = *part;
  layer.out(0, std::move(out));
}

void space_to_depth(LayerTrace& layer) {
  const auto block = layer.view().integer("blocksize", 1);
  Dims out;
  for (const auto size : layer.shape_out(0)) out.push_back(ChannelGroups::fixed(size));
  out[0] = layer.in(0)[0];
  out[1] = layer.in(0)[1];
  for (auto& term : out[1]) term.times *= block * block;
  layer.out(0, std::move(out));
}

// ---- joined and cut

// What QLinearConcat reads besides its parts are scalars.
bool is_part(const LayerTrace& layer, std::size_t i) {
  return layer.view().has_input(i) && layer.shape_in(i).size() == layer.shape_out(0).size();
}

void concat(LayerTrace& layer) {
  const auto axis = layer.view().axis(layer.view().integer("axis", 1), layer.shape_out(0).size());
  Dims out;
  for (std::size_t i = 0; i < layer.view().input_count(); ++i) {
    if (!is_part(layer, i)) continue;
    const Dims part = layer.in(i);
    if (out.empty()) {
      out = part;
      continue;
    }
    for (std::size_t other = 0; other < out.size(); ++other) {
      if (other != axis) layer.tie(out[other], part[other]);
    }
    out[axis].insert(out[axis].end(), part[axis].begin(), part[axis].end());
  }
  layer.out(0, std::move(out));
}

void split_apart(LayerTrace& layer) {
  const Dims in = layer.in(0);
  const auto axis = layer.view().axis(layer.view().integer("axis", 0), in.size());
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < layer.view().output_count(); ++i) {
    if (!layer.view().has_output(i)) return layer.fix_all();
    Dims out = in;
    const auto size = layer.shape_out(i)[axis];
    out[axis] = layer.groups().cut(in[axis], begin, size);
    begin += size;
    layer.out(i, std::move(out));
  }
}

std::vector<std::int64_t> slice_argument(const LayerTrace& layer, std::size_t input,
                                         std::string_view attribute) {
  if (layer.view().opset() < 10) return layer.view().integers(attribute);
  const auto* known = layer.view().has_input(input) ? layer.view().integers(input) : nullptr;
  return known != nullptr ? *known : std::vector<std::int64_t>{};
}

void slice(LayerTrace& layer) {
  const Dims in = layer.in(0);
  Dims out = in;
  const auto starts = slice_argument(layer, 1, "starts");
  auto axes = slice_argument(layer, 3, "axes");
  const auto steps =
      layer.view().opset() < 10 ? std::vector<std::int64_t>{} : slice_argument(layer, 4, "steps");
  for (std::size_t i = axes.size(); i < starts.size(); ++i) {
    axes.push_back(static_cast<std::int64_t>(i));
  }
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const auto axis = layer.view().axis(axes[i], in.size());
    const auto all = layer.shape_in(0)[axis];
    const auto size = layer.shape_out(0)[axis];
    if (size == all || layer.groups().is_fixed(in[axis])) continue;
    const bool whole_steps = i >= steps.size() || steps[i] == 1;
    const auto begin = starts[i] < 0 ? starts[i] + all : starts[i];
    if (!whole_steps || begin < 0 || begin + size > all) continue;  // `out` fixes it
    out[axis] = layer.groups().cut(in[axis], begin, size);
    layer.trace().cuts[layer.id()].push_back(
        {i, layer.groups().cut(in[axis], 0, begin), out[axis]});
  }
  layer.out(0, std::move(out));
}

// ---- others

// Dimensions that keep their size are the input's.
void where_equal(LayerTrace& layer) {
  const Dims in = layer.in(0);
  const auto& shape = layer.shape_out(0);
  if (shape.size() != in.size()) return layer.fix_all();
  Dims out = in;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (shape[axis] == layer.shape_in(0)[axis]) continue;
    layer.groups().fix(in[axis]);
    out[axis] = ChannelGroups::fixed(shape[axis]);
  }
  layer.out(0, std::move(out));
}

void expand(LayerTrace& layer) {
  const Dims all[] = {layer.in(0)};
  layer.out(0, layer.broadcast(all, layer.shape_out(0)));
}

void reduce(LayerTrace& layer) {
  const Dims in = layer.in(0);
  const auto stated = stated_axes(layer.view());
  std::vector<bool> gone(in.size(), stated.empty());
  for (const auto axis : stated) gone[layer.view().axis(axis, in.size())] = true;
  const bool keep = layer.view().integer("keepdims", 1) != 0;
  Dims out;
  for (std::size_t axis = 0; axis < in.size(); ++axis) {
    if (!gone[axis]) {
      out.push_back(in[axis]);
    } else if (keep) {
      out.push_back(ChannelGroups::fixed(1));
    }
  }
  layer.out(0, std::move(out));
}

void gather(LayerTrace& layer) {
  const Dims data = layer.in(0);
  const Dims places = layer.in(1);
  const auto axis = layer.view().axis(layer.view().integer("axis", 0), data.size());
  layer.groups().fix(data[axis]);
  const auto at = static_cast<std::ptrdiff_t>(axis);
  Dims out(data.begin(), data.begin() + at);
  out.insert(out.end(), places.begin(), places.end());
  out.insert(out.end(), data.begin() + at + 1, data.end());
  // Rows of an embedding table are as long as the table's maker likes.
  const bool is_table = layer.is_constant(0) && data.size() == 2 && axis == 0;
  if (is_table) out.back() = layer.made(0, 1);
  layer.out(0, std::move(out));
}

constexpr TraceRow kRows[] = {
    {"Concat", concat},        {"DepthToSpace", depth_to_space},
    {"Expand", expand},        {"Flatten", reshape},
    {"Gather", gather},        {"Pad", where_equal},
    {"ReduceL1", reduce},      {"ReduceL2", reduce},
    {"ReduceMax", reduce},     {"ReduceMean", reduce},
    {"ReduceMin", reduce},     {"ReduceSum", reduce},
    {"Reshape", reshape},      {"Resize", where_equal},
    {"Slice", slice},          {"SpaceToDepth", space_to_depth},
    {"Split", split_apart},    {"Squeeze", reshape},
    {"Transpose", transpose},  {"Unsqueeze", reshape},
    {"Upsample", where_equal},
};

}  // namespace

std::span<const TraceRow> movement_traces() { return kRows; }

}  // namespace roofbeam
