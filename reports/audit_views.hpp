// Audits as text for a terminal, as JSON, CSV and Markdown.
#pragma once

#include <string>
#include <vector>

#include "reports/table.hpp"
#include "scenarios/audit/audit.hpp"

namespace roofbeam {

struct AuditTableOptions {
  std::size_t width = kReportWidth;
  bool all = false;  // also what simply holds, with its figures; else only how much that is
};

[[nodiscard]] std::string audit_table(const std::vector<audit::Audit>& audits,
                                      const AuditTableOptions& options = {});
// Schema roofbeam.audit/1, docs/json_schema.md.
[[nodiscard]] std::string audit_json(const std::vector<audit::Audit>& audits);
// One line a finding.
[[nodiscard]] std::string audit_csv(const std::vector<audit::Audit>& audits);
// A section for each audit: what was found, as a table.
[[nodiscard]] std::string audit_markdown(const std::vector<audit::Audit>& audits);

// The checks and what they want to be true: for help and docs.
[[nodiscard]] std::string audit_checks_table(std::size_t width = kReportWidth);

}  // namespace roofbeam
