// Writes ONNX bytes by hand, so that tests can make models that no exporter would.
#pragma once

#include <cstdint>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <vector>

namespace roofbeam::onnx::writer {

// A message built by `fill(protozero::pbf_writer&)`.
template <class Fill>
std::string message(Fill fill) {
  std::string bytes;
  protozero::pbf_writer writer(bytes);
  fill(writer);
  return bytes;
}

// dims: numbers as they are, anything else as a name; "" is a dimension without either.
inline std::string value_info(const std::string& name, const std::vector<std::string>& dims,
                              int element = 1) {
  const auto shape = message([&](auto& out) {
    for (const auto& dim : dims) {
      out.add_message(1, message([&](auto& each) {
                        const bool number =
                            dim.find_first_not_of("-0123456789") == std::string::npos;
                        if (dim.empty()) return;
                        if (number) {
                          each.add_int64(1, std::stoll(dim));
                        } else {
                          each.add_string(2, dim);
                        }
                      }));
    }
  });
  const auto tensor = message([&](auto& out) {
    out.add_int32(1, element);
    out.add_message(2, shape);
  });
  return message([&](auto& out) {
    out.add_string(1, name);
    out.add_message(2, message([&](auto& type) { type.add_message(1, tensor); }));
  });
}

// Weights without data, as a stripped model has them.
inline std::string tensor(const std::string& name, const std::vector<std::int64_t>& dims,
                          int data_type = 1) {
  return message([&](auto& out) {
    for (const auto dim : dims) out.add_int64(1, dim);
    out.add_int32(2, data_type);
    out.add_string(8, name);
  });
}

inline std::string integers(const std::string& name, const std::vector<std::int64_t>& values) {
  return message([&](auto& out) {
    out.add_int64(1, static_cast<std::int64_t>(values.size()));
    out.add_int32(2, 7);
    out.add_packed_int64(7, values.begin(), values.end());
    out.add_string(8, name);
  });
}

inline std::string node(const std::string& op, const std::string& name,
                        const std::vector<std::string>& inputs,
                        const std::vector<std::string>& outputs, const std::string& domain = "") {
  return message([&](auto& out) {
    for (const auto& input : inputs) out.add_string(1, input);
    for (const auto& output : outputs) out.add_string(2, output);
    out.add_string(3, name);
    out.add_string(4, op);
    if (!domain.empty()) out.add_string(7, domain);
  });
}

struct Graph {
  std::vector<std::string> nodes;
  std::vector<std::string> initializers;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<std::string> value_infos;
};

inline std::string model(const Graph& graph, std::int64_t opset = 17) {
  const auto bytes = message([&](auto& out) {
    for (const auto& each : graph.nodes) out.add_message(1, each);
    out.add_string(2, "net");
    for (const auto& each : graph.initializers) out.add_message(5, each);
    for (const auto& each : graph.inputs) out.add_message(11, each);
    for (const auto& each : graph.outputs) out.add_message(12, each);
    for (const auto& each : graph.value_infos) out.add_message(13, each);
  });
  return message([&](auto& out) {
    out.add_int64(1, 8);
    out.add_message(7, bytes);
    out.add_message(8, message([&](auto& set) { set.add_int64(2, opset); }));
  });
}

}  // namespace roofbeam::onnx::writer
