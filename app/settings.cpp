#include "app/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/output.hpp"
#include "core/input_error.hpp"
#include "core/nearest.hpp"
#include "platforms/words.hpp"

namespace roofbeam::app {
namespace {

Setting split(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    throw InputError(fmt::format(
        "--set {}: expected PATH=VALUE, such as memory.DRAM.bandwidth=\"34 GB/s\"", text));
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

int read_count(const Setting& setting) {
  int value = 0;
  const char* end = setting.value.data() + setting.value.size();
  const auto [stop, error] = std::from_chars(setting.value.data(), end, value);
  if (error != std::errc{} || stop != end) {
    throw InputError(fmt::format("--set run.{}={}: expected a whole number", setting.path,
                                 setting.value));
  }
  return value;
}

void set_run(LowerOptions& run, const Setting& setting) {
  static const std::vector<std::string> known = {"batch", "threads", "precision"};
  if (setting.path == "batch") {
    run.batch = read_count(setting);
  } else if (setting.path == "threads") {
    run.threads = read_count(setting);
  } else if (setting.path == "precision") {
    run.precision = read_precision(setting.value);
  } else {
    const auto near = nearest(setting.path, known);
    throw InputError(fmt::format("--set run.{}: there is no '{}'; there is: {}{}", setting.path,
                                 setting.path, join(known),
                                 near ? fmt::format("; did you mean '{}'?", *near) : ""));
  }
}

// The setting without this first step, or nothing if its path begins otherwise.
std::optional<Setting> below(std::string_view step, const Setting& setting) {
  if (!setting.path.starts_with(step)) return std::nullopt;
  return Setting{setting.path.substr(step.size()), setting.value};
}

}  // namespace

Settings read_settings(const std::vector<std::string>& texts, LowerOptions& run) {
  Settings settings;
  for (const std::string& text : texts) {
    const Setting setting = split(text);
    if (const auto of_run = below("run.", setting)) {
      set_run(run, *of_run);
    } else if (const auto of_runtime = below("runtime.", setting)) {
      settings.runtime.push_back(*of_runtime);
    } else {
      settings.platform.push_back(below("platform.", setting).value_or(setting));
    }
  }
  return settings;
}

Precision read_precision(const std::string& word) {
  if (const auto precision = parse_precision(word)) return *precision;
  const auto near = nearest(word, precision_words());
  throw InputError(fmt::format("unknown precision '{}': {}there is: {}", word,
                               near ? fmt::format("did you mean '{}'? ", *near) : "",
                               join(precision_words())));
}

SettingPlaces::SettingPlaces(std::vector<Setting> settings) {
  for (Setting& setting : settings) places_.push_back({std::move(setting), 0, {}});
}

std::vector<Setting> SettingPlaces::applicable(const Catalog& catalog,
                                               const std::string& name_or_path) {
  std::vector<Setting> settings;
  for (Place& place : places_) {
    try {
      static_cast<void>(tree(catalog, name_or_path, {place.setting}));
      settings.push_back(place.setting);
      ++place.found;
    } catch (const InputError& error) {
      const std::string complaint = fmt::format("{}: {}", name_or_path, error.what());
      const auto known = std::ranges::find(place.complaints, complaint);
      if (known == place.complaints.end()) place.complaints.push_back(complaint);
    }
  }
  return settings;
}

void SettingPlaces::finish() const {
  for (const Place& place : places_) {
    if (place.found == 0 && !place.complaints.empty()) throw InputError(place.complaints.front());
  }
  for (const Place& place : places_) {
    for (const std::string& complaint : place.complaints) print_note(complaint);
  }
}

}  // namespace roofbeam::app
