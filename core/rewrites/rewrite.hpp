// What-if changes of a network: another resolution, width, precision. Each keeps the network valid
// and says what it assumes.
//
// Rewrites stand in one explicit table in rewrite.cpp, one file each. To add one, add a row.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/node.hpp"
#include "core/network/network.hpp"

namespace roofbeam {

struct Rewrite {
  std::string key;     // "width"
  config::Node value;  // `0.75`; complaints show its place
};

struct RewriteRow {
  std::string_view key;
  std::string_view values;    // how its value is written: "0.75, or {times: 0.75, keep: [head]}"
  std::string_view sentence;  // what it does, in plain English, one sentence
  Network (*apply)(const Network& network, const config::Node& value);
  void (*check)(const config::Node& value);  // throws where `apply` would for any network
};

// All rewrites, sorted by key.
[[nodiscard]] std::span<const RewriteRow> rewrites();

// "KEY=VALUE", the value in YAML, as from a command line: `option` ("--rewrite") is named in
// messages. Throws InputError without a '=' or for what is not YAML.
[[nodiscard]] Rewrite parse_rewrite(std::string_view option, std::string_view text);

// Throws InputError for what no network can be asked: an unknown key (names the nearest), a wrong
// value (with its place).
void check(const Rewrite& rewrite);

// The network after all of them, in the order given, inferred again; its assumptions() say what
// each assumed. Throws InputError as check does, or for a network that a rewrite cannot be
// applied to (names the layer).
// REQUIRES: imported or inferred.
[[nodiscard]] Network rewrite(const Network& network, const std::vector<Rewrite>& rewrites);

}  // namespace roofbeam
