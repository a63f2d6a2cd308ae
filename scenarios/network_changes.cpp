#include "scenarios/network_changes.hpp"

#include <fmt/format.h>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/precision.hpp"

namespace roofbeam {
namespace {

[[noreturn]] void fail(const Change& change, const std::string& text, const std::string& hint) {
  throw InputError(
      config::complaint(change.value.mark, fmt::format("network.{}: {}", change.path, text), hint));
}

}  // namespace

std::vector<std::string> network_keys() { return {"precision"}; }

Network rewritten(const Network& network, std::span<const Change* const> changes,
                  LowerOptions& options) {
  for (const Change* change : changes) {
    const std::string text = value_text(change->value);
    const auto precision = parse_precision(text);
    if (!precision) {
      const auto near = nearest(text, precision_words());
      fail(*change, fmt::format("unknown precision '{}'", text),
           near ? fmt::format("did you mean '{}'?", *near) : "");
    }
    options.precision = precision;
  }
  return network.copy();
}

bool keeps_facts(const Network&, const Change& change) {
  return change.path == "precision" && value_text(change.value) == "fp32";
}

}  // namespace roofbeam
