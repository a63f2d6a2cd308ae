// What reading the parts of a claims file shares.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/reader.hpp"
#include "scenarios/audit/claims.hpp"

namespace roofbeam::audit {

// One map of the file, and what names in it may mean.
class ClaimMap {
 public:
  ClaimMap(const config::Node& node, std::string what, config::Complaints& complaints);

  // A number of one of these kinds; nothing, after a complaint, if it is another.
  std::optional<Stated> optional(std::string_view key, std::initializer_list<Kind> kinds = {});
  Stated required(std::string_view key, std::initializer_list<Kind> kinds = {});
  std::vector<Stated> list(std::string_view key, bool required);
  std::string word(std::string_view key, bool required = false);
  // A word that must be in the list, "" if the key is absent.
  std::string one_of(std::string_view key, const std::vector<std::string>& words,
                     bool required = false);
  std::optional<Precision> precision(std::string_view key);
  std::optional<int> count(std::string_view key);  // a whole number from 1 on
  PerPrecision<Stated> per_precision(std::string_view key, std::initializer_list<Kind> kinds);
  Origin origin();  // key `where`
  void complain(std::string_view key, std::string_view text, std::string_view hint = {});
  config::MapReader& reader() { return reader_; }
  // Complains about keys that nobody asked for.
  void finish();

 private:
  std::optional<Stated> stated(const config::Node& node, std::string_view key,
                               std::initializer_list<Kind> kinds);

  const config::Node& node_;
  config::Complaints& complaints_;
  config::MapReader reader_;
};

}  // namespace roofbeam::audit
