#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/nearest.hpp"
#include "core/operators/operator.hpp"
#include "core/operators/stored_precision.hpp"
#include "core/rewrites/reading.hpp"
#include "core/rewrites/table.hpp"

namespace roofbeam {
namespace {

struct Word {
  std::string_view text;
  ElementType element;
};
constexpr std::array<Word, 6> kWords = {{{"fp32", ElementType::f32},
                                         {"fp16", ElementType::f16},
                                         {"bf16", ElementType::bf16},
                                         {"int16", ElementType::i16},
                                         {"int8", ElementType::i8},
                                         {"int4", ElementType::i4}}};

std::string_view word_of(ElementType element) {
  const auto found = std::ranges::find(kWords, element, &Word::element);
  return found == kWords.end() ? to_text(element) : found->text;
}

// What is asked of which layers. Only those that multiply weights are concerned unless `all`.
struct Assignment {
  LayerPrecision precision;
  bool all = false;
  Patterns layers;  // empty: all
  Patterns except;
};

// ---- reading

[[noreturn]] void refuse_word(const config::Node& value) {
  std::vector<std::string> known;
  for (const auto& word : kWords) known.emplace_back(word.text);
  for (const auto* scheme : {"weights-int8", "weights-int4", "dynamic-int8"}) {
    known.emplace_back(scheme);
  }
  const auto meant = nearest(value.scalar, known);
  refuse(value, fmt::format("unknown precision '{}'", value.scalar),
         meant ? fmt::format("did you mean '{}'?", *meant)
               : fmt::format("there are: {}", fmt::join(known, ", ")));
}

ElementType read_element(const config::Node& value) {
  const auto found = std::ranges::find(kWords, std::string_view(value.scalar), &Word::text);
  if (value.kind == config::Node::Kind::scalar && found != kWords.end()) return found->element;
  refuse_word(value);
}

LayerPrecision everywhere(ElementType element) { return {element, element, element, false}; }

Assignment read_word(const config::Node& value) {
  Assignment assignment;
  const std::string_view text = value.scalar;
  auto element = value;
  if (text.starts_with("weights-")) {
    element.scalar = text.substr(8);
    if (element.scalar != "int8" && element.scalar != "int4") refuse_word(value);
    assignment.precision.weights = read_element(element);
  } else if (text == "dynamic-int8") {
    assignment.precision = {ElementType::i8, std::nullopt, ElementType::i8, true};
  } else {
    assignment.precision = everywhere(read_element(value));
    assignment.all = true;
  }
  return assignment;
}

// The type that integer kernels multiply: that of the weights.
void read_kernels(const config::Node& kernels, LayerPrecision& precision) {
  const auto& word = kernels.scalar;
  if (word == "false") {
    if (precision.arithmetic && is_integer(*precision.arithmetic)) precision.arithmetic.reset();
    return;
  }
  if (word != "true" && word != "where-available") {
    refuse(kernels, "integer_kernels is true, false or where-available");
  }
  if (!precision.weights || !is_integer(*precision.weights)) {
    refuse(kernels, "integer kernels need integer weights",
           "{weights: int8, integer_kernels: true}");
  }
  precision.arithmetic = precision.weights;
  precision.where_available = word == "where-available";
}

Assignment read_map(const config::Node& value) {
  require_keys(value, "precision",
               {"all", "weights", "activations", "integer_kernels", "layers", "except"});
  Assignment assignment;
  auto& precision = assignment.precision;
  if (const auto* all = value.find("all")) {
    assignment = all->kind == config::Node::Kind::scalar ? read_word(*all) : assignment;
    if (all->kind != config::Node::Kind::scalar) refuse(*all, "all is one word", "all: fp16");
  }
  if (const auto* weights = value.find("weights")) precision.weights = read_element(*weights);
  if (const auto* activations = value.find("activations")) {
    precision.activations = read_element(*activations);
    assignment.all = true;
  }
  if (const auto* kernels = value.find("integer_kernels")) read_kernels(*kernels, precision);
  if (const auto* layers = value.find("layers"))
    assignment.layers = read_patterns(*layers, "layers");
  if (const auto* except = value.find("except"))
    assignment.except = read_patterns(*except, "except");
  if (precision.weights || precision.activations || precision.arithmetic) return assignment;
  refuse(value, "this precision asks for nothing", "{weights: int8, activations: fp16}");
}

std::vector<Assignment> read_assignments(const config::Node& value) {
  using Kind = config::Node::Kind;
  if (value.kind == Kind::scalar) return {read_word(value)};
  if (value.kind == Kind::map) return {read_map(value)};
  std::vector<Assignment> assignments;
  for (const auto& item : value.items) {
    if (item.kind != Kind::scalar && item.kind != Kind::map) refuse_word(item);
    assignments.push_back(item.kind == Kind::scalar ? read_word(item) : read_map(item));
  }
  if (!assignments.empty()) return assignments;
  refuse(value, "precision is a word, a map or a list of them", "int8, or {weights: int8}");
}

// ---- applying

// Layers that the file stores as integers stay as they are.
bool is_quantized(const Network& network, const Layer& layer) {
  const auto stored = stored_precision(network, layer).activations;
  return is_integer(stored) && bits(stored) <= 16;
}

bool has_trained_weights(const Network& network, const Layer& layer) {
  return stored_precision(network, layer).weights != ElementType::undefined &&
         (layer.work.macs > 0 || kernel_name(layer) == "Gather");
}

bool concerns(const Assignment& assignment, const Network& network, const Layer& layer) {
  const bool meant = assignment.layers.empty() || assignment.layers.match(layer.name);
  return meant && !assignment.except.match(layer.name) &&
         (assignment.all || has_trained_weights(network, layer));
}

void assign(LayerPrecision& precision, const LayerPrecision& asked) {
  if (asked.weights) precision.weights = asked.weights;
  if (asked.activations) precision.activations = asked.activations;
  // Weights alone: what they were multiplied as before is no longer asked for.
  if (asked.arithmetic || asked.weights) {
    precision.arithmetic = asked.arithmetic;
    precision.where_available = asked.where_available;
  }
}

// The scheme as a word that can be read again: "int8", "weights int8".
std::string describe(const LayerPrecision& precision) {
  std::vector<std::string> parts;
  const auto say = [&](std::string_view what, const std::optional<ElementType>& element) {
    if (element) parts.push_back(fmt::format("{} {}", what, word_of(*element)));
  };
  const bool alike = precision.weights && precision.weights == precision.activations &&
                     precision.weights == precision.arithmetic;
  if (alike) return std::string(word_of(*precision.weights));
  say("weights", precision.weights);
  say("activations", precision.activations);
  say("multiplied as", precision.arithmetic);
  return fmt::format("{}{}", fmt::join(parts, ", "),
                     precision.where_available ? " where the runtime has kernels for it" : "");
}

std::string counted(int layers) {
  return layers == 1 ? "1 layer" : fmt::format("{} layers", layers);
}

struct Outcome {
  int layers = 0;
  int quantized = 0;
};

Outcome apply(Network& network, const Assignment& assignment) {
  Outcome outcome;
  for (std::size_t i = 0; i < network.layers().size(); ++i) {
    auto& layer = network.layer(static_cast<LayerId>(i));
    if (layer.state != LayerState::modelled || !concerns(assignment, network, layer)) continue;
    if (is_quantized(network, layer)) {
      ++outcome.quantized;
      continue;
    }
    assign(layer.precision, assignment.precision);
    ++outcome.layers;
  }
  return outcome;
}

}  // namespace

void check_precision(const config::Node& value) { (void)read_assignments(value); }

Network rewrite_precision(const Network& network, const config::Node& value) {
  auto rewritten = network.copy();
  for (const auto& assignment : read_assignments(value)) {
    const auto outcome = apply(rewritten, assignment);
    const auto what = describe(assignment.precision);
    if (outcome.layers == 0 && outcome.quantized == 0) {
      refuse(value, fmt::format("no layer of network '{}' is meant by {}", network.name(), what),
             "look at the names that 'roofbeam inspect' shows");
    }
    rewritten.assume(fmt::format(
        "precision: {} in {}{}", what, counted(outcome.layers),
        outcome.quantized == 0
            ? ""
            : fmt::format("; as the file quantized them stay {}", counted(outcome.quantized))));
  }
  return rewritten;
}

}  // namespace roofbeam
