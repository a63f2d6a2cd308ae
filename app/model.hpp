// The network that predict and inspect are about.
#pragma once

#include "app/commands.hpp"
#include "core/network/network.hpp"

namespace roofbeam::app {

// Imports the model with its dimensions and rewrites it. Operators that are not modelled or not
// shaped are a warning on standard error, or, if strict, an InputError that names and counts them.
[[nodiscard]] Network import_model(const ModelOptions& options, bool keep_unbound = false);

}  // namespace roofbeam::app
