// ONNX's own backend tests, as Debian's libonnx-testdata has them: models of one operator or of
// whole networks, with inputs, and outputs that somebody else computed.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/network/tensor.hpp"
#include "core/onnx/pbf.hpp"
#include "core/onnx/tensor_proto.hpp"

namespace roofbeam::onnx::backend {

// The environment may name another set, such as what a newer ONNX generates.
inline std::filesystem::path folder() {
  const char* other = std::getenv("ROOFBEAM_BACKEND_TESTS");
  return other != nullptr ? other : "/usr/share/libonnx-testdata/data";
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Folders that hold a model.onnx, sorted.
inline std::vector<std::filesystem::path> models() {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(folder())) return found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder())) {
    if (entry.path().filename() == "model.onnx") found.push_back(entry.path().parent_path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// What a TensorProto says of its type, read apart from the importer: `dims` is field 1, `data_type`
// field 2. Elements are known if they are few.
inline TensorType type_of(protozero::data_view bytes) {
  TensorType type;
  type.values = read_tensor(bytes).type.values;
  protozero::pbf_reader message(bytes);
  while (message.next()) {
    if (message.tag() == 1 && message.wire_type() == protozero::pbf_wire_type::varint) {
      type.shape.push_back(message.get_int64());
    } else if (message.tag() == 1) {
      for (const auto dim : message.get_packed_int64()) type.shape.push_back(dim);
    } else if (message.tag() == 2) {
      type.element = onnx_element_type(message.get_int32());
    } else {
      message.skip();
    }
  }
  return type;
}

// A SequenceProto of tensors (`tensor_values` is field 3).
inline TensorType sequence_of(protozero::data_view bytes) {
  TensorType type;
  type.container = Container::sequence;
  for (protozero::pbf_reader message(bytes); message.next(3);) {
    type.items.push_back(type_of(message.get_view()));
  }
  type.shape = {std::ssize(type.items)};
  return type;
}

// An OptionalProto: `tensor_value` is field 3, `sequence_value` field 5.
inline TensorType optional_of(protozero::data_view bytes) {
  TensorType type;
  type.container = Container::optional;
  protozero::pbf_reader message(bytes);
  while (message.next()) {
    const auto tag = message.tag();
    if (tag == 3) {
      type.items.push_back(type_of(message.get_view()));
    } else if (tag == 5) {
      type.items.push_back(sequence_of(message.get_view()));
    } else {
      message.skip();
    }
  }
  type.shape = {std::ssize(type.items)};
  return type;
}

// What lies in input_N.pb or output_N.pb, of a value that is declared as this kind.
inline TensorType stored_type(const std::string& bytes, Container container) {
  const protozero::data_view view(bytes);
  if (container == Container::sequence) return sequence_of(view);
  return container == Container::optional ? optional_of(view) : type_of(view);
}

}  // namespace roofbeam::onnx::backend
