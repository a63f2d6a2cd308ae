#include <nlohmann/json.hpp>

#include "reports/audit_views.hpp"
#include "reports/csv.hpp"
#include "reports/json_text.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::ordered_json;
using audit::Verdict;

constexpr std::array kAll = {Verdict::fails, Verdict::explained, Verdict::unchecked,
                             Verdict::holds};

Json one(const audit::Audit& audit) {
  Json json = {{"name", audit.name}, {"title", audit.title}, {"source", audit.source}};
  Json summary = Json::object();
  for (const Verdict verdict : kAll) summary[std::string(word(verdict))] = audit.count(verdict);
  json["summary"] = std::move(summary);
  Json findings = Json::array();
  for (const audit::Finding& finding : audit.findings) {
    findings.push_back({{"check", finding.check},
                        {"verdict", word(finding.verdict)},
                        {"severity", to_text(finding.severity)},
                        {"claim", finding.claim},
                        {"arithmetic", finding.arithmetic},
                        {"explanation", finding.explanation},
                        {"factor", finding.factor ? Json(*finding.factor) : Json(nullptr)},
                        {"where", finding.origin.where},
                        {"place", finding.origin.place}});
  }
  json["findings"] = std::move(findings);
  return json;
}

}  // namespace

std::string audit_json(const std::vector<audit::Audit>& audits) {
  Json list = Json::array();
  for (const audit::Audit& audit : audits) list.push_back(one(audit));
  return json_text({{"schema", "roofbeam.audit/1"}, {"audits", std::move(list)}});
}

std::string audit_csv(const std::vector<audit::Audit>& audits) {
  std::string text = csv_line({"name", "check", "verdict", "severity", "claim", "arithmetic",
                               "explanation", "where", "place"});
  for (const audit::Audit& audit : audits) {
    for (const audit::Finding& finding : audit.findings) {
      text += csv_line({audit.name, finding.check, std::string(word(finding.verdict)),
                        std::string(to_text(finding.severity)), finding.claim, finding.arithmetic,
                        finding.explanation, finding.origin.where, finding.origin.place});
    }
  }
  return text;
}

}  // namespace roofbeam
