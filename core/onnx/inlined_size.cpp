#include "core/onnx/inlined_size.hpp"

#include <functional>
#include <numeric>
#include <string>
#include <variant>
#include <vector>

namespace roofbeam::onnx {
namespace {

template <class All, class Size>
std::int64_t sum(const All& all, Size size) {
  return std::transform_reduce(all.begin(), all.end(), std::int64_t{0}, std::plus<>(), size);
}

struct ElementCount {
  template <class Number>
  std::int64_t operator()(const Number&) const {
    return 0;
  }
  std::int64_t operator()(const std::string& text) const { return std::ssize(text); }
  std::int64_t operator()(const std::vector<std::string>& texts) const {
    return sum(texts, [](const std::string& text) { return 1 + std::ssize(text); });
  }
  template <class Number>
  std::int64_t operator()(const std::vector<Number>& numbers) const {
    return std::ssize(numbers);
  }
  std::int64_t operator()(const TensorType& type) const {
    const auto elements = [](const auto& values) { return std::ssize(values); };
    return std::ssize(type.shape) + (type.values ? std::visit(elements, type.values->elements) : 0);
  }
};

std::int64_t size_of(const Attribute& attribute) {
  return 1 + std::visit(ElementCount(), attribute.value);
}

std::int64_t size_of(const Graph& graph);

std::int64_t size_of(const Node& node) {
  return 1 + std::ssize(node.inputs) + std::ssize(node.outputs) + std::ssize(node.references) +
         sum(node.attributes, [](const Attribute& each) { return size_of(each); }) +
         sum(node.graphs, [](const NamedGraph& each) { return size_of(each.graph); });
}

std::int64_t size_of(const StoredTensor& tensor) { return 1 + ElementCount()(tensor.type); }

std::int64_t size_of(const Graph& graph) {
  return 1 + std::ssize(graph.inputs) + std::ssize(graph.outputs) + std::ssize(graph.value_infos) +
         sum(graph.initializers, [](const StoredTensor& each) { return size_of(each); }) +
         sum(graph.nodes, [](const Node& each) { return size_of(each); });
}

}  // namespace

std::int64_t inlined_size(const Function& function) {
  return std::ssize(function.inputs) + std::ssize(function.outputs) +
         std::ssize(function.value_infos) +
         sum(function.nodes, [](const Node& each) { return size_of(each); });
}

}  // namespace roofbeam::onnx
