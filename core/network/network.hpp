// The graph of layers and tensors. Connections are fixed when a Network is made; what the catalogue
// finds out about layers and tensors (shapes, work) is filled in later.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/network/tensor.hpp"

namespace roofbeam {

using LayerId = std::int32_t;              // index into Network::layers()
using TensorId = std::int32_t;             // index into Network::tensors()
inline constexpr TensorId kNoTensor = -1;  // an optional input that is left out ("" in ONNX)

// Kinds of work that is not a multiply-add; each counts one operation on one element.
enum class VectorOp : std::uint8_t { add, multiply, divide, compare, square_root, exponential };
inline constexpr std::size_t kVectorOpKinds = 6;

// A batch of matrix products, or a convolution seen as one (im2col): per batch item or group,
// m rows (output positions) times n columns (output channels), each a sum over k.
struct MatrixWork {
  std::int64_t batch = 0;
  std::int64_t m = 0;
  std::int64_t n = 0;
  std::int64_t k = 0;
};

// What a layer computes, as counted by its row of the catalogue. Bytes follow from its tensors.
struct Work {
  std::int64_t macs = 0;
  MatrixWork matrix;  // zeros when there are no MACs
  std::array<double, kVectorOpKinds> vector_ops{};
  [[nodiscard]] double& ops(VectorOp op) { return vector_ops[static_cast<std::size_t>(op)]; }
  [[nodiscard]] double ops(VectorOp op) const { return vector_ops[static_cast<std::size_t>(op)]; }
};

// Nothing unknown becomes zero: what is not modelled is its own state, counted and reported.
enum class LayerState : std::uint8_t {
  unseen,        // shapes not inferred yet
  modelled,      // costs what `work` and its tensors say
  view,          // costs nothing at run time: a change of shape or name only
  not_modelled,  // no row in the catalogue
  not_shaped,    // has a row, but an input's shape is unknown (it comes from a layer not modelled)
};

struct Tensor {
  std::string name;
  ElementType element = ElementType::undefined;
  std::optional<Shape> shape;    // empty until inferred, or if it cannot be
  std::optional<Values> values;  // known elements, if constant and small
  bool upper_bound = false;      // the shape depends on data: no dimension is larger
  Container container = Container::tensor;
  std::vector<TensorType> items;  // of a sequence or optional, whose shape is their number
  bool constant = false;          // a weight, however the file wrote it
  // Constants that this one was computed from when its layer was folded; empty if it is stored as
  // it is. Published parameter counts are those of the stored ones.
  std::vector<TensorId> folded_from;
  std::optional<LayerId> producer;  // set by Network
};

// The type of a tensor whose shape is known, and the other way round.
[[nodiscard]] TensorType type_of(const Tensor& tensor);
void set_type(Tensor& tensor, TensorType type);

// How a layer is to be computed, where that is not as its file and the run have it; the precision
// rewrite sets it.
struct LayerPrecision {
  std::optional<ElementType> weights;      // as they are stored
  std::optional<ElementType> activations;  // of its results, in memory
  std::optional<ElementType> arithmetic;   // that it multiplies
  bool where_available = false;  // arithmetic as the run has it where there is no kernel for it
};

struct Layer {
  std::string name;
  std::string op;
  std::string domain;             // "" is the ONNX standard domain
  int opset = 0;                  // version of its domain
  std::vector<TensorId> inputs;   // kNoTensor where an optional input is left out
  std::vector<TensorId> outputs;  // likewise
  std::vector<Attribute> attributes;
  std::size_t captured = 0;  // so many inputs at the end are what its subgraphs read from outside
  LayerState state = LayerState::unseen;
  Work work;                // of one run
  std::int64_t repeat = 1;  // so often it runs: a layer of a loop's body
  LayerPrecision precision;
};

// How a runtime is to treat a network; rewrites set it.
struct Treatment {
  bool fuse = true;             // false: every layer is a call of its own
  double activation_share = 1;  // what compression leaves of the activations between calls
  double zero_weights = 0;      // share of the weights that were pruned one by one
  bool bitmask = false;         // the file stores a bit a weight and what is not zero
};

class Network {
 public:
  // Takes layers in any order and keeps them in execution order: the file's order wherever that is
  // a valid one. Fills in each tensor's producer.
  // Throws InputError: a tensor made twice, a tensor that is read but neither constant, nor an
  // input, nor made by any layer, and a cycle (names its layers).
  Network(std::string name, std::vector<Tensor> tensors, std::vector<Layer> layers,
          std::vector<TensorId> inputs, std::vector<TensorId> outputs);
  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;
  ~Network();

  [[nodiscard]] const std::string& name() const { return name_; }
  // In execution order: a layer's predecessors have smaller ids.
  [[nodiscard]] const std::vector<Layer>& layers() const { return layers_; }
  [[nodiscard]] const std::vector<Tensor>& tensors() const { return tensors_; }
  [[nodiscard]] Layer& layer(LayerId id) { return layers_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Layer& layer(LayerId id) const {
    return layers_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] Tensor& tensor(TensorId id) { return tensors_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Tensor& tensor(TensorId id) const {
    return tensors_[static_cast<std::size_t>(id)];
  }
  // One more constant, for layers to read.
  TensorId add_constant(Tensor constant);
  [[nodiscard]] const std::vector<TensorId>& inputs() const { return inputs_; }
  [[nodiscard]] const std::vector<TensorId>& outputs() const { return outputs_; }

  // The same network once more.
  [[nodiscard]] Network copy() const;

  // What is known besides the graph.
  struct Notes {
    // What could not be known and is assumed instead, in the order found; reports list them.
    std::vector<std::string> assumptions;
    // How the file writes the dimensions of tensors that it does not state in numbers alone:
    // {"batch", "3", "2*height"}.
    std::map<TensorId, std::vector<std::string>> symbols;
    // Layers that computed constants from the shapes of activations and were folded away: whoever
    // changes shapes puts them back and infers again.
    std::vector<Layer> shape_layers;
    Treatment treatment;
  };
  [[nodiscard]] const Notes& notes() const { return notes_; }
  [[nodiscard]] const std::vector<std::string>& assumptions() const { return notes_.assumptions; }
  void assume(std::string assumption) { notes_.assumptions.push_back(std::move(assumption)); }
  void set_notes(Notes notes) { notes_ = std::move(notes); }

  // Layers that make an input of this one, and layers that read an output (found by looking at all
  // later ones), without repetition, ascending.
  [[nodiscard]] std::vector<LayerId> predecessors(LayerId id) const;
  [[nodiscard]] std::vector<LayerId> successors(LayerId id) const;

  // The heaviest chain of dependent layers, where weights[id] >= 0 is a layer's own weight: what
  // is left of the total on a machine with endless parallelism. It ends where nothing heavier than
  // 0 follows. Empty for an empty network.
  struct Path {
    double weight = 0;
    std::vector<LayerId> layers;
  };
  [[nodiscard]] Path longest_path(std::span<const double> weights) const;

 private:
  friend Network without_constant_layers(Network network);
  friend class Splicer;
  std::string name_;
  std::vector<Tensor> tensors_;
  std::vector<Layer> layers_;
  std::vector<TensorId> inputs_;
  std::vector<TensorId> outputs_;
  Notes notes_;
};

// The body of a branch, a loop or a scan. Its network's inputs are the formal ones, then what it
// captures: tensors of the layer's surroundings.
struct Subgraph {
  Network body;
  std::vector<std::size_t> captured;  // for each captured input: its place in Layer::inputs
  [[nodiscard]] std::size_t formal_inputs() const { return body.inputs().size() - captured.size(); }
};

// "layer 'conv1' (Conv)": how messages name a layer.
[[nodiscard]] std::string describe(const Layer&);

// Removes layers all of whose outputs are constant: what they made are weights now. Ids of layers
// change, ids of tensors do not. Those that got there from shapes stay in Notes::shape_layers.
[[nodiscard]] Network without_constant_layers(Network network);

}  // namespace roofbeam
