#include "reports/audit_views.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace roofbeam;

namespace {

audit::Finding finding(audit::Verdict verdict, const std::string& claim) {
  return {"share",     audit::Severity::error, verdict, claim, "1.44x of all there is",
          "too | low", {"Table 1", "c.yaml:2"}};
}

audit::Audit sample() {
  audit::Audit audit{"test", "A <report>", "somewhere", {}};
  audit.findings = {finding(audit::Verdict::fails, "SIMD: 144 %"),
                    finding(audit::Verdict::holds, "L2: 93 %")};
  audit.findings[0].severity = audit::Severity::warning;
  audit.findings[0].off_by(0.5);
  return audit;
}

}  // namespace

TEST_CASE("the whole table of an audit") {
  CHECK(audit_document({sample()}).text() ==
        "test, 2 checks: 1 does not hold, 1 holds\n"
        "\n"
        "A <report>\n"
        "\n"
        "Does not hold (1):\n"
        "  SIMD: 144 % [share, warning]\n"
        "    1.44x of all there is\n"
        "    -> too | low\n"
        "    (Table 1, c.yaml:2)\n");
  const std::string all = audit_document({sample()}, true).text();
  CHECK(
      all.ends_with("\nHolds (1):\n  L2: 93 % [share]\n    1.44x of all there is\n    -> too | "
                    "low\n    (Table 1, c.yaml:2)\n"));
  audit::Audit empty;
  empty.name = "empty";
  CHECK(audit_document({empty}).text() == "empty, 0 checks\n");
}

TEST_CASE("of many alike the table shows the first four") {
  audit::Audit audit{"test", "", "", {}};
  for (int i = 0; i < 6; ++i)
    audit.findings.push_back(finding(audit::Verdict::fails, "claim " + std::to_string(i)));
  const std::string text = audit_document({audit}).text();
  CHECK(text.find("claim 3") != std::string::npos);
  CHECK(text.find("claim 4") == std::string::npos);
  CHECK(text.ends_with("  and 2 more [share]: --all shows them\n"));
  CHECK(audit_document({audit}, true).text().find("claim 5") != std::string::npos);
}

TEST_CASE("an audit's JSON has every finding") {
  const auto json = nlohmann::json::parse(audit_json({sample()}));
  CHECK(json["schema"] == "roofbeam.audit/1");
  const auto& audit = json["audits"][0];
  CHECK(audit["summary"]["does_not_hold"] == 1);
  CHECK(audit["summary"]["cannot_be_checked"] == 0);
  CHECK(audit["findings"][0]["verdict"] == "does_not_hold");
  CHECK(audit["findings"][0]["severity"] == "warning");
  CHECK(audit["findings"][0]["factor"] == 2);
  CHECK(audit["findings"][1]["claim"] == "L2: 93 %");
  CHECK(audit["findings"][1]["factor"].is_null());
}

TEST_CASE("an audit's CSV has as many cells in each line") {
  const std::string text = audit_csv({sample()});
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
  CHECK(text.find("test,share,does_not_hold,warning,SIMD: 144 %,1.44x of all there is,too | "
                  "low,Table 1,c.yaml:2\r\n") != std::string::npos);
}

TEST_CASE("an audit as Markdown") {
  CHECK(audit_document({sample()}).markdown() ==
        "### test, 2 checks: 1 does not hold, 1 holds\n"
        "\n"
        "A \\<report\\>\n"
        "\n"
        "**Does not hold (1)**\n"
        "\n"
        "- SIMD: 144 % \\[share, warning\\]\n"
        "  - 1.44x of all there is\n"
        "  - -\\> too \\| low\n"
        "  - (Table 1, c.yaml:2)\n");
}

TEST_CASE("the checks are listed with their sentences") {
  const std::string text = audit_checks().text();
  CHECK(text.starts_with(
      "change\n"
      "  A stated percentage, ratio or difference follows from the values before and after, "
      "within what the\n"
      "  written digits leave open.\n"));
}
