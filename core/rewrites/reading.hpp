// What values of rewrites have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"
#include "core/config/reader.hpp"

namespace roofbeam {

// Throws InputError at the value's place.
[[noreturn]] void refuse(const config::Node& value, std::string_view text,
                         std::string_view hint = {});

// "50 %" or 0.5; throws unless 0 <= share < 1.
[[nodiscard]] double read_share(const config::Node& value, std::string_view what);

// A whole number of at least 1; throws.
[[nodiscard]] std::int64_t read_count(const config::Node& value, std::string_view what);

// Names of layers with * (anything) and ? (one character): one pattern or a list of them.
class Patterns {
 public:
  Patterns() = default;
  explicit Patterns(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {}
  [[nodiscard]] bool empty() const { return patterns_.empty(); }
  [[nodiscard]] bool match(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& texts() const { return patterns_; }

 private:
  std::vector<std::string> patterns_;
};
[[nodiscard]] Patterns read_patterns(const config::Node& value, std::string_view what);

// Whether a pattern stands for the whole name. Takes time in proportion to both lengths' product.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view name);

// Complains about keys of a map that are not among these, with the nearest; throws.
void require_keys(const config::Node& map, std::string_view what,
                  const std::vector<std::string>& known);

}  // namespace roofbeam
