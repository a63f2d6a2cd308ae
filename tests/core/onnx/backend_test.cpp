// Every model of ONNX's backend tests imports, and the shapes that come out are those of the
// outputs that ONNX's own implementation computed.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <map>

#include "core/onnx/import.hpp"
#include "tests/core/onnx/backend_data.hpp"

namespace roofbeam::onnx {
namespace {

using backend::bytes_of;

// Model -> why it is not held to its stored output. Meant to be empty.
const std::map<std::string, std::string> kSkipped = {};

struct Counts {
  int models = 0;
  int equal = 0;
  int bounds = 0;
  int unknown = 0;
};

// Empty if the tensor is what was stored, "unknown" if its shape is, or what differs.
std::string difference(const Tensor& tensor, const TensorType& stored) {
  if (!tensor.shape) return "unknown";
  const bool bound = tensor.upper_bound &&
                     std::ranges::equal(*tensor.shape, stored.shape, std::ranges::greater_equal{});
  // NumPy, which wrote the stored outputs, has no bfloat16.
  const auto written = stored.element == ElementType::u16 ? ElementType::bf16 : stored.element;
  const bool same_element = tensor.element == stored.element || tensor.element == written ||
                            tensor.element == ElementType::undefined;
  if ((bound || *tensor.shape == stored.shape) && same_element) return "";
  return fmt::format("{} is {} {}, stored is {} {}", tensor.name, to_text(tensor.element),
                     to_text(*tensor.shape), to_text(stored.element), to_text(stored.shape));
}

// The same for a sequence: as many items, each as stored.
std::string sequence_difference(const Tensor& tensor, const std::vector<TensorType>& stored) {
  if (!tensor.shape || tensor.container != Container::sequence) return "unknown";
  if (tensor.items.size() != stored.size()) {
    return fmt::format("{} has {} items, stored are {}", tensor.name, tensor.items.size(),
                       stored.size());
  }
  for (std::size_t i = 0; i < stored.size(); ++i) {
    Tensor item;
    set_type(item, tensor.items[i]);
    if (auto text = difference(item, stored[i]); !text.empty()) return text;
  }
  return "";
}

std::string output_difference(const Tensor& tensor, const std::string& stored) {
  if (tensor.container == Container::tensor) {
    return difference(tensor, backend::type_of(protozero::data_view(stored)));
  }
  if (tensor.container == Container::sequence) {
    return sequence_difference(tensor, backend::items_of(protozero::data_view(stored)));
  }
  return tensor.shape ? "" : "unknown";
}

// One run of a loop is no bound for what many runs make.
bool guesses_trips(const Network& network) {
  return std::ranges::any_of(network.assumptions(), [](const std::string& text) {
    return text.find("how often it runs depends on data") != std::string::npos;
  });
}

// Compares all outputs of a model with what is stored; adds what is wrong to `failures`.
void check_model(const std::filesystem::path& folder, const std::string& model, Counts& counts,
                 std::vector<std::string>& failures) {
  const auto name = folder.filename().string();
  if (kSkipped.count(name) != 0) return;
  ++counts.models;
  try {
    const auto network = import_bytes(model, name, {{}, {}, true});
    for (std::size_t i = 0; i < network.outputs().size(); ++i) {
      const auto file = folder / "test_data_set_0" / fmt::format("output_{}.pb", i);
      if (!std::filesystem::exists(file)) continue;
      const auto& tensor = network.tensor(network.outputs()[i]);
      const auto text = output_difference(tensor, bytes_of(file));
      if (text == "unknown" || guesses_trips(network)) {
        ++counts.unknown;
      } else if (!text.empty()) {
        failures.push_back(name + ": " + text);
      } else {
        ++(tensor.upper_bound ? counts.bounds : counts.equal);
      }
    }
  } catch (const std::exception& error) {
    failures.emplace_back(error.what());
  }
}

template <class Prepare>
Counts check_all(Prepare prepare, std::vector<std::string>& failures) {
  Counts counts;
  for (const auto& folder : backend::models()) {
    check_model(folder, prepare(bytes_of(folder / "model.onnx")), counts, failures);
  }
  MESSAGE(counts.models << " models: " << counts.equal << " outputs as stored, " << counts.bounds
                        << " bounds, " << counts.unknown << " unknown");
  return counts;
}

}  // namespace

TEST_CASE("every backend test of ONNX imports and has the shapes that ONNX computes") {
  if (backend::models().empty()) {
    MESSAGE("skipped: install libonnx-testdata");
    return;
  }
  std::vector<std::string> failures;
  const auto counts = check_all([](std::string model) { return model; }, failures);
  CHECK_MESSAGE(failures.empty(), fmt::format("{}", fmt::join(failures, "\n")));
  CHECK(counts.models >= 900);
  CHECK(counts.equal >= 1100);
}

// Then shapes that the model's run-time inputs decide are unknown, but no shape is wrong.
TEST_CASE("shapes are found without what the backend tests state of them") {
  if (backend::models().empty()) return;
  std::vector<std::string> failures;
  const auto counts = check_all(backend::without_stated_shapes, failures);
  CHECK_MESSAGE(failures.empty(), fmt::format("{}", fmt::join(failures, "\n")));
  CHECK(counts.equal >= 1000);
}

}  // namespace roofbeam::onnx
