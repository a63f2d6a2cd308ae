// Data that a model keeps in other files beside its own.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/onnx/mapped_file.hpp"
#include "core/onnx/model.hpp"

namespace roofbeam::onnx {

class ExternalFiles {
 public:
  // `folder` holds the model. Without one (a model in memory) nothing is looked up.
  explicit ExternalFiles(std::string folder) : folder_(std::move(folder)) {}

  // The bytes of a tensor; nothing if there is no folder. Pages of weights are not touched.
  // Throws InputError naming tensor, file and offset: a location outside the folder, a file that is
  // missing, or that ends too early.
  [[nodiscard]] std::string_view bytes_of(const StoredTensor& tensor);

 private:
  [[nodiscard]] const MappedFile& open(const StoredTensor& tensor);

  std::string folder_;
  std::map<std::string, std::unique_ptr<MappedFile>, std::less<>> files_;
};

}  // namespace roofbeam::onnx
