// Numbers of descriptors and profiles as people write them: where they stand, and how to write
// another number in their place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"

namespace roofbeam {

// "68.25 GB/s" is 68.25 of "GB/s". Whole counts and shares have no unit; "88 %" has "%".
struct UnitNumber {
  double number = 0;
  std::string unit;
  double si = 0;          // of one unit
  int time_exponent = 0;  // of the unit's dimension: 1 s, -1 Hz, B/s and W, 0 any other

  // The same unit with another number: as few digits as it takes to read back the same bits.
  [[nodiscard]] std::string with(double other) const;
  [[nodiscard]] bool same_dimension(const UnitNumber& other) const;

  int kind = 0;  // equal for units of one dimension
};

// Nothing if the text is not a number with a unit that some quantity has.
[[nodiscard]] std::optional<UnitNumber> parse_unit_number(std::string_view text);

// A number that a file states, at the dotted path that config::set takes.
struct StatedNumber {
  std::string path;
  UnitNumber value;
  std::string kind;  // of its origin: "datasheet", ..., "" if unstated
};

// Every number of a tree in the file's order. What is structure is left out: what a kernel matches,
// its tile and the sizes of Winograd's outputs.
[[nodiscard]] std::vector<StatedNumber> stated_numbers(const config::Node& root);

// The number at a path; nothing if there is none.
[[nodiscard]] std::optional<UnitNumber> number_at(const config::Node& root, std::string_view path);

}  // namespace roofbeam
