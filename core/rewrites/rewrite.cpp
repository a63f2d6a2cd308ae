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
    {.key = "resolution",
     .values = "160, or 160x96 (height x width)",
     .sentence = "Feeds images of another height and width; what the file hard-codes for the old "
                 "size follows.",
     .apply = rewrite_resolution},
    {.key = "width",
     .values = "0.75, or {times: 0.75, divisor: 8, minimum: 8, keep: [\"head*\"]}",
     .sentence = "Multiplies the channels of every layer, rounded to multiples of 8 as published "
                 "for MobileNet; inputs and outputs of the network keep theirs.",
     .apply = rewrite_width},
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

Network rewrite(const Network& network, const std::vector<Rewrite>& rewrites) {
  Network rewritten = network.copy();
  for (const auto& each : rewrites) rewritten = row_of(each).apply(rewritten, each.value);
  return rewritten;
}

}  // namespace roofbeam
