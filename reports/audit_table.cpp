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
  return fmt::format("{} ({})", capital, count);
}

Style style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::fails:
      return Style::bad;
    case Verdict::holds:
      return Style::good;
    case Verdict::explained:
    case Verdict::unchecked:
      return Style::warning;
  }
  return Style::plain;
}

Document::Entry entry(const Finding& finding) {
  const std::string where = finding.origin.where.empty()
                                ? finding.origin.place
                                : fmt::format("{}, {}", finding.origin.where, finding.origin.place);
  const bool hints =
      finding.verdict == Verdict::fails && finding.severity == audit::Severity::warning;
  Document::Entry entry{
      fmt::format("{} [{}{}]", finding.claim, finding.check, hints ? ", warning" : ""), {}};
  if (!finding.arithmetic.empty()) entry.details.emplace_back(finding.arithmetic);
  if (!finding.explanation.empty()) entry.details.emplace_back("-> " + finding.explanation);
  entry.details.emplace_back("(" + where + ")", Style::dim);
  return entry;
}

// So many of one check are shown, then how many more there are.
constexpr std::size_t kAlike = 4;

std::vector<Document::Entry> entries(const Audit& audit, Verdict verdict, bool all) {
  std::vector<Document::Entry> entries;
  std::string_view check;
  std::size_t alike = 0;  // findings so far of this check
  const auto say_more = [&] {
    if (all || alike <= kAlike) return;
    entries.push_back(
        {fmt::format("and {} more [{}]: --all shows them", alike - kAlike, check), {}});
  };
  for (const Finding& finding : audit.findings) {
    if (finding.verdict != verdict) continue;
    if (finding.check != check) {
      say_more();
      check = finding.check;
      alike = 0;
    }
    if (all || alike < kAlike) entries.push_back(entry(finding));
    ++alike;
  }
  say_more();
  return entries;
}

}  // namespace

Document audit_document(const std::vector<Audit>& audits, bool all) {
  Document document;
  for (const Audit& audit : audits) {
    document.heading(summary(audit));
    document.paragraph(audit.title);
    for (const Verdict verdict :
         {Verdict::fails, Verdict::explained, Verdict::unchecked, Verdict::holds}) {
      if (verdict == Verdict::holds && !all) continue;
      document.entries(heading(verdict, audit.count(verdict)), entries(audit, verdict, all),
                       style_of(verdict));
    }
  }
  return document;
}

Document audit_checks() {
  std::vector<Document::Entry> entries;
  for (const audit::Check& check : audit::checks()) {
    entries.push_back({std::string(check.name), {std::string(check.sentence)}});
  }
  Document document;
  document.entries("", std::move(entries));
  return document;
}

}  // namespace roofbeam
