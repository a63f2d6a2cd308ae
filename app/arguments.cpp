#include "app/arguments.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "app/output.hpp"
#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/words.hpp"
#include "reports/missing.hpp"

namespace roofbeam::app {
namespace {

using Pair = std::pair<std::string, std::string>;

// The two sides of the first '='; nothing if one of them is empty.
std::optional<Pair> split(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) return std::nullopt;
  return Pair{text.substr(0, equals), text.substr(equals + 1)};
}

template <class Integer>
std::optional<Integer> positive(const std::string& text) {
  Integer value = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end || value < 1) return std::nullopt;
  return value;
}

std::string did_you_mean(const std::string& word, std::span<const std::string> known) {
  const auto near = nearest(word, known);
  return near ? fmt::format("; did you mean '{}'?", *near) : "";
}

int run_count(const std::string& key, const std::string& value) {
  if (const auto number = positive<int>(value)) return *number;
  throw InputError(
      fmt::format("--set run.{}={}: '{}' is not a whole number from 1 on", key, value, value));
}

void set_run(LowerOptions& run, const std::string& key, const std::string& value) {
  static const std::array<std::string, 4> known = {"batch", "threads", "precision", "fusion"};
  if (key == "batch") {
    run.batch = run_count(key, value);
  } else if (key == "threads") {
    run.threads = run_count(key, value);
  } else if (key == "precision") {
    run.precision = precision_named(value);
  } else if (key == "fusion" && (value == "on" || value == "off")) {
    run.fuse = value == "on";
  } else if (key == "fusion") {
    throw InputError(fmt::format("--set run.fusion={}: write on or off", value));
  } else {
    throw InputError(fmt::format("--set run.{}={}: a run has no '{}', it has {}{}", key, value, key,
                                 join(known), did_you_mean(key, known)));
  }
}

// What follows `room` at the start of a path, or nothing if the path leads elsewhere.
std::optional<std::string> inside(const std::string& path, std::string_view room) {
  if (!path.starts_with(room)) return std::nullopt;
  return path.substr(room.size());
}

void set(Settings& settings, const Pair& pair) {
  const auto& [path, value] = pair;
  if (const auto key = inside(path, "run.")) {
    set_run(settings.run, *key, value);
  } else if (const auto in_runtime = inside(path, "runtime.")) {
    settings.runtime.push_back({*in_runtime, value});
  } else {
    settings.platform.push_back({inside(path, "platform.").value_or(path), value});
  }
}

void require_positive(std::string_view what, int value) {
  if (value >= 1) return;
  throw InputError(fmt::format("{} must be at least 1, not {}", what, value));
}

std::string layers_are(const OperatorCounts& operators) {
  std::int64_t count = 0;
  for (const auto& [name, layers] : operators) count += layers;
  return count == 1 ? "1 layer is" : fmt::format("{} layers are", count);
}

std::string describe_missing(const Totals& totals) {
  std::string text;
  if (!totals.not_modelled.empty()) {
    text = fmt::format("{} not modelled: {}", layers_are(totals.not_modelled),
                       counted(totals.not_modelled));
  }
  if (!totals.not_shaped.empty()) {
    text += fmt::format("{}{} not shaped: {}", text.empty() ? "" : "; ",
                        layers_are(totals.not_shaped), counted(totals.not_shaped));
  }
  return text;
}

}  // namespace

std::map<std::string, std::int64_t> parse_counts(std::string_view option,
                                                 const std::vector<std::string>& texts) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& text : texts) {
    const auto pair = split(text);
    if (!pair) throw InputError(fmt::format("{} {}: write NAME=N, such as batch=1", option, text));
    const auto value = positive<std::int64_t>(pair->second);
    if (!value) {
      throw InputError(
          fmt::format("{} {}: '{}' is not a whole number from 1 on", option, text, pair->second));
    }
    if (!counts.emplace(pair->first, *value).second) {
      throw InputError(fmt::format("{} {}: '{}' is given twice", option, text, pair->first));
    }
  }
  return counts;
}

Settings parse_settings(const std::vector<std::string>& texts) {
  Settings settings;
  for (const auto& text : texts) {
    const auto pair = split(text);
    if (!pair) {
      throw InputError(fmt::format(
          "--set {}: write PATH=VALUE, such as memory.DRAM.bandwidth='34 GB/s' or run.batch=4",
          text));
    }
    set(settings, *pair);
  }
  return settings;
}

Settings run_settings(const RunOptions& options) {
  Settings settings = parse_settings(options.settings);
  if (!options.precision.empty()) settings.run.precision = precision_named(options.precision);
  if (options.batch) settings.run.batch = *options.batch;
  if (options.threads) settings.run.threads = *options.threads;
  require_positive("batch", settings.run.batch);
  require_positive("threads", settings.run.threads.value_or(1));
  return settings;
}

Precision precision_named(const std::string& word) {
  if (const auto precision = parse_precision(word)) return *precision;
  throw InputError(fmt::format("unknown precision '{}', there are {}{}", word,
                               join(precision_words()), did_you_mean(word, precision_words())));
}

void check_missing(const Totals& totals, const std::string& model, bool strict) {
  const std::string text = describe_missing(totals);
  if (text.empty()) return;
  if (strict) throw InputError(fmt::format("{}: error: {} (--strict)", model, text));
  warn(fmt::format("{}: {}; no figure holds them", model, text));
}

}  // namespace roofbeam::app
