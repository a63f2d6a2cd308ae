#include "core/onnx/import.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <set>
#include <unordered_map>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "core/onnx/mapped_file.hpp"
#include "core/onnx/model.hpp"
#include "core/operators/infer.hpp"

namespace roofbeam::onnx {
namespace {

// Symbolic dimensions and the numbers that the user gave for them.
class Dims {
 public:
  explicit Dims(const std::map<std::string, std::int64_t>& given) : given_(given) {}

  // The number of a dimension of a value, or nullopt if it is unbound.
  std::optional<std::int64_t> resolve(const ValueInfo& info, std::size_t axis) {
    const auto& dimension = (*info.shape)[axis];
    const auto name = name_of(info, axis);
    const auto given = given_.find(name);
    if (!dimension.value) known_.insert(name);
    if (given == given_.end()) return dimension.value;
    used_.insert(name);
    return given->second;
  }

  // What --dim calls it: its own name, or INPUT.AXIS where the file gives none.
  [[nodiscard]] static std::string name_of(const ValueInfo& info, std::size_t axis) {
    const auto& name = (*info.shape)[axis].name;
    return name.empty() ? fmt::format("{}.{}", info.name, axis) : std::string(name);
  }

  void require_all_used() const {
    for (const auto& [name, value] : given_) {
      if (used_.count(name) != 0) continue;
      const std::vector<std::string> known(known_.begin(), known_.end());
      const auto hint = nearest(name, known);
      throw InputError(
          fmt::format("--dim {}={}: no input has a dimension '{}'{}{}", name, value, name,
                      known.empty() ? "; all dimensions are numbers"
                                    : fmt::format("; unknown ones are: {}", fmt::join(known, ", ")),
                      hint ? fmt::format("; did you mean '{}'?", *hint) : ""));
    }
  }

 private:
  const std::map<std::string, std::int64_t>& given_;
  std::set<std::string> used_;
  std::set<std::string> known_;
};

// Collects tensors and layers under their names, then makes the Network.
class Builder {
 public:
  Builder(const Model& model, const ImportOptions& options) : model_(model), dims_(options.dims) {}

  Network build() {
    const auto& graph = model_.graph;
    for (const auto& initializer : graph.initializers) add_weight(initializer);
    for (const auto& input : graph.inputs) add_input(input);
    if (!unbound_.empty()) throw_unbound();
    dims_.require_all_used();
    for (const auto& node : graph.nodes) add_layer(node);
    for (const auto& info : graph.value_infos) state_type(info);
    for (const auto& info : graph.outputs) state_type(info);
    return {std::string(graph.name), std::move(tensors_), std::move(layers_), std::move(inputs_),
            outputs()};
  }

 private:
  TensorId id_of(std::string_view name) {
    if (name.empty()) return kNoTensor;
    const auto [entry, is_new] = ids_.try_emplace(name, static_cast<TensorId>(tensors_.size()));
    if (is_new) tensors_.emplace_back().name = name;
    return entry->second;
  }
  Tensor& tensor(TensorId id) { return tensors_[static_cast<std::size_t>(id)]; }

  void add_weight(const StoredTensor& stored) {
    if (stored.name.empty()) throw InputError("has an initializer without a name");
    auto& weight = tensor(id_of(stored.name));
    if (weight.constant) throw InputError(fmt::format("has two initializers '{}'", stored.name));
    weight.element = stored.type.element;
    weight.shape = stored.type.shape;
    weight.values = stored.type.values;
    weight.constant = true;
  }

  // Up to IR version 3, initializers are listed among the inputs too.
  void add_input(const ValueInfo& info) {
    const auto id = id_of(info.name);
    if (id == kNoTensor || tensor(id).constant) return;
    inputs_.push_back(id);
    tensor(id).element = info.element;
    if (!info.shape) {
      throw InputError(
          fmt::format("input '{}' states no shape; export the model with one, or set it "
                      "with onnx.tools.update_model_dims",
                      info.name));
    }
    Shape shape;
    for (std::size_t axis = 0; axis < info.shape->size(); ++axis) {
      shape.push_back(input_dimension(info, axis));
    }
    tensor(id).shape = std::move(shape);
  }

  std::int64_t input_dimension(const ValueInfo& info, std::size_t axis) {
    const auto value = dims_.resolve(info, axis);
    const auto name = Dims::name_of(info, axis);
    if (!value) {
      unbound_.push_back(fmt::format("'{}' (dimension {} of input '{}')", name, axis, info.name));
      unbound_names_.insert(name);
      return 1;
    }
    if (*value <= 0) {
      throw InputError(fmt::format(
          "dimension {} of input '{}' is {}; it must be at least 1: give it with --dim {}=N", axis,
          info.name, *value, name));
    }
    return *value;
  }

  [[noreturn]] void throw_unbound() const {
    std::string remedy;
    for (const auto& name : unbound_names_) remedy += fmt::format(" --dim {}=N", name);
    throw InputError(fmt::format("has unknown dimensions: {}; give {} with{}",
                                 fmt::join(unbound_, ", "),
                                 unbound_names_.size() == 1 ? "it" : "them", remedy));
  }

  // A shape that the file states for a tensor: used where the catalogue cannot tell.
  void state_type(const ValueInfo& info) {
    const auto found = ids_.find(info.name);
    if (found == ids_.end() || !info.shape) return;
    auto& stated = tensor(found->second);
    if (stated.shape) return;
    Shape shape;
    for (std::size_t axis = 0; axis < info.shape->size(); ++axis) {
      const auto value = dims_.resolve(info, axis);
      if (!value || *value < 0) return;
      shape.push_back(*value);
    }
    stated.element = info.element;
    stated.shape = std::move(shape);
  }

  void add_layer(const Node& node) {
    Layer layer;
    layer.name =
        node.name.empty() ? fmt::format("{}_{}", node.op, layers_.size()) : std::string(node.name);
    layer.op = node.op;
    layer.domain = node.domain;
    layer.opset = opset_of(node.domain);
    layer.attributes = node.attributes;
    for (const auto name : node.inputs) layer.inputs.push_back(id_of(name));
    for (const auto name : node.outputs) layer.outputs.push_back(id_of(name));
    layers_.push_back(std::move(layer));
  }

  [[nodiscard]] int opset_of(std::string_view domain) const {
    for (const auto& [name, version] : model_.opsets) {
      if (name == domain) return static_cast<int>(std::clamp<std::int64_t>(version, 1, 1000));
    }
    return 1;
  }

  std::vector<TensorId> outputs() {
    std::vector<TensorId> ids;
    for (const auto& info : model_.graph.outputs) {
      const auto found = ids_.find(info.name);
      if (found == ids_.end()) {
        throw InputError(fmt::format("output '{}' of the network is made by no layer", info.name));
      }
      ids.push_back(found->second);
    }
    return ids;
  }

  const Model& model_;
  Dims dims_;
  std::unordered_map<std::string_view, TensorId> ids_;
  std::vector<Tensor> tensors_;
  std::vector<Layer> layers_;
  std::vector<TensorId> inputs_;
  std::vector<std::string> unbound_;
  std::set<std::string> unbound_names_;
};

}  // namespace

Network import_bytes(std::string_view bytes, const std::string& name,
                     const ImportOptions& options) {
  try {
    const auto model = parse(bytes);
    return infer(Builder(model, options).build());
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: error: {}", name, error.what()));
  }
}

Network import(const std::string& path, const ImportOptions& options) {
  const auto open = [&] {
    try {
      return std::make_unique<MappedFile>(path);
    } catch (const InputError& error) {
      throw InputError(fmt::format("{}: error: {}", path, error.what()));
    }
  };
  return import_bytes(open()->bytes(), path, options);
}

}  // namespace roofbeam::onnx
