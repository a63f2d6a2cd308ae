// Checks what a report states, for arithmetic and for physics. Nothing is clamped: a violation is a
// finding with its figures.
#pragma once

#include <span>
#include <string_view>

#include "scenarios/audit/evidence.hpp"
#include "scenarios/audit/finding.hpp"

namespace roofbeam::audit {

struct Check {
  std::string_view name;  // "compute-peak"
  Severity severity = Severity::error;
  std::string_view sentence;  // what it wants to be true: for help, docs and reports
  void (*run)(const Claims&, Evidence&, std::vector<Finding>&) = nullptr;
};
[[nodiscard]] std::span<const Check> checks();

// All checks. Throws InputError for a network, descriptor or profile that cannot be read.
[[nodiscard]] Audit audit(const Claims& claims);

}  // namespace roofbeam::audit
