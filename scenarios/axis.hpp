// The values along one path that a question may choose from, by index.
//
// Real quantities lie on a lattice of decimal numbers with so many significant digits, in the unit
// that they are stated in: 12.33, 12.34, 12.35 GB/s. So an answer is a number that people can write
// down, and "the next smaller value fails" is a statement that can be checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/subject.hpp"

namespace roofbeam {

// Decimal numbers with a number of significant digits, in order: with 2 digits, index 0 is 1.0, 89
// is 9.9, 90 is 10, -1 is 0.99.
class DecimalLattice {
 public:
  explicit DecimalLattice(int digits);  // 1..15
  [[nodiscard]] double at(std::int64_t index) const;
  // The first index whose number is at least this positive one; the last that is at most it.
  [[nodiscard]] std::int64_t ceil(double number) const;
  [[nodiscard]] std::int64_t floor(double number) const;

 private:
  int digits_;
  std::int64_t decade_;  // numbers from 1 up to 10
};

class Axis {
 public:
  // "PATH", "PATH=FROM..TO" or "PATH=A,B,C". Without a range: a thousandth to a thousand times what
  // is stated there, shares and threads as far as they go. Throws InputError.
  Axis(std::string_view text, const Subject& subject, int digits);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::int64_t last() const { return last_; }
  [[nodiscard]] std::string text(std::int64_t index) const;  // "12.34 GB/s"
  // In the unit of the texts; the index where the axis is a list.
  [[nodiscard]] double number(std::int64_t index) const;
  [[nodiscard]] std::string unit() const { return unit_.unit; }
  [[nodiscard]] bool is_list() const { return !words_.empty(); }
  [[nodiscard]] bool is_whole() const { return whole_; }
  [[nodiscard]] bool is_default() const { return default_; }  // nobody stated the range
  // What is stated now: "68.25 GB/s"; nothing for lists and new keys.
  [[nodiscard]] const std::optional<UnitNumber>& stated() const { return stated_; }

 private:
  void set_list(std::string_view text);
  void set_range(std::string_view text, const Subject& subject);
  void set_around(const Subject& subject);
  void set_bounds(double from, double to);

  std::string path_;
  DecimalLattice lattice_;
  std::vector<std::string> words_;
  UnitNumber unit_;
  std::optional<UnitNumber> stated_;
  bool whole_ = false;
  bool default_ = false;
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
};

}  // namespace roofbeam
