#include "scenarios/run_changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/precision.hpp"

namespace roofbeam {
namespace {

[[noreturn]] void fail(const Change& change, const std::string& text, const std::string& hint) {
  throw InputError(
      config::complaint(change.value.mark, fmt::format("run.{}: {}", change.path, text), hint));
}

int count_of(const Change& change) {
  const std::string text = value_text(change.value);
  int count = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc{} || stopped != end || count < 1) {
    fail(change, fmt::format("'{}' is not a whole number from 1 on", text), "write one such as 4");
  }
  return count;
}

Precision precision_of_change(const Change& change) {
  const std::string text = value_text(change.value);
  if (const auto precision = parse_precision(text)) return *precision;
  const auto near = nearest(text, precision_words());
  fail(change, fmt::format("unknown precision '{}'", text),
       near ? fmt::format("did you mean '{}'?", *near)
            : fmt::format("there are {}", fmt::join(precision_words(), ", ")));
}

bool is_on(const Change& change) {
  const std::string text = value_text(change.value);
  if (text == "on" || text == "true") return true;
  if (text == "off" || text == "false") return false;
  fail(change, fmt::format("'{}' is neither on nor off", text), "write on or off");
}

}  // namespace

std::vector<std::string> run_keys() { return {"batch", "threads", "precision", "fusion"}; }

void apply_run_change(const Change& change, LowerOptions& options) {
  if (change.path == "batch") {
    options.batch = count_of(change);
  } else if (change.path == "threads") {
    options.threads = count_of(change);
  } else if (change.path == "precision") {
    options.precision = precision_of_change(change);
  } else if (change.path == "fusion") {
    options.fuse = is_on(change);
  } else {
    fail(change, "a run has no such key", fmt::format("it has: {}", fmt::join(run_keys(), ", ")));
  }
}

}  // namespace roofbeam
