// ONNX's own backend tests, as Debian's libonnx-testdata has them: models of one operator or of
// whole networks, with outputs that somebody else computed.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "core/network/tensor.hpp"
#include "core/onnx/pbf.hpp"

#include <protozero/pbf_writer.hpp>

namespace roofbeam::onnx::backend {

inline const std::filesystem::path kFolder = "/usr/share/libonnx-testdata/data";

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Folders that hold a model.onnx, sorted.
inline std::vector<std::filesystem::path> models() {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(kFolder)) return found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    if (entry.path().filename() == "model.onnx") found.push_back(entry.path().parent_path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// What a TensorProto says of its type; `dims` is field 1, `data_type` field 2.
inline TensorType type_of(protozero::data_view bytes) {
  TensorType type;
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

// The items of a SequenceProto of tensors (`tensor_values` is field 3).
inline std::vector<TensorType> items_of(protozero::data_view bytes) {
  std::vector<TensorType> items;
  for (protozero::pbf_reader message(bytes); message.next(3);) {
    items.push_back(type_of(message.get_view()));
  }
  return items;
}

// The model without the shapes that it states for what its layers make, so that the catalogue has
// to find them: value_info (13) goes, outputs (12) keep their names alone, in all graphs.
inline std::string without_stated_graph(protozero::data_view bytes) {
  std::string copy;
  protozero::pbf_writer out(copy);
  protozero::pbf_reader in(bytes);
  while (in.next()) {
    const auto tag = in.tag();
    if (in.wire_type() != protozero::pbf_wire_type::length_delimited) {
      in.skip();
      continue;  // a graph has none that matter
    }
    const auto field = in.get_view();
    if (tag == 13) continue;
    if (tag != 12) {
      out.add_bytes(tag, field.data(), field.size());
      continue;
    }
    protozero::pbf_reader value(field);
    std::string name;
    while (value.next(1)) name = value.get_string();
    std::string info;
    protozero::pbf_writer(info).add_string(1, name);
    out.add_message(12, info);
  }
  return copy;
}

inline std::string without_stated_shapes(const std::string& model) {
  std::string copy;
  protozero::pbf_writer out(copy);
  protozero::pbf_reader in(model);
  while (in.next()) {
    const auto tag = in.tag();
    if (in.wire_type() == protozero::pbf_wire_type::varint) {
      out.add_int64(tag, in.get_int64());
    } else {
      const auto field = in.get_view();
      if (tag == 7) {
        out.add_message(7, without_stated_graph(field));
      } else {
        out.add_bytes(tag, field.data(), field.size());
      }
    }
  }
  return copy;
}

}  // namespace roofbeam::onnx::backend
