#include "core/operators/flow/body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

TensorId at(const std::vector<TensorId>& ids, std::size_t i) {
  return i < ids.size() ? ids[i] : kNoTensor;
}

template <class T>
const T* attribute_of(const Layer& layer, std::string_view name) {
  const auto found = std::ranges::find(layer.attributes, name, &Attribute::name);
  return found == layer.attributes.end() ? nullptr : std::get_if<T>(&found->value);
}

void enter(Tensor& formal, const MaybeType& type) {
  formal.constant = false;
  formal.shape.reset();
  formal.values.reset();
  if (type) set_type(formal, *type);
}

// What a body captures is inside as it is outside, values and all.
void capture(Tensor& inside, const Tensor& outside) {
  enter(inside, outside.shape ? MaybeType(type_of(outside)) : std::nullopt);
  inside.element = outside.element;
  inside.constant = outside.constant;
}

bool states_within(const Tensor& tensor, const Shape& bound) {
  return tensor.shape && std::ranges::equal(*tensor.shape, bound, std::ranges::less_equal{});
}

}  // namespace

TensorId Site::input(std::size_t i) const {
  return i < own_inputs() ? layer().inputs[i] : kNoTensor;
}

TensorId Site::output(std::size_t i) const { return at(layer().outputs, i); }

MaybeType Site::input_type(std::size_t i) const {
  const auto tensor = input(i);
  if (tensor == kNoTensor || !network.tensor(tensor).shape) return std::nullopt;
  auto type = type_of(network.tensor(tensor));
  type.values.reset();
  return type;
}

std::int64_t Site::attribute(std::string_view name, std::int64_t otherwise) const {
  const auto* value = attribute_of<std::int64_t>(layer(), name);
  return value ? *value : otherwise;
}

std::vector<std::int64_t> Site::attributes(std::string_view name) const {
  const auto* value = attribute_of<std::vector<std::int64_t>>(layer(), name);
  return value ? *value : std::vector<std::int64_t>{};
}

const Subgraph& Site::subgraph(std::string_view name) const {
  const auto* found = attribute_of<std::shared_ptr<const Subgraph>>(layer(), name);
  if (found == nullptr || *found == nullptr) {
    fail(fmt::format("attribute '{}' must be a graph", name));
  }
  return **found;
}

void Site::fail(const std::string& text) const {
  throw InputError(fmt::format("{}: {}", describe(layer()), text));
}

void Site::assume(const std::string& text) const {
  network.assume(fmt::format("{}: {}", describe(layer()), text));
}

Network run_body(const Site& site, const Subgraph& subgraph, const std::vector<MaybeType>& formal,
                 std::size_t least_outputs, ControlFlow& control_flow) {
  if (formal.size() != subgraph.formal_inputs()) {
    site.fail(fmt::format("its body takes {} inputs, but gets {}", subgraph.formal_inputs(),
                          formal.size()));
  }
  if (subgraph.body.outputs().size() < least_outputs) {
    site.fail(fmt::format("its body makes {} outputs, but {} are needed",
                          subgraph.body.outputs().size(), least_outputs));
  }
  auto body = subgraph.body.copy();
  const auto inputs = body.inputs();
  for (std::size_t i = 0; i < formal.size(); ++i) enter(body.tensor(inputs[i]), formal[i]);
  for (std::size_t i = 0; i < subgraph.captured.size(); ++i) {
    const auto outside = site.layer().inputs[subgraph.captured[i]];
    capture(body.tensor(inputs[formal.size() + i]), site.network.tensor(outside));
  }
  return infer_with(std::move(body), control_flow, site.full_name() + "/");
}

MaybeType output_type(const Network& body, std::size_t i) {
  const auto& tensor = body.tensor(body.outputs()[i]);
  return tensor.shape ? MaybeType(type_of(tensor)) : std::nullopt;
}

void settle(const Site& site, std::size_t output, MaybeType type, bool guessed) {
  if (!type || site.output(output) == kNoTensor) return;
  auto& tensor = site.network.tensor(site.output(output));
  const bool stated =
      tensor.shape && (guessed || (type->upper_bound && states_within(tensor, type->shape)));
  if (stated) {
    type->shape = *tensor.shape;
    type->upper_bound = false;
  }
  set_type(tensor, *std::move(type));
}

Splice splice_of(const Site& site, const Subgraph& subgraph, Network body) {
  Splice splice{
      .at = site.id, .body = std::move(body), .inputs = {}, .outputs = {}, .collected = {}};
  splice.inputs.resize(subgraph.formal_inputs());
  for (const auto place : subgraph.captured) splice.inputs.push_back({site.layer().inputs[place]});
  splice.outputs.assign(splice.body.outputs().size(), kNoTensor);
  return splice;
}

bool same_type(const MaybeType& a, const MaybeType& b) {
  if (!a || !b) return !a && !b;
  return a->element == b->element && a->container == b->container && a->shape == b->shape &&
         std::ranges::equal(a->items, b->items, [](const TensorType& x, const TensorType& y) {
           return same_type(x, y);
         });
}

BodyCost cost_of(const Network& body) {
  BodyCost cost;
  for (const auto& layer : body.layers()) {
    const auto repeat = static_cast<double>(layer.repeat);
    cost.operations += static_cast<double>(layer.work.macs) * repeat;
    for (const auto ops : layer.work.vector_ops) cost.operations += ops * repeat;
    if (layer.state != LayerState::modelled) continue;
    for (const auto id : layer.outputs) {
      if (id == kNoTensor || !body.tensor(id).shape) continue;
      const auto& tensor = body.tensor(id);
      cost.bytes +=
          static_cast<double>(element_count(*tensor.shape)) * bits(tensor.element) / 8 * repeat;
    }
  }
  return cost;
}

}  // namespace roofbeam
