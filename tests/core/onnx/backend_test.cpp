// Every model of ONNX's backend tests imports, and what comes out are the types, shapes and known
// elements of the outputs that ONNX's own implementation computed.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <exception>

#include "core/onnx/import.hpp"
#include "tests/core/onnx/backend_models.hpp"

namespace roofbeam::onnx {
namespace {

using backend::bytes_of;
using Path = std::filesystem::path;

// How a model is rewritten before it is imported.
struct Trial {
  std::string (*prepare)(const std::string& model, const Path& folder);
  std::set<Container> fed = {Container::tensor, Container::sequence};  // kinds that stay inputs
};

// Model -> why it is not held to its stored output. Meant to be empty.
const std::map<std::string, std::string> kSkipped = {};

// The one states no shape for the items of its input, the other is fed an optional.
const std::vector<std::string> kStaysUnknown = {"test_identity_sequence", "test_loop16_seq_none"};

struct Counts {
  int models = 0;
  int equal = 0;
  int with_elements = 0;  // of these, elements compared too
  int bounds = 0;
  std::vector<std::string> unknown;
  std::vector<std::string> failures;
};

bool near(double found, double stored) {
  return found == stored || std::abs(found - stored) <= 1e-5 * std::max(1.0, std::abs(stored)) ||
         (std::isnan(found) && std::isnan(stored));
}

// Elements agree where both sides know them.
bool same_values(const std::optional<Values>& found, const std::optional<Values>& stored) {
  if (!found || !stored) return true;
  if (found->integers() != nullptr && stored->integers() != nullptr) {
    return *found->integers() == *stored->integers();
  }
  return found->reals() != nullptr && stored->reals() != nullptr &&
         std::ranges::equal(*found->reals(), *stored->reals(), near);
}

std::string text_of(ElementType element, const Shape& shape) {
  return fmt::format("{} {}", to_text(element), to_text(shape));
}

std::string tensor_difference(const TensorType& found, const TensorType& stored) {
  const bool bound = found.upper_bound &&
                     std::ranges::equal(found.shape, stored.shape, std::ranges::greater_equal{});
  if (found.element == stored.element && (bound || found.shape == stored.shape)) {
    return same_values(found.values, stored.values) ? "" : "has other elements than stored";
  }
  return fmt::format("is {}, stored is {}", text_of(found.element, found.shape),
                     text_of(stored.element, stored.shape));
}

// Empty if a value is what was stored, or how it differs.
std::string difference(const TensorType& found, const TensorType& stored) {
  if (found.container != stored.container) {
    return fmt::format("is {}, stored is {}", to_text(found.container), to_text(stored.container));
  }
  if (found.container == Container::tensor) return tensor_difference(found, stored);
  if (found.items.size() != stored.items.size()) {
    return fmt::format("has {} items, stored are {}", found.items.size(), stored.items.size());
  }
  for (std::size_t i = 0; i < stored.items.size(); ++i) {
    const auto text = difference(found.items[i], stored.items[i]);
    if (!text.empty()) return fmt::format("item {} {}", i, text);
  }
  return "";
}

// One run of a loop is no bound for what many runs make.
bool guesses_trips(const Network& network) {
  return std::ranges::any_of(network.assumptions(), [](const std::string& text) {
    return text.find("how often it runs depends on data") != std::string::npos;
  });
}

// What should have been stored, but for what is known to differ: NumPy, which wrote the outputs,
// has no bfloat16, and a constant that is dequantized or cast keeps the type that it is stored
// with.
TensorType expected_of(const Tensor& tensor, TensorType stored) {
  const bool bf16 = tensor.element == ElementType::bf16 && stored.element == ElementType::u16;
  const bool narrower = tensor.constant && bits(tensor.element) < bits(stored.element);
  if (bf16 || (narrower && is_float(stored.element))) stored.element = tensor.element;
  return stored;
}

void check_output(const std::string& name, const Tensor& tensor, const TensorType& stored,
                  Counts& counts) {
  if (!tensor.shape) {
    counts.unknown.push_back(name);
    return;
  }
  const auto found = type_of(tensor);
  const auto text = difference(found, expected_of(tensor, stored));
  if (!text.empty()) {
    counts.failures.push_back(fmt::format("{}: {} {}", name, tensor.name, text));
    return;
  }
  ++(tensor.upper_bound ? counts.bounds : counts.equal);
  if (found.values && stored.values) ++counts.with_elements;
}

// Compares all outputs of a model with what is stored.
void check_model(const Path& folder, const Trial& trial, Counts& counts) {
  const auto name = folder.filename().string();
  const auto bytes = bytes_of(folder / "model.onnx");
  const auto graph = parse(bytes).graph;
  if (backend::feeds_the_unexpected(graph, folder)) return;
  const ImportOptions options{backend::fed_dims(bytes, folder, trial.fed), {}, true};
  const auto network = import_bytes(trial.prepare(bytes, folder), name, options);
  for (std::size_t i = 0; i < graph.outputs.size(); ++i) {
    const auto file = folder / "test_data_set_0" / fmt::format("output_{}.pb", i);
    if (!std::filesystem::exists(file)) continue;
    if (guesses_trips(network)) {
      counts.unknown.push_back(name);
    } else {
      check_output(name, network.tensor(network.outputs()[i]),
                   backend::stored_type(bytes_of(file), graph.outputs[i].type.container), counts);
    }
  }
}

Counts check_all(const Trial& trial) {
  Counts counts;
  for (const auto& folder : backend::models()) {
    if (kSkipped.count(folder.filename().string()) != 0) continue;
    ++counts.models;
    try {
      check_model(folder, trial, counts);
    } catch (const std::exception& error) {
      counts.failures.emplace_back(error.what());
    }
  }
  MESSAGE(counts.models << " models: " << counts.equal << " outputs as stored, "
                        << counts.with_elements << " of them with elements, " << counts.bounds
                        << " bounds, " << counts.unknown.size() << " unknown");
  CHECK_MESSAGE(counts.failures.empty(), fmt::format("{}", fmt::join(counts.failures, "\n")));
  return counts;
}

}  // namespace

TEST_CASE("every backend test of ONNX imports and has the shapes that ONNX computes") {
  if (backend::models().empty()) {
    MESSAGE("skipped: install libonnx-testdata");
    return;
  }
  const auto counts = check_all({[](const std::string& model, const Path&) { return model; }});
  CHECK(counts.models >= 900);
  CHECK(counts.equal >= 1100);
}

// Then shapes that the model's run-time inputs decide are unknown, but no shape is wrong.
TEST_CASE("shapes are found without what the backend tests state of them") {
  if (backend::models().empty()) return;
  const auto counts = check_all({[](const std::string& model, const Path&) {
    return backend::without_stated_shapes(model);
  }});
  CHECK(counts.equal >= 1000);
}

TEST_CASE("shapes and elements are those that ONNX computes where the inputs are constants") {
  if (backend::models().empty()) return;
  const auto counts = check_all({[](const std::string& model, const Path& folder) {
                                   return backend::with_stored_inputs(
                                       backend::without_stated_shapes(model), folder);
                                 },
                                 {Container::sequence}});
  CHECK(counts.equal >= 1200);
  CHECK(counts.with_elements >= 150);
  CHECK_MESSAGE(counts.unknown == kStaysUnknown,
                fmt::format("{}", fmt::join(counts.unknown, ", ")));
}

}  // namespace roofbeam::onnx
