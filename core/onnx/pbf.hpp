// protozero for files that may be hostile. A field of another wire type than onnx.proto says is an
// exception here; by default protozero asserts, and reads on as if nothing were wrong where
// assertions are off. Include this instead of protozero's own headers.
#pragma once

#include <protozero/exception.hpp>

namespace roofbeam::onnx {

struct WrongWireType : protozero::exception {
  [[nodiscard]] const char* what() const noexcept override { return "a field of the wrong type"; }
};

[[noreturn]] inline void throw_wrong_wire_type() { throw WrongWireType(); }

}  // namespace roofbeam::onnx

#ifdef protozero_assert
#error "include core/onnx/pbf.hpp before any header of protozero"
#endif
#define protozero_assert(x) ((x) ? void(0) : roofbeam::onnx::throw_wrong_wire_type())

#include <protozero/pbf_message.hpp>
