// What users write on the command line, read and checked. Throws InputError.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.hpp"
#include "core/operators/totals.hpp"
#include "models/lower.hpp"
#include "platforms/platform.hpp"

namespace roofbeam::app {

// "NAME=N" each, N at least 1; `option` ("--dim") is named in messages.
[[nodiscard]] std::map<std::string, std::int64_t> parse_counts(
    std::string_view option, const std::vector<std::string>& texts);

// What --set changes, by where it goes.
struct Settings {
  std::vector<Setting> platform;
  std::vector<Setting> runtime;
  LowerOptions run;
};

// "PATH=VALUE" each: platform.X or plain X, runtime.X, and run.batch, run.threads, run.precision.
[[nodiscard]] Settings parse_settings(const std::vector<std::string>& texts);

// What is set, with the options of the run that have a name of their own last: they win.
[[nodiscard]] Settings run_settings(const RunOptions& options);

[[nodiscard]] Precision precision_named(const std::string& word);

// Warns about work that no figure holds, or throws if `strict`.
void check_missing(const Totals& totals, const std::string& model, bool strict);

}  // namespace roofbeam::app
