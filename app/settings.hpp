// --set PATH=VALUE, sorted by what it writes into.
#pragma once

#include <string>
#include <vector>

#include "app/commands.hpp"
#include "models/lower.hpp"
#include "platforms/catalog.hpp"
#include "platforms/platform.hpp"

namespace roofbeam::app {

struct Settings {
  std::vector<Setting> platform;
  std::vector<Setting> runtime;
};

// Splits the settings; what they say of the run (run.batch, run.threads, run.precision) goes into
// `run` unless an option of its own says it already. Throws InputError.
[[nodiscard]] Settings read_settings(const std::vector<std::string>& texts, LowerOptions& run);

// A precision by its word. Throws InputError with the words there are and the nearest.
[[nodiscard]] Precision read_precision(const std::string& word);

// Remembers on which files each setting found its place: on none is an error, on some a note.
class SettingPlaces {
 public:
  explicit SettingPlaces(std::vector<Setting> settings);
  // The settings whose path exists in this file.
  [[nodiscard]] std::vector<Setting> applicable(const Catalog& catalog,
                                                const std::string& name_or_path);
  // Throws InputError for the first setting that was never applicable; notes for the others.
  void finish() const;

 private:
  struct Place {
    Setting setting;
    std::size_t found = 0;
    std::vector<std::string> complaints;
  };
  std::vector<Place> places_;
};

}  // namespace roofbeam::app
