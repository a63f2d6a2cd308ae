// The catalogue: one row per operator. A row is a few small pure functions and one English
// sentence, which `roofbeam inspect`, the docs and reports show.
//
// Rows stand in explicit tables, one file per family, which catalogue.cpp lists. To add an
// operator, add a row.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.hpp"

namespace roofbeam {

// Thrown by a rule whose output shape, or number of outputs, is known only when the network runs.
// Not an error of the file: infer falls back on what the file states.
struct DependsOnData {
  std::string reason;  // "input 1 's' (the new shape) is not known before the network runs"
};

// A layer as its rule sees it: inputs with known types, attributes, and, for work rules, outputs.
// Every accessor that finds something wrong throws InputError naming the layer (see fail).
class LayerView {
 public:
  LayerView(const Network& network, const Layer& layer) : network_(network), layer_(layer) {}

  [[nodiscard]] const Layer& layer() const { return layer_; }
  [[nodiscard]] int opset() const { return layer_.opset; }

  [[nodiscard]] std::size_t input_count() const { return layer_.inputs.size(); }
  [[nodiscard]] std::size_t output_count() const { return layer_.outputs.size(); }
  [[nodiscard]] bool has_input(std::size_t i) const;
  [[nodiscard]] bool has_output(std::size_t i) const;
  // Fails if the input is left out or is no tensor. Its shape is known when a rule runs.
  [[nodiscard]] const Tensor& input(std::size_t i) const;
  // The same for an input of any type, and for one that must be a sequence or an optional.
  [[nodiscard]] const Tensor& any_input(std::size_t i) const;
  [[nodiscard]] const std::vector<TensorType>& items(std::size_t i) const;
  [[nodiscard]] const Shape& shape(std::size_t i) const { return *input(i).shape; }
  [[nodiscard]] const Shape& output_shape(std::size_t i) const;  // work rules only
  // Known elements of an input, or nullptr if it is left out, not constant, too large, or not
  // integer (integers) or not floating (reals).
  [[nodiscard]] const std::vector<std::int64_t>* integers(std::size_t i) const;
  [[nodiscard]] const std::vector<double>* reals(std::size_t i) const;
  // The same, but throws DependsOnData if they are not known, and fails if they are not integers.
  [[nodiscard]] const std::vector<std::int64_t>& constant_integers(std::size_t i,
                                                                   std::string_view what) const;
  [[nodiscard]] const std::vector<double>& constant_reals(std::size_t i,
                                                          std::string_view what) const;

  // Attributes; each fails if the attribute has another type.
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t otherwise) const;
  [[nodiscard]] double real(std::string_view name, double otherwise) const;
  [[nodiscard]] std::string_view text(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] std::vector<std::int64_t> integers(std::string_view name) const;  // absent: empty
  [[nodiscard]] const TensorType* tensor(std::string_view name) const;            // absent: nullptr

  // Axis in [-rank, rank) as [0, rank); fails otherwise.
  [[nodiscard]] std::size_t axis(std::int64_t axis, std::size_t rank) const;

  // Throws InputError: "layer 'conv1' (Conv): TEXT".
  [[noreturn]] void fail(const std::string& text) const;
  // Throws DependsOnData: "input 1 's' (WHAT) is not known before the network runs".
  [[noreturn]] void fail_unknown(std::size_t i, std::string_view what) const;

 private:
  const Network& network_;
  const Layer& layer_;
};

// Types of all outputs, in order; as many as the layer has, or more.
using ShapeRule = std::vector<TensorType> (*)(const LayerView&);
// Counts for the whole layer; outputs have shapes.
using WorkRule = Work (*)(const LayerView&);

enum class Cost : std::uint8_t { modelled, view };  // view: free at run time

struct Operator {
  std::string_view name;
  ShapeRule shape;
  WorkRule work;              // nullptr for a view
  std::string_view sentence;  // how the work is counted, in plain English, one sentence
  Cost cost = Cost::modelled;
  // Which inputs hold trained parameters when constant, as a bit mask: Conv's weight and bias, not
  // Clip's limits, not a batch norm's running mean and variance, not Reshape's shape. Bit 31 stands
  // for all inputs from 31 on.
  std::uint32_t parameter_inputs = ~0u;
  // Which inputs are stored with the weights though not trained: running mean and variance.
  std::uint32_t statistic_inputs = 0;
  std::string_view domain = "";
  // Its work rule may count on outputs that the file states where the shape rule threw
  // DependsOnData, because it checks what it reads.
  bool counts_on_stated = false;
  // Makes other numbers each time: no constant, though its inputs may be.
  bool random = false;
  // The standard operator whose kernels a runtime uses for this one: "Conv" for QLinearConv. ""
  // for itself.
  std::string_view acts_like = "";
};

// Whether a mask of inputs has this one.
[[nodiscard]] bool has_bit(std::uint32_t mask, std::size_t input);

// All rows, sorted by domain and name.
[[nodiscard]] std::span<const Operator> catalogue();
// The row, or nullptr: not modelled.
[[nodiscard]] const Operator* find_operator(std::string_view domain, std::string_view name);
// The standard operator whose kernels run this layer: Operator::acts_like, else its own name. "" if
// it is of another domain and like no standard operator.
[[nodiscard]] std::string_view kernel_name(const Layer& layer);

// a * b * ..., failing through `view` beyond 2^63 - 1.
[[nodiscard]] std::int64_t checked_product(const LayerView& view,
                                           std::span<const std::int64_t> factors);

}  // namespace roofbeam
