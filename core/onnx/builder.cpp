#include "core/onnx/builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/input_error.hpp"
#include "core/onnx/inlined_size.hpp"
#include "core/onnx/input_types.hpp"
#include "core/onnx/tensor_proto.hpp"
#include "core/operators/operator.hpp"

namespace roofbeam::onnx {
namespace {

constexpr std::int64_t kMostInlined = 250'000;        // layers that come from functions
constexpr std::int64_t kMostInlinedSize = 5'000'000;  // of all of them
constexpr int kDeepest = 64;                          // calls and graphs within each other

using FunctionKey = std::tuple<std::string_view, std::string_view, std::string_view>;

// What all graphs of a model share.
struct Shared {
  Shared(const Model& all, const ImportOptions& options, ExternalFiles& external)
      : model(all), types(options), files(external) {
    for (const auto& each : all.functions) {
      functions.emplace(FunctionKey{each.domain, each.name, each.overload}, &each);
    }
  }
  const Model& model;
  InputTypes types;
  ExternalFiles& files;
  std::map<FunctionKey, const Function*> functions;
  std::int64_t inlined = 0;  // layers
  std::int64_t inlined_size = 0;
  int depth = 0;

  // Files of a few functions that call each other must not fill the memory.
  void spend(const Function& function) {
    inlined += std::ssize(function.nodes);
    if (inlined > kMostInlined) {
      throw InputError(fmt::format("its functions make more than {} layers", kMostInlined));
    }
    inlined_size += onnx::inlined_size(function);
    if (inlined_size > kMostInlinedSize) {
      throw InputError(
          fmt::format("its functions make layers of more than {} inputs, outputs and attributes",
                      kMostInlinedSize));
    }
  }

  // An operator of the catalogue is what it is there, whatever function a file defines for it.
  [[nodiscard]] const Function* function_of(const Node& node) const {
    if (functions.empty() || find_operator(node.domain, node.op)) return nullptr;
    const auto found = functions.find({node.domain, node.op, node.overload});
    return found == functions.end() ? nullptr : found->second;
  }
};

// Counts how deep calls and graphs lie within each other.
class Level {
 public:
  explicit Level(Shared& shared) : shared_(shared) {
    if (++shared_.depth > kDeepest) {
      --shared_.depth;
      throw InputError(fmt::format(
          "has functions and graphs nested more than {} deep; does a function call itself?",
          kDeepest));
    }
  }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  ~Level() { --shared_.depth; }

 private:
  Shared& shared_;
};

// The parts of a network under construction.
struct Parts {
  std::vector<Tensor> tensors;
  std::vector<Layer> layers;
  std::vector<TensorId> inputs;
  std::vector<TensorId> outputs;
  Network::Notes notes;

  [[nodiscard]] Tensor& tensor(TensorId id) { return tensors[static_cast<std::size_t>(id)]; }
  TensorId add_tensor(std::string name) {
    tensors.emplace_back().name = std::move(name);
    return static_cast<TensorId>(tensors.size() - 1);
  }
  [[nodiscard]] Network network(std::string name) && {
    Network whole{std::move(name), std::move(tensors), std::move(layers), std::move(inputs),
                  std::move(outputs)};
    whole.set_notes(std::move(notes));
    return whole;
  }
};

// Names and what they mean: in the model's graph, in a graph within it, or in a function's body.
class Scope {
 public:
  Scope(Shared& shared, Parts& parts, const Opsets& opsets, Scope* outer = nullptr)
      : shared_(shared), parts_(parts), opsets_(opsets), outer_(outer) {}

  // The graph's attributes go into the layers.
  void fill(Graph& graph);
  // Puts the body of a function where it is called: the call's tensors under the function's names.
  void fill(const Function& function, const Node& call, const Layer& place);

  // The tensor of that name; a name of the outer scope becomes a captured input.
  TensorId id_of(std::string_view name);

  // What a graph reads from outside: tensors of the outer scope, in the order of its inputs.
  std::vector<TensorId> captured;

 private:
  void define(const Graph& graph);
  void reserve_for(const Graph& graph);
  void add_weight(const StoredTensor& stored);
  void add_input(const ValueInfo& info);
  void add_output(const ValueInfo& info);
  void state_type(const ValueInfo& info);
  void note_symbols(const ValueInfo& info, TensorId id);
  void add_node(const Node& node, std::vector<Attribute> attributes,
                std::vector<NamedGraph> graphs);
  void add_references(const Node& node, Layer& layer) const;
  [[nodiscard]] const Attribute* attribute_of_call(std::string_view name) const;
  [[nodiscard]] Layer layer_of(const Node& node, std::vector<Attribute> attributes);
  [[nodiscard]] std::shared_ptr<const Subgraph> subgraph_of(Graph& graph, Layer& layer);
  [[nodiscard]] int opset_of(std::string_view domain) const;
  [[nodiscard]] bool is_outermost() const { return outer_ == nullptr && call_ == nullptr; }

  Shared& shared_;
  Parts& parts_;
  const Opsets& opsets_;
  Scope* outer_;
  std::unordered_map<std::string_view, TensorId> ids_;
  std::set<std::string_view> defined_;  // of a graph within another
  const Layer* call_ = nullptr;         // of a function: the layer that calls it
  const Function* function_ = nullptr;
  std::string prefix_;  // before the names of a function's layers and tensors
};

TensorId Scope::id_of(std::string_view name) {
  if (name.empty()) return kNoTensor;
  const auto [entry, is_new] = ids_.try_emplace(name, kNoTensor);
  if (!is_new) return entry->second;
  const bool captures = outer_ != nullptr && defined_.count(name) == 0;
  const auto outside = captures ? outer_->id_of(name) : kNoTensor;
  if (captures && outside == kNoTensor) return kNoTensor;  // an input that a call leaves out
  entry->second = parts_.add_tensor(prefix_ + std::string(name));
  if (captures) {
    captured.push_back(outside);
    parts_.inputs.push_back(entry->second);
  }
  return entry->second;
}

// ---- graphs

// What a graph within another makes itself; every other name is the outer one's.
void Scope::define(const Graph& graph) {
  for (const auto& each : graph.initializers) defined_.insert(each.name);
  for (const auto& each : graph.inputs) defined_.insert(each.name);
  for (const auto& node : graph.nodes) defined_.insert(node.outputs.begin(), node.outputs.end());
}

void Scope::reserve_for(const Graph& graph) {
  std::size_t made = graph.initializers.size() + graph.inputs.size();
  for (const auto& node : graph.nodes) made += node.outputs.size();
  parts_.tensors.reserve(made);
  parts_.layers.reserve(graph.nodes.size());
  ids_.reserve(made);
}

void Scope::fill(Graph& graph) {
  reserve_for(graph);
  if (!is_outermost()) define(graph);
  for (const auto& initializer : graph.initializers) add_weight(initializer);
  for (const auto& input : graph.inputs) add_input(input);
  if (is_outermost()) parts_.notes.assumptions = shared_.types.finish();
  for (auto& node : graph.nodes) {
    add_node(node, std::move(node.attributes), std::move(node.graphs));
  }
  for (const auto& info : graph.value_infos) state_type(info);
  for (const auto& info : graph.outputs) state_type(info);
  for (const auto& info : graph.outputs) add_output(info);
}

void Scope::add_weight(const StoredTensor& stored) {
  if (stored.name.empty()) throw InputError("has an initializer without a name");
  auto& weight = parts_.tensor(id_of(stored.name));
  if (weight.constant) throw InputError(fmt::format("has two initializers '{}'", stored.name));
  set_type(weight, stored.type);
  weight.constant = true;
  if (!stored.external) return;
  const auto bytes = shared_.files.bytes_of(stored);
  if (!bytes.empty()) weight.values = values_of_bytes(stored.type, bytes);
}

// Up to IR version 3, initializers are listed among the inputs too.
void Scope::add_input(const ValueInfo& info) {
  const auto id = info.name.empty() ? parts_.add_tensor("") : id_of(info.name);
  if (parts_.tensor(id).constant) return;
  parts_.inputs.push_back(id);
  parts_.tensor(id).element = info.type.element;
  parts_.tensor(id).container = info.type.container;
  if (!is_outermost()) return;
  note_symbols(info, id);
  if (auto type = shared_.types.of_input(info)) set_type(parts_.tensor(id), *std::move(type));
}

void Scope::add_output(const ValueInfo& info) {
  if (info.name.empty()) throw InputError("has a graph with an output without a name");
  if (is_outermost() && ids_.count(info.name) == 0) {
    throw InputError(fmt::format("output '{}' of the network is made by no layer", info.name));
  }
  const auto id = id_of(info.name);
  if (id == kNoTensor)
    throw InputError(fmt::format("has a graph whose output '{}' a call leaves out", info.name));
  parts_.outputs.push_back(id);
}

void Scope::note_symbols(const ValueInfo& info, TensorId id) {
  auto symbols = symbols_of(info);
  if (!symbols.empty()) parts_.notes.symbols[id] = std::move(symbols);
}

// A shape that the file states for a tensor: used where the catalogue cannot tell.
void Scope::state_type(const ValueInfo& info) {
  const auto found = ids_.find(info.name);
  if (found == ids_.end() || found->second == kNoTensor) return;
  auto& tensor = parts_.tensor(found->second);
  note_symbols(info, found->second);
  if (tensor.shape) return;
  if (auto type = shared_.types.stated(info)) set_type(tensor, *std::move(type));
}

// ---- nodes

int Scope::opset_of(std::string_view domain) const {
  for (const auto* opsets : {&opsets_, &shared_.model.opsets}) {
    for (const auto& [name, version] : *opsets) {
      if (name == domain) return static_cast<int>(std::clamp<std::int64_t>(version, 1, 1000));
    }
  }
  return 1;
}

Layer Scope::layer_of(const Node& node, std::vector<Attribute> attributes) {
  Layer layer;
  layer.name = prefix_ + (node.name.empty() ? fmt::format("{}_{}", node.op, parts_.layers.size())
                                            : std::string(node.name));
  layer.op = node.op;
  layer.domain = node.domain;
  layer.opset = opset_of(node.domain);
  layer.attributes = std::move(attributes);
  add_references(node, layer);
  for (const auto name : node.inputs) layer.inputs.push_back(id_of(name));
  for (const auto name : node.outputs) layer.outputs.push_back(id_of(name));
  return layer;
}

void Scope::add_node(const Node& node, std::vector<Attribute> attributes,
                     std::vector<NamedGraph> graphs) {
  auto layer = layer_of(node, std::move(attributes));
  if (const auto* function = shared_.function_of(node)) {
    const Level level(shared_);
    Scope(shared_, parts_, function->opsets).fill(*function, node, layer);
    return;
  }
  for (auto& each : graphs) {
    layer.attributes.push_back({std::string(each.name), subgraph_of(each.graph, layer)});
  }
  parts_.layers.push_back(std::move(layer));
}

std::shared_ptr<const Subgraph> Scope::subgraph_of(Graph& graph, Layer& layer) {
  const Level level(shared_);
  Parts parts;
  Scope scope(shared_, parts, opsets_, this);
  scope.fill(graph);
  std::vector<std::size_t> places;
  for (const auto id : scope.captured) {
    const auto own =
        layer.inputs.begin() + static_cast<std::ptrdiff_t>(layer.inputs.size() - layer.captured);
    auto found = std::find(own, layer.inputs.end(), id);
    if (found == layer.inputs.end()) {
      layer.inputs.push_back(id);
      ++layer.captured;
      found = layer.inputs.end() - 1;
    }
    places.push_back(static_cast<std::size_t>(found - layer.inputs.begin()));
  }
  return std::make_shared<const Subgraph>(
      Subgraph{std::move(parts).network(std::string(graph.name)), std::move(places)});
}

// ---- functions

// The call's attribute of that name, or its default. Graphs within a function know them too.
const Attribute* Scope::attribute_of_call(std::string_view name) const {
  if (call_ == nullptr) return outer_ == nullptr ? nullptr : outer_->attribute_of_call(name);
  for (const auto* attributes : {&call_->attributes, &function_->defaults}) {
    const auto found = std::ranges::find(*attributes, name, &Attribute::name);
    if (found != attributes->end()) return &*found;
  }
  return nullptr;
}

// Attributes that stand for one of the call; without one they are left out.
void Scope::add_references(const Node& node, Layer& layer) const {
  for (const auto& [name, of_call] : node.references) {
    const auto* found = attribute_of_call(of_call);
    if (found != nullptr) layer.attributes.push_back({std::string(name), found->value});
  }
}

void check_call(const Function& function, const Node& call, const Layer& place) {
  const auto check = [&](std::string_view what, std::size_t given, std::size_t most) {
    if (given <= most) return;
    throw InputError(
        fmt::format("{} has {} {}, its function has {}", describe(place), given, what, most));
  };
  check("inputs", call.inputs.size(), function.inputs.size());
  check("outputs", call.outputs.size(), function.outputs.size());
}

void Scope::fill(const Function& function, const Node& call, const Layer& place) {
  check_call(function, call, place);
  shared_.spend(function);
  function_ = &function;
  call_ = &place;
  prefix_ = place.name + "/";
  for (std::size_t i = 0; i < function.inputs.size(); ++i) {
    ids_.emplace(function.inputs[i], i < place.inputs.size() ? place.inputs[i] : kNoTensor);
  }
  std::vector<std::size_t> handed_on;  // outputs that are inputs, or stand there twice
  for (std::size_t i = 0; i < std::min(function.outputs.size(), place.outputs.size()); ++i) {
    if (place.outputs[i] == kNoTensor) continue;
    if (!ids_.emplace(function.outputs[i], place.outputs[i]).second) handed_on.push_back(i);
  }
  for (const auto& node : function.nodes) add_node(node, node.attributes, node.graphs);
  for (const auto& info : function.value_infos) state_type(info);
  for (const auto i : handed_on) {
    Node identity;
    identity.op = "Identity";
    auto layer = layer_of(identity, {});
    layer.inputs = {id_of(function.outputs[i])};
    layer.outputs = {place.outputs[i]};
    parts_.layers.push_back(std::move(layer));
  }
}

}  // namespace

Network build(Model model, const ImportOptions& options, ExternalFiles& files) {
  Shared shared(model, options, files);
  Parts parts;
  Scope(shared, parts, model.opsets).fill(model.graph);
  return std::move(parts).network(std::string(model.graph.name));
}

}  // namespace roofbeam::onnx
