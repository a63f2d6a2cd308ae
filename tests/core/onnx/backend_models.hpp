// The models of ONNX's backend tests, rewritten to ask more of the importer.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "core/onnx/model.hpp"
#include "tests/core/onnx/backend_data.hpp"

#include <protozero/pbf_writer.hpp>

namespace roofbeam::onnx::backend {

// A message field by field: edit(tag, bytes) returns whether a field that holds bytes stays, and
// may change them.
template <class Edit>
std::string edited(protozero::data_view bytes, Edit edit) {
  std::string copy;
  protozero::pbf_writer out(copy);
  protozero::pbf_reader in(bytes);
  while (in.next()) {
    const auto tag = in.tag();
    if (in.wire_type() == protozero::pbf_wire_type::varint) {
      out.add_uint64(tag, in.get_uint64());
    } else if (in.wire_type() == protozero::pbf_wire_type::fixed32) {
      out.add_fixed32(tag, in.get_fixed32());
    } else {
      std::string field = in.get_string();
      if (edit(tag, field)) out.add_bytes(tag, field);
    }
  }
  return copy;
}

// A graph that states nothing of what its layers make: value_info (13) goes, outputs (12) keep
// their names alone; so do the graphs (6 and 11) in the attributes (5) of its nodes (1).
inline std::string without_stated_graph(protozero::data_view bytes) {
  const auto attribute = [](protozero::pbf_tag_type tag, std::string& field) {
    if (tag == 6 || tag == 11) field = without_stated_graph(protozero::data_view(field));
    return true;
  };
  const auto node = [&](protozero::pbf_tag_type tag, std::string& field) {
    if (tag == 5) field = edited(protozero::data_view(field), attribute);
    return true;
  };
  const auto name = [](protozero::pbf_tag_type tag, std::string&) { return tag == 1; };
  return edited(bytes, [&](protozero::pbf_tag_type tag, std::string& field) {
    if (tag == 1) field = edited(protozero::data_view(field), node);
    if (tag == 12) field = edited(protozero::data_view(field), name);
    return tag != 13;
  });
}

inline std::string without_stated_shapes(const std::string& model) {
  return edited(protozero::data_view(model), [](protozero::pbf_tag_type tag, std::string& field) {
    if (tag == 7) field = without_stated_graph(protozero::data_view(field));
    return true;
  });
}

// What is fed to a graph: inputs that are no initializers, in order, each with its file.
template <class Visit>  // (const ValueInfo&, const std::string& bytes)
void for_each_fed(const Graph& graph, const std::filesystem::path& folder, Visit visit) {
  int number = 0;
  for (const auto& info : graph.inputs) {
    if (std::ranges::find(graph.initializers, info.name, &StoredTensor::name) !=
        graph.initializers.end()) {
      continue;
    }
    const auto name = "input_" + std::to_string(number++) + ".pb";
    const auto file = folder / "test_data_set_0" / name;
    if (std::filesystem::exists(file)) visit(info, bytes_of(file));
  }
}

// The same with every tensor that is fed to it as an initializer, so that nothing depends on what
// is not known before it runs.
inline std::string with_stored_inputs(const std::string& model,
                                      const std::filesystem::path& folder) {
  std::string initializers;
  for_each_fed(parse(model).graph, folder, [&](const ValueInfo& info, std::string bytes) {
    if (info.type.container != Container::tensor) return;
    protozero::pbf_writer tensor(bytes);
    tensor.add_string(8, info.name.data(), info.name.size());
    // NumPy, which wrote them, has no bfloat16 (16).
    if (info.type.element == ElementType::bf16) tensor.add_int32(2, 16);
    protozero::pbf_writer(initializers).add_message(5, bytes);
  });
  return edited(protozero::data_view(model), [&](protozero::pbf_tag_type tag, std::string& field) {
    if (tag == 7) field += initializers;
    return true;
  });
}

// Dimensions that a model's inputs of one of these kinds leave open, as what is fed to it has them.
inline std::map<std::string, std::int64_t> fed_dims(const std::string& model,
                                                    const std::filesystem::path& folder,
                                                    const std::set<Container>& kinds) {
  std::map<std::string, std::int64_t> dims;
  const auto add = [&](const ValueInfo& info, const ValueType& type, const TensorType& fed) {
    for (std::size_t i = 0; type.shape && i < std::min(type.shape->size(), fed.shape.size()); ++i) {
      const auto& dimension = (*type.shape)[i];
      if (dimension.value) continue;
      const auto place = std::string(info.name) + "." + std::to_string(i);
      dims[dimension.name.empty() ? place : std::string(dimension.name)] = fed.shape[i];
    }
  };
  for_each_fed(parse(model).graph, folder, [&](const ValueInfo& info, const std::string& bytes) {
    if (kinds.count(info.type.container) == 0) return;
    const auto fed = stored_type(bytes, info.type.container);
    if (info.type.container == Container::tensor) return add(info, info.type, fed);
    dims[std::string(info.name) + ".length"] = std::ssize(fed.items);
    if (!fed.items.empty()) add(info, info.type.item.front(), fed.items.front());
  });
  return dims;
}

// Whether what is fed differs from what the importer says it assumes: that an optional holds
// something, and that all items of a sequence are alike.
inline bool feeds_the_unexpected(const Graph& graph, const std::filesystem::path& folder) {
  bool unexpected = false;
  for_each_fed(graph, folder, [&](const ValueInfo& info, const std::string& bytes) {
    if (info.type.container == Container::tensor) return;
    const auto& items = stored_type(bytes, info.type.container).items;
    const bool alike = std::ranges::adjacent_find(items, std::ranges::not_equal_to{},
                                                  &TensorType::shape) == items.end();
    unexpected =
        unexpected || !alike || (info.type.container == Container::optional && items.empty());
  });
  return unexpected;
}

}  // namespace roofbeam::onnx::backend
