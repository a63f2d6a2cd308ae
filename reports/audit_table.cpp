#include <fmt/format.h>

#include "reports/audit_views.hpp"

namespace roofbeam {
namespace {

using audit::Audit;
using audit::Finding;
using audit::Verdict;

// "NAME, 5 checks: 2 do not hold, 3 hold".
std::string summary(const Audit& audit) {
  const auto part = [&](Verdict verdict, std::string_view one, std::string_view many) {
    const std::size_t count = audit.count(verdict);
    return count == 0 ? "" : fmt::format(", {} {}", count, count == 1 ? one : many);
  };
  const std::string parts = part(Verdict::fails, "does not hold", "do not hold") +
                            part(Verdict::explained, "holds with a remark", "hold with a remark") +
                            part(Verdict::unchecked, "cannot be checked", "cannot be checked") +
                            part(Verdict::holds, "holds", "hold");
  return fmt::format("{}, {} check{}{}{}", audit.name, audit.findings.size(),
                     audit.findings.size() == 1 ? "" : "s", parts.empty() ? "" : ": ",
                     parts.empty() ? "" : parts.substr(2));
}

std::string heading(Verdict verdict, std::size_t count) {
  const std::string words(audit::to_text(verdict));
  const std::string capital =
      std::string(1, static_cast<char>(words[0] - 'a' + 'A')) + words.substr(1);
  return fmt::format("\n{} ({})\n", capital, count);
}

std::string block(const Finding& finding, std::size_t width) {
  const std::string where = finding.origin.where.empty()
                                ? finding.origin.place
                                : fmt::format("{}, {}", finding.origin.where, finding.origin.place);
  const bool hints =
      finding.verdict == Verdict::fails && finding.severity == audit::Severity::warning;
  std::string text = "  " +
                     wrapped(printable(fmt::format("{} [{}{}]", finding.claim, finding.check,
                                                   hints ? ", warning" : "")),
                             4, width) +
                     '\n';
  if (!finding.arithmetic.empty())
    text += "    " + wrapped(printable(finding.arithmetic), 4, width) + '\n';
  if (!finding.explanation.empty()) {
    text += "    " + wrapped(printable("-> " + finding.explanation), 7, width) + '\n';
  }
  return text + "    " + wrapped(printable("(" + where + ")"), 4, width) + '\n';
}

// So many of one check are shown, then how many more there are.
constexpr std::size_t kAlike = 4;

std::string more(const Finding* last, std::size_t alike, const AuditTableOptions& options) {
  if (last == nullptr || options.all || alike <= kAlike) return "";
  return fmt::format("  and {} more [{}]: --all shows them\n", alike - kAlike, last->check);
}

std::string one(const Audit& audit, const AuditTableOptions& options) {
  std::string text = wrapped(printable(summary(audit)), 2, options.width) + '\n';
  const Finding* previous = nullptr;
  std::size_t alike = 0;  // findings so far of the same verdict and check
  for (const Finding& finding : audit.findings) {
    if (finding.verdict == Verdict::holds && !options.all) break;
    const bool new_verdict = previous == nullptr || previous->verdict != finding.verdict;
    if (new_verdict || previous->check != finding.check) {
      text += more(previous, alike, options);
      alike = 0;
    }
    if (new_verdict) text += heading(finding.verdict, audit.count(finding.verdict));
    if (options.all || alike < kAlike) text += block(finding, options.width);
    ++alike;
    previous = &finding;
  }
  return text + more(previous, alike, options);
}

}  // namespace

std::string audit_table(const std::vector<Audit>& audits, const AuditTableOptions& options) {
  std::string text;
  for (const Audit& audit : audits) {
    if (!text.empty()) text += '\n';
    text += one(audit, options);
  }
  return text;
}

std::string audit_checks_table(std::size_t width) {
  std::string text;
  for (const audit::Check& check : audit::checks()) {
    text += fmt::format("{}\n    {}\n", check.name, wrapped(check.sentence, 4, width));
  }
  return text;
}

}  // namespace roofbeam
