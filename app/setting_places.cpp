#include "app/setting_places.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/output.hpp"
#include "core/input_error.hpp"

namespace roofbeam::app {

SettingPlaces::SettingPlaces(const std::vector<Setting>& settings) {
  for (const Setting& setting : settings) places_.push_back({setting, 0, {}});
}

std::vector<Setting> SettingPlaces::applicable(const Catalog& catalog,
                                               const std::string& name_or_path) {
  static_cast<void>(tree(catalog, name_or_path, {}));  // complains of the file before any setting
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
    for (const std::string& complaint : place.complaints) note(complaint);
  }
}

}  // namespace roofbeam::app
