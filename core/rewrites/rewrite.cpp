#include "core/rewrites/rewrite.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "core/rewrites/table.hpp"

namespace roofbeam {
namespace {

constexpr RewriteRow kRows[] = {
    {.key = "batch",
     .values = "4",
     .sentence = "Sets the batch of the network itself: dimensions that the file calls so, or the "
                 "first of every input (run.batch multiplies it).",
     .apply = rewrite_batch,
     .check = check_batch},
    {.key = "classes",
     .values = "10",
     .sentence = "Gives a classifier another number of classes: its last layer with a weight gets "
                 "as many outputs.",
     .apply = rewrite_classes,
     .check = check_classes},
    {.key = "compress_activations",
     .values = "50 %",
     .sentence = "Keeps activations between calls at that share of their size; compressing and "
                 "expanding them is work of every call.",
     .apply = rewrite_compress_activations,
     .check = check_compress_activations},
    {.key = "fusion",
     .values = "on, or off",
     .sentence = "Off: the runtime fuses nothing, and every layer writes its result to memory.",
     .apply = rewrite_fusion,
     .check = check_fusion},
    {.key = "precision",
     .values =
         "fp16, bf16, int8, int4, weights-int8, weights-int4, dynamic-int8, a map {all: fp16, "
         "weights: int8, activations: fp32, integer_kernels: where-available, layers: "
         "[\"block*\"], except: [head]}, or a list of these, of which the last that is meant "
         "wins",
     .sentence = "Stores weights and activations of layers, and multiplies them, at another "
                 "precision; layers that the file has quantized stay as they are.",
     .apply = rewrite_precision,
     .check = check_precision},
    {.key = "prune",
     .values = "50 %, or {channels: 50 %, layers: [\"block*\"], round_to: 8}",
     .sentence = "Removes that share of the channels of every layer, rounded up; what depends on "
                 "them follows, outputs of the network keep theirs.",
     .apply = rewrite_prune,
     .check = check_prune},
    {.key = "resolution",
     .values = "160, or 160x96 (height x width)",
     .sentence = "Feeds images of another height and width; what the file hard-codes for the old "
                 "size follows.",
     .apply = rewrite_resolution,
     .check = check_resolution},
    {.key = "sequence",
     .values = "128",
     .sentence =
         "Sets the length of the sequences that are fed: dimensions that the file calls so, "
         "or the second of token inputs.",
     .apply = rewrite_sequence,
     .check = check_sequence},
    {.key = "sparsity",
     .values = "70 %, or {zeros: 70 %, stored: bitmask}",
     .sentence = "Takes that share of the weights to be zero: without sparse kernels that saves no "
                 "time, and no bytes unless they are stored as a bitmask and the rest.",
     .apply = rewrite_sparsity,
     .check = check_sparsity},
    {.key = "width",
     .values = "0.75, or {times: 0.75, divisor: 8, minimum: 8, keep: [\"head*\"]}",
     .sentence = "Multiplies the channels of every layer, rounded to multiples of 8 as published "
                 "for MobileNet; inputs and outputs of the network keep theirs.",
     .apply = rewrite_width,
     .check = check_width},
};

const RewriteRow& row_of(const Rewrite& rewrite) {
  const auto row = std::ranges::find(kRows, rewrite.key, &RewriteRow::key);
  if (row != std::end(kRows)) return *row;
  std::vector<std::string> keys;
  for (const auto& each : kRows) keys.emplace_back(each.key);
  const auto meant = nearest(rewrite.key, keys);
  throw InputError(config::complaint(rewrite.value.mark,
                                     fmt::format("there is no rewrite '{}'", rewrite.key),
                                     meant ? fmt::format("did you mean '{}'?", *meant)
                                           : fmt::format("there are: {}", fmt::join(keys, ", "))));
}

}  // namespace

std::span<const RewriteRow> rewrites() { return kRows; }

Rewrite parse_rewrite(std::string_view option, std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    throw InputError(fmt::format("{} '{}': expected KEY=VALUE, such as {} resolution=160", option,
                                 text, option));
  }
  const auto key = std::string(text.substr(0, equals));
  return {key,
          config::parse(std::string(text.substr(equals + 1)), fmt::format("{} {}", option, key))};
}

void check(const Rewrite& rewrite) { row_of(rewrite).check(rewrite.value); }

Network rewrite(const Network& network, const std::vector<Rewrite>& rewrites) {
  Network rewritten = network.copy();
  for (const auto& each : rewrites) rewritten = row_of(each).apply(rewritten, each.value);
  return rewritten;
}

}  // namespace roofbeam
