#include "scenarios/audit/claims_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "platforms/reading.hpp"

namespace roofbeam::audit {
namespace {

std::string expected(std::initializer_list<Kind> kinds) {
  std::string text;
  for (const Kind kind : kinds) {
    text += fmt::format("{}{}", text.empty() ? "" : " or ", to_text(kind));
  }
  return text.empty() ? "a number with its unit" : text;
}

}  // namespace

ClaimMap::ClaimMap(const config::Node& node, std::string what, config::Complaints& complaints)
    : node_(node), complaints_(complaints), reader_(node, std::move(what), complaints) {}

std::optional<Stated> ClaimMap::stated(const config::Node& node, std::string_view key,
                                       std::initializer_list<Kind> kinds) {
  if (node.kind != config::Node::Kind::scalar) {
    complaints_.add(node.mark, fmt::format("{}: expected {}", key, expected(kinds)));
    return std::nullopt;
  }
  const ParsedStated parsed = parse_stated(node.scalar);
  if (!parsed.problem.empty()) {
    complaints_.add(node.mark, fmt::format("{}: {}", key, parsed.problem),
                    fmt::format("write {}", expected(kinds)));
    return std::nullopt;
  }
  const bool fits =
      kinds.size() == 0 || std::find(kinds.begin(), kinds.end(), parsed.stated.kind) != kinds.end();
  if (!fits) {
    complaints_.add(node.mark, fmt::format("{}: '{}' has the wrong unit", key, node.scalar),
                    fmt::format("write {}", expected(kinds)));
    return std::nullopt;
  }
  return parsed.stated;
}

std::optional<Stated> ClaimMap::optional(std::string_view key, std::initializer_list<Kind> kinds) {
  // Reading it makes the key known; only complaints of ours are wanted, so maps are refused below.
  const config::Node* found = node_.find(key);
  if (found == nullptr || found->kind != config::Node::Kind::map) {
    (void)reader_.optional<std::string>(key);
  } else {
    (void)reader_.map(key);
  }
  if (found == nullptr) return std::nullopt;
  if (found->kind == config::Node::Kind::list || found->kind == config::Node::Kind::null) {
    return std::nullopt;  // the reader has complained
  }
  return stated(*found, key, kinds);
}

Stated ClaimMap::required(std::string_view key, std::initializer_list<Kind> kinds) {
  if (node_.find(key) == nullptr && node_.kind == config::Node::Kind::map) {
    reader_.complain(key, fmt::format("key '{}' is missing", key),
                     fmt::format("add '{}:' with {}", key, expected(kinds)));
  }
  return optional(key, kinds).value_or(Stated{});
}

std::vector<Stated> ClaimMap::list(std::string_view key, bool required) {
  std::vector<Stated> all;
  if (const config::Node* found = reader_.list(key, required)) {
    for (const config::Node& item : found->items) {
      if (auto value = stated(item, key, {})) all.push_back(std::move(*value));
    }
  }
  return all;
}

std::string ClaimMap::word(std::string_view key, bool required) {
  if (required) return reader_.required<std::string>(key).value;
  const auto found = reader_.optional<std::string>(key);
  return found ? found->value : "";
}

std::string ClaimMap::one_of(std::string_view key, const std::vector<std::string>& words,
                             bool required) {
  const auto index = required ? reader_.required_choice(key, words) : reader_.choice(key, words);
  return index ? words[*index] : "";
}

std::optional<Precision> ClaimMap::precision(std::string_view key) {
  const auto index = reader_.choice(key, precision_words());
  if (!index) return std::nullopt;
  return static_cast<Precision>(*index);
}

std::optional<int> ClaimMap::count(std::string_view key) {
  const auto value = reader_.optional<int>(key);
  if (!value) return std::nullopt;
  if (value->value < 1) {
    reader_.complain(key, fmt::format("{}: must be a whole number from 1 on", key));
    return std::nullopt;
  }
  return value->value;
}

PerPrecision<Stated> ClaimMap::per_precision(std::string_view key,
                                             std::initializer_list<Kind> kinds) {
  PerPrecision<Stated> all;
  const config::Node* found = reader_.map(key);
  if (found == nullptr) return all;
  for (const config::Entry& entry : found->entries) {
    const auto precision = parse_precision(entry.key);
    if (precision) {
      all[*precision] = stated(entry.value, key, kinds);
    } else {
      reading::complain_unknown_key(entry, key, precision_words(), complaints_);
    }
  }
  return all;
}

Origin ClaimMap::origin() {
  const std::string source = node_.mark.source ? node_.mark.source->name : "";
  return {word("where"), fmt::format("{}:{}", source, node_.mark.line)};
}

// Inside braces, the comma of 1,528,106 begins another key.
void ClaimMap::finish() {
  const auto digits = [](const std::string& key) {
    return key.size() == 3 && key.find_first_not_of("0123456789") == std::string::npos;
  };
  for (const config::Entry& entry : node_.entries) {
    if (!digits(entry.key) || entry.value.kind != config::Node::Kind::null) continue;
    complaints_.add(entry.key_mark, "a number with commas stands inside braces",
                    "put it in quotes: \"1,528,106\"");
    return;
  }
  reader_.finish();
}

void ClaimMap::complain(std::string_view key, std::string_view text, std::string_view hint) {
  reader_.complain(key, text, hint);
}

}  // namespace roofbeam::audit
