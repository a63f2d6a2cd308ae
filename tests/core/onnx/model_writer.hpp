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

// Attributes, as a node takes them.
inline std::string integer_attribute(const std::string& name, std::int64_t value) {
  return message([&](auto& out) {
    out.add_string(1, name);
    out.add_int64(3, value);
    out.add_int32(20, 2);
  });
}
inline std::string integers_attribute(const std::string& name,
                                      const std::vector<std::int64_t>& values) {
  return message([&](auto& out) {
    out.add_string(1, name);
    for (const auto value : values) out.add_int64(8, value);
    out.add_int32(20, 7);
  });
}
inline std::string graph_attribute(const std::string& name, const std::string& graph) {
  return message([&](auto& out) {
    out.add_string(1, name);
    out.add_message(6, graph);
    out.add_int32(20, 5);
  });
}
// In a function: the attribute `of_call` of the call.
inline std::string reference_attribute(const std::string& name, const std::string& of_call) {
  return message([&](auto& out) {
    out.add_string(1, name);
    out.add_string(21, of_call);
  });
}

inline std::string node(const std::string& op, const std::string& name,
                        const std::vector<std::string>& inputs,
                        const std::vector<std::string>& outputs, const std::string& domain = "",
                        const std::vector<std::string>& attributes = {}) {
  return message([&](auto& out) {
    for (const auto& attribute : attributes) out.add_message(5, attribute);
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

inline std::string graph_bytes(const Graph& graph) {
  return message([&](auto& out) {
    for (const auto& each : graph.nodes) out.add_message(1, each);
    out.add_string(2, "net");
    for (const auto& each : graph.initializers) out.add_message(5, each);
    for (const auto& each : graph.inputs) out.add_message(11, each);
    for (const auto& each : graph.outputs) out.add_message(12, each);
    for (const auto& each : graph.value_infos) out.add_message(13, each);
  });
}

// A value of a subgraph: a name without a type.
inline std::string name_only(const std::string& name) {
  return message([&](auto& out) { out.add_string(1, name); });
}

struct Function {
  std::string name;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<std::string> nodes;
  std::vector<std::string> defaults = {};  // attributes
  std::string domain = "local";
};

inline std::string function_bytes(const Function& function) {
  return message([&](auto& out) {
    out.add_string(1, function.name);
    for (const auto& each : function.inputs) out.add_string(4, each);
    for (const auto& each : function.outputs) out.add_string(5, each);
    for (const auto& each : function.nodes) out.add_message(7, each);
    out.add_message(9, message([&](auto& set) { set.add_int64(2, 17); }));
    out.add_string(10, function.domain);
    for (const auto& each : function.defaults) out.add_message(11, each);
  });
}

inline std::string model(const Graph& graph, std::int64_t opset = 17,
                         const std::vector<Function>& functions = {}) {
  return message([&](auto& out) {
    out.add_int64(1, 8);
    out.add_message(7, graph_bytes(graph));
    out.add_message(8, message([&](auto& set) { set.add_int64(2, opset); }));
    for (const auto& each : functions) out.add_message(25, function_bytes(each));
  });
}

}  // namespace roofbeam::onnx::writer
