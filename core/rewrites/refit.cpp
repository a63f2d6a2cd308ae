#include "core/rewrites/refit.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/input_error.hpp"
#include "core/operators/infer_layer.hpp"
#include "core/operators/operator.hpp"

namespace roofbeam {
namespace {

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

// ---- putting shape layers back

bool readable(const std::vector<Tensor>& tensors, const std::vector<bool>& made,
              const Layer& layer) {
  return std::ranges::all_of(layer.inputs, [&](TensorId id) {
    return id == kNoTensor || tensors[index(id)].constant || made[index(id)];
  });
}

}  // namespace

Network with_shape_layers(const Network& network) {
  auto notes = network.notes();
  const auto shape_layers = std::exchange(notes.shape_layers, {});
  auto tensors = network.tensors();
  auto layers = network.layers();
  std::vector<bool> made(tensors.size());
  for (const auto id : network.inputs()) made[index(id)] = true;
  for (const auto& layer : layers) {
    for (const auto id : layer.outputs) {
      if (id != kNoTensor) made[index(id)] = true;
    }
  }
  for (const auto& layer : shape_layers) {
    if (!readable(tensors, made, layer)) continue;
    for (const auto id : layer.outputs) {
      if (id == kNoTensor) continue;
      made[index(id)] = true;
      tensors[index(id)].constant = false;
      tensors[index(id)].values.reset();
    }
    layers.push_back(layer);
  }
  Network whole{network.name(), std::move(tensors), std::move(layers), network.inputs(),
                network.outputs()};
  whole.set_notes(std::move(notes));
  return whole;
}

// ---- what a fit does

void Refitting::note(const std::string& change, const Layer& layer) {
  auto found = std::ranges::find(changes, change, [](const auto& each) { return each.first; });
  if (found == changes.end()) found = changes.insert(changes.end(), {change, {}});
  found->second.push_back(layer.name);
}

void Refitting::set_integers(LayerId layer, std::size_t input, std::vector<std::int64_t> values) {
  Tensor constant = now.tensor(now.layer(layer).inputs[input]);
  constant.shape = Shape{std::ssize(values)};
  constant.values = Values{std::move(values)};
  constant.folded_from.clear();
  now.layer(layer).inputs[input] = now.add_constant(std::move(constant));
}

void Refitting::set_attribute(LayerId layer, const std::string& name,
                              std::vector<std::int64_t> values) {
  auto& attributes = now.layer(layer).attributes;
  std::erase_if(attributes, [&](const Attribute& each) { return each.name == name; });
  attributes.push_back({name, std::move(values)});
}

void Refitting::set_attribute(LayerId layer, const std::string& name, std::int64_t value) {
  auto& attributes = now.layer(layer).attributes;
  std::erase_if(attributes, [&](const Attribute& each) { return each.name == name; });
  attributes.push_back({name, value});
}

void Refitting::reshape_constant(TensorId id, Shape shape) {
  auto& tensor = now.tensor(id);
  if (tensor.shape == shape) return;
  std::int64_t stored = 0;
  for (const auto source : tensor.folded_from) {
    const auto& from = now.tensor(source).shape;
    if (from) stored += element_count(*from);
  }
  if (stored < element_count(shape)) tensor.folded_from.clear();
  tensor.shape = std::move(shape);
  tensor.values.reset();
}

void Refitting::repeat_constant(LayerId layer, std::size_t input, Shape shape) {
  const auto once = now.layer(layer).inputs[input];
  Tensor repeated = now.tensor(once);
  repeated.shape = std::move(shape);
  repeated.values.reset();
  if (repeated.folded_from.empty()) repeated.folded_from = {once};
  now.layer(layer).inputs[input] = now.add_constant(std::move(repeated));
}

bool Refitting::is_stored(TensorId id) const {
  return id != kNoTensor && now.tensor(id).constant && !now.tensor(id).producer;
}

bool Refitting::is_changed(TensorId id) const {
  if (id == kNoTensor) return false;
  if (index(id) >= before.tensors().size()) return true;
  const auto& is = now.tensor(id);
  const auto& was = before.tensor(id);
  if (is.shape != was.shape || is.values.has_value() != was.values.has_value()) return true;
  return is.values && is.values->elements != was.values->elements;
}

const Layer* Refitting::layer_before(const Layer& layer) const {
  for (const auto id : layer.outputs) {
    if (id == kNoTensor || index(id) >= before.tensors().size()) continue;
    const auto& producer = before.tensor(id).producer;
    if (producer) return &before.layer(*producer);
  }
  return nullptr;
}

std::vector<Shape> Refitting::shapes_by_rule(const Layer& layer) const {
  const auto* row = find_operator(layer.domain, layer.op);
  std::vector<Shape> shapes;
  if (row == nullptr) return shapes;
  try {
    for (const auto& type : row->shape(LayerView(now, layer))) shapes.push_back(type.shape);
  } catch (const InputError&) {
    shapes.clear();
  } catch (const DependsOnData&) {
    shapes.clear();
  }
  return shapes;
}

namespace {

// ---- inferring again

bool is_control_flow(const Layer& layer) {
  static constexpr std::array<std::string_view, 4> kOps = {"If", "Loop", "Scan", "SequenceMap"};
  return layer.domain.empty() && std::ranges::find(kOps, layer.op) != kOps.end();
}

std::array<double, kVectorOpKinds> ops_by_rule(const Network& network, const Layer& layer) {
  const auto* row = find_operator(layer.domain, layer.op);
  if (row == nullptr || row->work == nullptr) return layer.work.vector_ops;
  try {
    return row->work(LayerView(network, layer)).vector_ops;
  } catch (const InputError&) {
  } catch (const DependsOnData&) {
  }
  return layer.work.vector_ops;
}

double growth(const Network& now, const Network& before, TensorId id) {
  const auto& was = before.tensor(id).shape;
  const auto& is = now.tensor(id).shape;
  if (!was || !is || element_count(*was) == 0) return 1;
  return static_cast<double>(element_count(*is)) / static_cast<double>(element_count(*was));
}

class Inference {
 public:
  Inference(Refitting& refitting, const Fit& fit) : work_(refitting), fit_(fit) {}

  void run() {
    for (std::size_t i = 0; i < work_.now.layers().size(); ++i) {
      const auto id = static_cast<LayerId>(i);
      const auto& layer = work_.now.layer(id);
      const bool changed = work_.layer_before(layer) == nullptr ||
                           std::ranges::any_of(layer.inputs, [&](TensorId input) {
                             return work_.is_changed(input);
                           });
      if (changed) again(id);
    }
  }

 private:
  void again(LayerId id) {
    const auto& layer = work_.now.layer(id);
    if (is_control_flow(layer) || find_operator(layer.domain, layer.op) == nullptr) {
      work_.note("what it makes is taken to keep its shape", layer);
      return;
    }
    fit_(work_, id);
    forget(id);
    infer_layer(work_.now, work_.now.layer(id), budget_);
    restore(id);
  }

  // What was assumed of the layer, and bounds that were its shape.
  void forget(LayerId id) {
    const auto& layer = work_.now.layer(id);
    const auto prefix = describe(layer) + ": ";
    const auto is_old = [&](const std::string& each) { return each.starts_with(prefix); };
    if (std::ranges::any_of(work_.now.assumptions(), is_old)) {
      auto notes = work_.now.notes();
      std::erase_if(notes.assumptions, is_old);
      work_.now.set_notes(std::move(notes));
    }
    for (const auto output : layer.outputs) {
      if (output != kNoTensor && work_.now.tensor(output).upper_bound) {
        work_.now.tensor(output).shape.reset();
      }
    }
  }

  // Types stay what quantization made of them, and its work stays with the layer.
  void restore(LayerId id) {
    auto& layer = work_.now.layer(id);
    for (const auto output : layer.outputs) {
      if (output == kNoTensor || index(output) >= work_.before.tensors().size()) continue;
      const auto element = work_.before.tensor(output).element;
      if (element != ElementType::undefined) work_.now.tensor(output).element = element;
    }
    const auto* was = work_.layer_before(layer);
    if (was == nullptr || layer.state != LayerState::modelled) return;
    if (layer.outputs.front() == kNoTensor) return;
    const auto counted = ops_by_rule(work_.before, *was);
    const auto scale = growth(work_.now, work_.before, layer.outputs.front());
    for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
      const auto extra = was->work.vector_ops[kind] - counted[kind];
      if (extra > 0) layer.work.vector_ops[kind] += extra * scale;
    }
  }

  Refitting& work_;
  const Fit& fit_;
  KnownBudget budget_;
};

std::string sentence(const std::string& what, const std::string& change,
                     const std::vector<std::string>& layers) {
  constexpr std::size_t kNamed = 3;
  const auto named = std::min(layers.size(), kNamed);
  std::vector<std::string> quoted;
  for (std::size_t i = 0; i < named; ++i) quoted.push_back(fmt::format("'{}'", layers[i]));
  return fmt::format("{}: {}, in {} ({}{})", what, change,
                     layers.size() == 1 ? "one layer" : fmt::format("{} layers", layers.size()),
                     fmt::join(quoted, ", "), layers.size() > kNamed ? ", ..." : "");
}

}  // namespace

Network refit(Network changed, const Network& before, const std::string& what, const Fit& fit) {
  Refitting refitting{std::move(changed), before, what};
  try {
    Inference(refitting, fit).run();
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", what, error.what()));
  }
  for (const auto& [change, layers] : refitting.changes) {
    refitting.now.assume(sentence(what, change, layers));
  }
  return without_constant_layers(std::move(refitting.now));
}

}  // namespace roofbeam
