// Symbolic dimensions and the numbers that the user gives for them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/onnx/model.hpp"

namespace roofbeam::onnx {

// What a dimension's text says: a name, or arithmetic on names as exporters write it:
// + - * / // % ( ), floor, ceiling, min, max ("past_length + 1", "floor(height/2)").
struct DimensionValue {
  std::optional<std::int64_t> value;
  std::set<std::string> missing;  // names without a number
};

// Text that is no arithmetic is one name. Throws InputError where the arithmetic comes out below 0,
// or not whole.
[[nodiscard]] DimensionValue evaluate(std::string_view text,
                                      const std::map<std::string, std::int64_t>& numbers);

class Dims {
 public:
  explicit Dims(const std::map<std::string, std::int64_t>& given) : given_(given) {}

  // The number of a dimension of the value `owner`, or the names that have none. A dimension
  // without a name is called OWNER.AXIS.
  DimensionValue resolve(std::string_view owner, const Dimension& dimension, std::size_t axis);

  // Throws InputError for a number given to a dimension that there is not.
  void require_all_used() const;

 private:
  const std::map<std::string, std::int64_t>& given_;
  std::set<std::string> known_;
};

}  // namespace roofbeam::onnx
