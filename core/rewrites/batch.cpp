// Batch and sequence length: dimensions of all inputs at once.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/input_error.hpp"
#include "core/rewrites/fit_inputs.hpp"
#include "core/rewrites/reading.hpp"
#include "core/rewrites/refit.hpp"
#include "core/rewrites/table.hpp"

namespace roofbeam {
namespace {

struct Dimension {
  TensorId input;
  std::size_t axis;
};
using Dimensions = std::vector<Dimension>;

std::string lower_case(std::string text) {
  for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool is_batch(const std::string& name) {
  const auto word = lower_case(name);
  return word.find("batch") != std::string::npos || word == "n" || word == "bs";
}

bool is_sequence(const std::string& name) {
  const auto word = lower_case(name);
  return word.find("past") == std::string::npos &&
         (word.find("seq") != std::string::npos || word == "length" || word == "tokens");
}

const Shape* shape_of(const Network& network, TensorId id) {
  const auto& tensor = network.tensor(id);
  return tensor.shape && tensor.container == Container::tensor ? &*tensor.shape : nullptr;
}

// Dimensions that the file gives such a name.
Dimensions named(const Network& network, bool (*is_meant)(const std::string&)) {
  Dimensions found;
  for (const auto id : network.inputs()) {
    const auto symbols = network.notes().symbols.find(id);
    const auto* shape = shape_of(network, id);
    if (symbols == network.notes().symbols.end() || shape == nullptr) continue;
    for (std::size_t axis = 0; axis < std::min(symbols->second.size(), shape->size()); ++axis) {
      if (is_meant(symbols->second[axis])) found.push_back({id, axis});
    }
  }
  return found;
}

// The first dimension of every input that has more than one, or of all if none has.
Dimensions leading(const Network& network) {
  std::size_t most = 0;
  for (const auto id : network.inputs()) {
    if (const auto* shape = shape_of(network, id)) most = std::max(most, shape->size());
  }
  Dimensions found;
  for (const auto id : network.inputs()) {
    const auto* shape = shape_of(network, id);
    if (shape != nullptr && shape->size() >= std::min<std::size_t>(most, 2) && !shape->empty()) {
      found.push_back({id, 0});
    }
  }
  return found;
}

bool holds_tokens(const Network& network, TensorId id) {
  const auto* shape = shape_of(network, id);
  return shape != nullptr && shape->size() == 2 && is_integer(network.tensor(id).element);
}

// The second dimension of tokens (integers, batch x length), or of vectors (batch x length x
// width), and every later dimension of the same size of the other inputs: masks.
Dimensions lengths(const Network& network) {
  Dimensions found;
  for (const auto id : network.inputs()) {
    if (holds_tokens(network, id)) found.push_back({id, 1});
  }
  const bool tokens = !found.empty();
  for (const auto id : network.inputs()) {
    const auto* shape = shape_of(network, id);
    if (shape == nullptr || holds_tokens(network, id)) continue;
    if (!tokens && shape->size() == 3) found.push_back({id, 1});
    if (!tokens) continue;
    const auto length = (*shape_of(network, found.front().input))[1];
    for (std::size_t axis = 1; axis < shape->size(); ++axis) {
      if ((*shape)[axis] == length && length > 1) found.push_back({id, axis});
    }
  }
  return found;
}

Network resized(const Network& network, const Dimensions& dimensions, std::int64_t size,
                const std::string& what) {
  auto changed = with_shape_layers(network);
  for (const auto& [input, axis] : dimensions) (*changed.tensor(input).shape)[axis] = size;
  return refit(std::move(changed), network, what, fit_inputs());
}

}  // namespace

void check_batch(const config::Node& value) { (void)read_count(value, "batch"); }
void check_sequence(const config::Node& value) { (void)read_count(value, "sequence"); }

Network rewrite_batch(const Network& network, const config::Node& value) {
  const auto size = read_count(value, "batch");
  auto dimensions = named(network, is_batch);
  if (dimensions.empty()) dimensions = leading(network);
  if (dimensions.empty()) {
    refuse(value, fmt::format("network '{}' has no input with a batch", network.name()));
  }
  return resized(network, dimensions, size, fmt::format("batch {}", size));
}

Network rewrite_sequence(const Network& network, const config::Node& value) {
  const auto size = read_count(value, "sequence");
  auto dimensions = named(network, is_sequence);
  if (dimensions.empty()) dimensions = lengths(network);
  if (dimensions.empty()) {
    refuse(
        value, fmt::format("network '{}' has no input that is a sequence", network.name()),
        "a sequence is an input of integers, batch x length, of vectors, batch x length x width, "
        "or has a dimension that the file calls sequence or length");
  }
  return resized(network, dimensions, size, fmt::format("sequence {}", size));
}

}  // namespace roofbeam
