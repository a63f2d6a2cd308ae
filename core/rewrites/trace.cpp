#include "core/rewrites/trace.hpp"

#include <algorithm>

#include "core/input_error.hpp"
#include "core/operators/rules.hpp"
#include "core/rewrites/tracer.hpp"

namespace roofbeam {
namespace {

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

Dims fixed_dims(const Shape& shape) {
  Dims dims;
  for (const auto size : shape) dims.push_back(ChannelGroups::fixed(size));
  return dims;
}

}  // namespace

std::optional<Shape> ChannelTrace::shape_with(TensorId id,
                                              const std::vector<std::int64_t>& sizes) const {
  if (id == kNoTensor || index(id) >= dims.size() || dims[index(id)].empty()) return std::nullopt;
  Shape shape;
  for (const auto& extent : dims[index(id)]) shape.push_back(groups.size_with(extent, sizes));
  return shape;
}

// ---- one layer

const Dims& LayerTrace::in(std::size_t i) {
  const auto id = layer().inputs[i];
  auto& dims = trace_.dims[index(id)];
  const auto& tensor = network_.tensor(id);
  if (dims.empty() && tensor.constant) {
    for (const auto size : *tensor.shape) dims.push_back(groups().add(size));
  }
  return dims;
}

void LayerTrace::out(std::size_t i, Dims dims) {
  if (!view_.has_output(i)) return;
  const auto& shape = shape_out(i);
  if (dims.size() != shape.size()) {
    for (const auto& extent : dims) groups().fix(extent);
    dims = fixed_dims(shape);
  }
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (groups().size(dims[axis]) == shape[axis]) continue;
    groups().fix(dims[axis]);
    dims[axis] = ChannelGroups::fixed(shape[axis]);
  }
  trace_.dims[index(layer().outputs[i])] = std::move(dims);
}

Extent LayerTrace::made(std::size_t input, std::size_t axis) {
  const auto extent = in(input)[axis];
  if (is_constant(input)) groups().tie(extent, groups().add(shape_in(input)[axis], layer().name));
  return extent;
}

Dims LayerTrace::broadcast(std::span<const Dims> all, const Shape& result) {
  Dims dims(result.size());
  for (std::size_t back = 1; back <= result.size(); ++back) {
    auto& joined = dims[result.size() - back];
    bool found = false;
    for (const auto& each : all) {
      if (each.size() < back) continue;
      const auto& extent = each[each.size() - back];
      const bool stretched = groups().size(extent) != result[result.size() - back];
      if (stretched) {
        groups().fix(extent);
      } else if (!found) {
        joined = extent;
        found = true;
      } else {
        tie(joined, extent);
      }
    }
    if (!found) joined = ChannelGroups::fixed(result[result.size() - back]);
  }
  return dims;
}

void LayerTrace::fix_all() {
  for (std::size_t i = 0; i < layer().inputs.size(); ++i) {
    if (layer().inputs[i] == kNoTensor || !network_.tensor(layer().inputs[i]).shape) continue;
    for (const auto& extent : Dims(in(i))) groups().fix(extent);
  }
  for (const auto id : layer().outputs) {
    if (id == kNoTensor || !network_.tensor(id).shape) continue;
    trace_.dims[index(id)] = fixed_dims(*network_.tensor(id).shape);
  }
}

namespace {

// ---- all layers

const TraceRow* row_of(const Layer& layer) {
  const auto name = kernel_name(layer);
  for (const auto rows : {product_traces(), elementwise_traces(), movement_traces()}) {
    const auto found = std::ranges::find(rows, name, &TraceRow::op);
    if (found != rows.end()) return &*found;
  }
  return nullptr;
}

bool is_known(const Network& network, const Layer& layer) {
  const auto shaped = [&](TensorId id) {
    return id == kNoTensor || (network.tensor(id).shape.has_value() &&
                               network.tensor(id).container == Container::tensor);
  };
  return std::ranges::all_of(layer.inputs, shaped) && std::ranges::all_of(layer.outputs, shaped) &&
         (layer.state == LayerState::modelled || layer.state == LayerState::view);
}

// Extents of scalars are known, though there are none.
bool has_extents(const Network& network, const ChannelTrace& trace, const Layer& layer) {
  return std::ranges::all_of(layer.inputs, [&](TensorId id) {
    return id == kNoTensor || network.tensor(id).constant || network.tensor(id).shape->empty() ||
           !trace.dims[index(id)].empty();
  });
}

bool hands_on(const Layer& layer) {
  const auto* row = find_operator(layer.domain, layer.op);
  return row != nullptr && (row->shape == same_as_input || row->shape == pass_through);
}

bool is_plain(const Network& network, const Layer& layer) {
  return hands_on(layer) && layer.inputs.size() == 1 && layer.outputs.size() == 1 &&
         !network.tensor(layer.inputs.front()).constant;
}

void follow(const Network& network, LayerId id, ChannelTrace& trace) {
  const auto& layer = network.layer(id);
  LayerTrace each(network, id, trace);
  const auto* row = row_of(layer);
  try {
    if (!is_known(network, layer) || !has_extents(network, trace, layer)) {
      each.fix_all();
    } else if (row != nullptr) {
      row->follow(each);
    } else if (is_plain(network, layer)) {
      each.out(0, each.in(0));
    } else {
      each.fix_all();
    }
  } catch (const InputError&) {
    each.fix_all();
  } catch (const DependsOnData&) {
    each.fix_all();
  }
}

}  // namespace

ChannelTrace trace_channels(const Network& network, Ends outputs) {
  ChannelTrace trace;
  trace.dims.resize(network.tensors().size());
  for (const auto id : network.inputs()) {
    const auto& shape = network.tensor(id).shape;
    if (shape) trace.dims[index(id)] = fixed_dims(*shape);
  }
  for (std::size_t id = 0; id < network.layers().size(); ++id) {
    follow(network, static_cast<LayerId>(id), trace);
  }
  if (outputs == Ends::free) return trace;
  for (const auto id : network.outputs()) {
    for (const auto& extent : trace.dims[index(id)]) trace.groups.fix(extent);
  }
  return trace;
}

}  // namespace roofbeam
