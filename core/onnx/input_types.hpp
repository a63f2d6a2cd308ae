// The types that a file states for inputs and other values, with dimensions in numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/network/network.hpp"
#include "core/onnx/dims.hpp"
#include "core/onnx/import.hpp"
#include "core/onnx/model.hpp"

namespace roofbeam::onnx {

class InputTypes {
 public:
  explicit InputTypes(const ImportOptions& options)
      : dims_(options.dims), keep_unbound_(options.keep_unbound) {}

  // The type of an input of the network. Without a value for one of its dimensions: nothing, which
  // `finish` makes an error or, with ImportOptions::keep_unbound, an assumption.
  // Throws InputError for a dimension below 1.
  std::optional<TensorType> of_input(const ValueInfo& info);

  // The type that the file states for any other tensor, if its dimensions have values.
  std::optional<TensorType> stated(const ValueInfo& info);

  // Throws InputError: dimensions of inputs without a value, or numbers for dimensions that there
  // are not. Returns what is assumed.
  [[nodiscard]] std::vector<std::string> finish();

 private:
  std::optional<TensorType> of_tensor(const ValueInfo& info);
  std::optional<TensorType> of_container(const ValueInfo& info);
  std::optional<std::int64_t> of_dimension(const ValueInfo& info, std::size_t axis);
  std::optional<std::int64_t> stated_dimension(const ValueInfo& info, std::size_t axis);

  Dims dims_;
  bool keep_unbound_;
  std::vector<std::string> unbound_;  // "'batch' (dimension 0 of input 'x')"
  std::set<std::string> unbound_names_;
  std::vector<std::string> assumptions_;
};

// How the file writes the dimensions; nothing if all are numbers.
[[nodiscard]] std::vector<std::string> symbols_of(const ValueInfo& info);

}  // namespace roofbeam::onnx
