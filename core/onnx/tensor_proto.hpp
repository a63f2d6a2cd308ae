// TensorProto and its kin on the wire.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/onnx/model.hpp"
#include "core/onnx/pbf.hpp"

namespace roofbeam::onnx {

// Throws InputError when the data stored do not fit the shape stated.
[[nodiscard]] StoredTensor read_tensor(protozero::data_view bytes);
[[nodiscard]] StoredTensor read_sparse_tensor(protozero::data_view bytes);

// Bytes that a tensor's elements take, sub-byte ones packed.
[[nodiscard]] std::int64_t stored_bytes(const TensorType& type);

// The elements of a small tensor from its raw bytes, as many as it needs.
[[nodiscard]] std::optional<Values> values_of_bytes(const TensorType& type, std::string_view raw);

// Hands every value of a repeated number, packed or written one by one, to `take` until it returns
// false.
template <class Packed, class Single, class Take>
void for_each_value(protozero::pbf_reader& message, Packed (protozero::pbf_reader::*packed)(),
                    Single (protozero::pbf_reader::*single)(), Take take) {
  if (message.wire_type() != protozero::pbf_wire_type::length_delimited) {
    take((message.*single)());
    return;
  }
  for (const auto value : (message.*packed)()) {
    if (!take(value)) return;
  }
}

[[nodiscard]] inline std::string_view as_text(protozero::data_view view) {
  return {view.data(), view.size()};
}

}  // namespace roofbeam::onnx
