// Audits as a document, as JSON and as CSV.
#pragma once

#include <string>
#include <vector>

#include "reports/document.hpp"
#include "scenarios/audit/audit.hpp"

namespace roofbeam {

// Each audit's findings by verdict; with `all` also what simply holds, else only how much that is.
[[nodiscard]] Document audit_document(const std::vector<audit::Audit>& audits, bool all = false);
// Schema roofbeam.audit/1, docs/json_schema.md.
[[nodiscard]] std::string audit_json(const std::vector<audit::Audit>& audits);
// One line a finding.
[[nodiscard]] std::string audit_csv(const std::vector<audit::Audit>& audits);

// The checks and what they want to be true: for help and docs.
[[nodiscard]] Document audit_checks();

}  // namespace roofbeam
