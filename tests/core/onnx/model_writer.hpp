// Writes ONNX bytes by hand, so that tests can make models that no exporter would.
#pragma once

#include <cstdint>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <utility>
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
inline std::string dimension(const std::string& dim) {
  const bool number = dim.find_first_not_of("-0123456789") == std::string::npos;
  return message([&](auto& out) {
    if (dim.empty()) return;
    if (number) {
      out.add_int64(1, std::stoll(dim));
    } else {
      out.add_string(2, dim);
    }
  });
}

// ---- types

inline std::string tensor_type(const std::vector<std::string>& dims, int element = 1) {
  const auto shape = message([&](auto& out) {
    for (const auto& dim : dims) out.add_message(1, dimension(dim));
  });
  const auto tensor = message([&](auto& out) {
    out.add_int32(1, element);
    out.add_message(2, shape);
  });
  return message([&](auto& out) { out.add_message(1, tensor); });
}

inline std::string shapeless_type(int element = 1) {
  return message([&](auto& out) {
    out.add_message(1, message([&](auto& tensor) { tensor.add_int32(1, element); }));
  });
}

// A sequence is field 4 of a TypeProto, an optional field 9.
inline std::string container_type(int field, const std::string& item) {
  return message([&](auto& out) {
    out.add_message(static_cast<protozero::pbf_tag_type>(field),
                    message([&](auto& container) { container.add_message(1, item); }));
  });
}
inline std::string sequence_type(const std::string& item) { return container_type(4, item); }
inline std::string optional_type(const std::string& item) { return container_type(9, item); }

inline std::string typed(const std::string& name, const std::string& type) {
  return message([&](auto& out) {
    out.add_string(1, name);
    out.add_message(2, type);
  });
}

inline std::string value_info(const std::string& name, const std::vector<std::string>& dims,
                              int element = 1) {
  return typed(name, tensor_type(dims, element));
}

// A value of a graph within another: a name without a type.
inline std::string name_only(const std::string& name) {
  return message([&](auto& out) { out.add_string(1, name); });
}

// ---- tensors

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

inline std::string raw_tensor(const std::string& name, const std::vector<std::int64_t>& dims,
                              int data_type, const std::string& raw) {
  return tensor(name, dims, data_type) + message([&](auto& out) { out.add_bytes(9, raw); });
}

// Entries such as {"location", "weights.bin"}, {"offset", "64"}.
using Entries = std::vector<std::pair<std::string, std::string>>;

inline std::string external_tensor(const std::string& name, const std::vector<std::int64_t>& dims,
                                   const Entries& entries, int data_type = 1) {
  return tensor(name, dims, data_type) + message([&](auto& out) {
           for (const auto& [key, value] : entries) {
             out.add_message(13, message([&, &key = key, &value = value](auto& entry) {
                               entry.add_string(1, key);
                               entry.add_string(2, value);
                             }));
           }
           out.add_int32(14, 1);
         });
}

// A matrix of which the file holds `values` only.
inline std::string sparse_tensor(const std::string& values, const std::vector<std::int64_t>& dims) {
  return message([&](auto& out) {
    out.add_message(1, values);
    out.add_message(2, tensor("indices", {1}, 7));
    for (const auto dim : dims) out.add_int64(3, dim);
  });
}

// ---- attributes

inline std::string attribute(const std::string& name, std::int64_t value) {
  return message([&](auto& out) {
    out.add_string(1, name);
    out.add_int64(3, value);
    out.add_int32(20, 2);
  });
}
inline std::string attribute(const std::string& name, const std::vector<std::int64_t>& values) {
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
// In a function: the attribute `of_call` of the node that calls it.
inline std::string reference(const std::string& name, const std::string& of_call) {
  return message([&](auto& out) {
    out.add_string(1, name);
    out.add_int32(20, 2);
    out.add_string(21, of_call);
  });
}

// ---- nodes, graphs, functions

inline std::string node(const std::string& op, const std::string& name,
                        const std::vector<std::string>& inputs,
                        const std::vector<std::string>& outputs, const std::string& domain = "",
                        const std::vector<std::string>& attributes = {},
                        const std::string& overload = "") {
  return message([&](auto& out) {
    for (const auto& input : inputs) out.add_string(1, input);
    for (const auto& output : outputs) out.add_string(2, output);
    out.add_string(3, name);
    out.add_string(4, op);
    for (const auto& each : attributes) out.add_message(5, each);
    if (!domain.empty()) out.add_string(7, domain);
    if (!overload.empty()) out.add_string(8, overload);
  });
}

struct Graph {
  std::vector<std::string> nodes;
  std::vector<std::string> initializers;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<std::string> value_infos;
  std::vector<std::string> sparse_initializers = {};
};

inline std::string graph_bytes(const Graph& graph) {
  return message([&](auto& out) {
    for (const auto& each : graph.nodes) out.add_message(1, each);
    out.add_string(2, "net");
    for (const auto& each : graph.initializers) out.add_message(5, each);
    for (const auto& each : graph.inputs) out.add_message(11, each);
    for (const auto& each : graph.outputs) out.add_message(12, each);
    for (const auto& each : graph.value_infos) out.add_message(13, each);
    for (const auto& each : graph.sparse_initializers) out.add_message(15, each);
  });
}

using Opset = std::pair<std::string, std::int64_t>;  // domain, version

inline std::string opset_bytes(const Opset& opset) {
  return message([&](auto& out) {
    if (!opset.first.empty()) out.add_string(1, opset.first);
    out.add_int64(2, opset.second);
  });
}

// In the domain "local".
struct Function {
  std::string name;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::vector<std::string> nodes;
  std::vector<std::string> defaults = {};  // attributes
  std::vector<std::string> value_infos = {};
  std::vector<Opset> opsets = {};
  std::string overload = {};
  std::string domain = "local";
};

inline std::string function_bytes(const Function& function) {
  return message([&](auto& out) {
    out.add_string(1, function.name);
    for (const auto& each : function.inputs) out.add_string(4, each);
    for (const auto& each : function.outputs) out.add_string(5, each);
    for (const auto& each : function.nodes) out.add_message(7, each);
    for (const auto& each : function.opsets) out.add_message(9, opset_bytes(each));
    out.add_string(10, function.domain);
    for (const auto& each : function.defaults) out.add_message(11, each);
    for (const auto& each : function.value_infos) out.add_message(12, each);
    if (!function.overload.empty()) out.add_string(13, function.overload);
  });
}

inline std::string model(const Graph& graph, std::int64_t opset = 17,
                         const std::vector<Function>& functions = {}, std::int64_t ir_version = 8) {
  return message([&](auto& out) {
    out.add_int64(1, ir_version);
    out.add_message(7, graph_bytes(graph));
    out.add_message(8, opset_bytes({"", opset}));
    for (const auto& each : functions) out.add_message(25, function_bytes(each));
  });
}

}  // namespace roofbeam::onnx::writer
