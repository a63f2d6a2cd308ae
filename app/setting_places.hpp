// Which of the user's settings apply to which of several platforms or runtimes.
#pragma once

#include <string>
#include <vector>

#include "platforms/catalog.hpp"
#include "platforms/platform.hpp"

namespace roofbeam::app {

// Remembers where each setting found its place: nowhere is an error, not everywhere is a note.
class SettingPlaces {
 public:
  explicit SettingPlaces(const std::vector<Setting>& settings);
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
