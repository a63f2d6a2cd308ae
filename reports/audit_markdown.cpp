#include <fmt/format.h>

#include "reports/audit_views.hpp"

namespace roofbeam {
namespace {

// What Markdown would take for a table's bar, a tag or emphasis.
std::string cell(const std::string& text) {
  std::string safe;
  for (const char c : printable(text)) {
    if (c == '|' || c == '<' || c == '*' || c == '_' || c == '`' || c == '[') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string row(const audit::Finding& finding) {
  std::string why = cell(finding.arithmetic);
  if (!finding.explanation.empty()) why += (why.empty() ? "" : "; ") + cell(finding.explanation);
  return fmt::format("| {} | {} | {} | {} |\n", audit::to_text(finding.verdict),
                     cell(finding.claim), why, cell(finding.origin.where));
}

}  // namespace

std::string audit_markdown(const std::vector<audit::Audit>& audits) {
  std::string text;
  for (const audit::Audit& audit : audits) {
    text += fmt::format("{}## {}\n\n", text.empty() ? "" : "\n",
                        cell(audit.title.empty() ? audit.name : audit.title));
    text += "| verdict | stated | figures | where |\n| --- | --- | --- | --- |\n";
    for (const audit::Finding& finding : audit.findings) text += row(finding);
  }
  return text;
}

}  // namespace roofbeam
