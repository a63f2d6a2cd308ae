#include "core/rewrites/reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/input_error.hpp"
#include "core/nearest.hpp"

namespace roofbeam {

void refuse(const config::Node& value, std::string_view text, std::string_view hint) {
  throw InputError(config::complaint(value.mark, text, hint));
}

double read_share(const config::Node& value, std::string_view what) {
  config::Complaints complaints;
  const double share = config::read_value<double>(value, what, complaints).value;
  complaints.throw_if_any();
  if (share >= 0 && share < 1) return share;
  refuse(value,
         fmt::format("{} must be at least 0 % and below 100 %, not {:g} %", what, share * 100),
         "write it as 50 % or 0.5");
}

std::int64_t read_count(const config::Node& value, std::string_view what) {
  config::Complaints complaints;
  const auto count = config::read_value<long long>(value, what, complaints).value;
  complaints.throw_if_any();
  if (count >= 1 && count <= 1'000'000'000) return count;
  refuse(value,
         fmt::format("{} must be at least 1 and at most 1,000,000,000, not {}", what, count));
}

bool Patterns::match(std::string_view name) const {
  return std::ranges::any_of(patterns_, [&](const auto& each) { return matches(each, name); });
}

Patterns read_patterns(const config::Node& value, std::string_view what) {
  if (value.kind == config::Node::Kind::scalar) return Patterns({value.scalar});
  std::vector<std::string> patterns;
  bool words = value.kind == config::Node::Kind::list;
  for (const auto& item : value.items) {
    words = words && item.kind == config::Node::Kind::scalar;
    patterns.push_back(item.scalar);
  }
  if (words) return Patterns(std::move(patterns));
  refuse(value, fmt::format("{} must be a name of layers or a list of them", what),
         "* stands for anything: \"head*\"");
}

// Remembers the last * and tries it with one more character each time the rest does not fit.
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t tried = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      tried = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++tried;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

void require_keys(const config::Node& map, std::string_view what,
                  const std::vector<std::string>& known) {
  config::Complaints complaints;
  for (const auto& entry : map.entries) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    const auto meant = nearest(entry.key, known);
    complaints.add(entry.key_mark, fmt::format("{} has no key '{}'", what, entry.key),
                   meant ? fmt::format("did you mean '{}'?", *meant)
                         : fmt::format("it has: {}", fmt::join(known, ", ")));
  }
  complaints.throw_if_any();
}

}  // namespace roofbeam
