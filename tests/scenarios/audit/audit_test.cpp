#include "scenarios/audit/audit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/scenarios/audit/audited.hpp"

namespace roofbeam::audit {
namespace {

std::string documentation() {
  std::ifstream file(ROOFBEAM_SOURCE_DIR "/docs/audit.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST_CASE("checks have names of their own and sentences, and docs/audit.md has them") {
  const std::string text = documentation();
  std::set<std::string_view> names;
  for (const Check& check : checks()) {
    CAPTURE(check.name);
    CHECK(names.insert(check.name).second);
    CHECK(check.sentence.ends_with('.'));
    std::string row =
        "| `" + std::string(check.name) + "` | " + std::string(check.sentence) + " | ";
    row += to_text(check.severity);
    CHECK(text.find(row) != std::string::npos);
  }
}

TEST_CASE("the worst verdict comes first") {
  const Audit audit = testing::audited(
      "shares: [{what: fine, stated: 50 %}, {what: wrong, stated: 150 %}]\n"
      "open: [{what: it, needs: more}]\n"
      "changes: [{what: points, before: 70.51 %, after: 69.56 %, stated: 0.95 %}]\n");
  REQUIRE(audit.findings.size() == 4);
  CHECK(audit.findings[0].claim == "wrong: 150 %");
  CHECK(audit.findings[1].verdict == Verdict::explained);
  CHECK(audit.findings[2].verdict == Verdict::unchecked);
  CHECK(audit.findings[3].claim == "fine: 50 %");
  CHECK(audit.count(Verdict::fails) == 1);
  CHECK(audit.count(Verdict::holds) == 1);
}

TEST_CASE("a file that states nothing has no findings") {
  CHECK(testing::audited("").findings.empty());
  CHECK(testing::audited("networks: {a: {}}\nmachines: {m: {}}\nmeasured: [{network: a}]\n")
            .findings.empty());
}

Audit study(const std::string& name) {
  return audit(load_claims(ROOFBEAM_SOURCE_DIR "/scenarios/studies/" + name + "/claims.yaml"));
}

// The verdict on what a study states, by the beginning of the claim.
std::string verdict(const Audit& audit, const std::string& check, const std::string& claim) {
  for (const Finding& finding : audit.findings) {
    if (finding.check == check && finding.claim.starts_with(claim)) {
      return std::string(to_text(finding.verdict));
    }
  }
  return "not found";
}

TEST_CASE("what is known to be wrong in the studies is found, and what is right passes") {
  struct Row {
    const char* study;
    const char* check;
    const char* claim;
    const char* verdict;
  };
  const Row rows[] = {
      {"mobilenet-v2-hardware", "compute-peak", "baseline on m1, fp32: 3.50 ms", "does not hold"},
      {"mobilenet-v2-hardware", "fit", "memory variant in the SRAM", "does not hold"},
      {"mobilenet-v2-hardware", "constant-factor", "6 latencies of a78", "holds, but"},
      {"mobilenet-v2-hardware", "constant-factor", "6 latencies of m7", "does not hold"},
      {"mobilenet-v2-hardware", "file-size", "size of baseline", "holds, but"},
      {"mobilenet-v2-hardware", "range", "latencies on A78", "does not hold"},
      {"mobilenet-v2-hardware", "best", "fastest on M1", "does not hold"},
      {"mobilenet-v2-hardware", "energy-per-mac", "baseline on m1", "does not hold"},
      {"mobilenet-v2-hardware", "count", "parameters of baseline", "holds"},
      {"mobilenet-v2-hardware", "change", "latency of the latency variant", "holds"},
      {"mobilenet-v2-hardware", "sum", "energy on M1", "holds"},
      {"mobilenet-v2-int8", "change", "file: 23.52 MB to 2.59 MB", "holds"},
      {"mobilenet-v2-int8", "size-cause", "file: 23.52 MB to 2.59 MB", "does not hold"},
      {"mobilenet-v2-int8", "file-size", "size of quantized", "holds"},
      {"mobilenet-v3-pipeline", "file-size", "size of dynamic", "holds"},
      {"mobilenet-v3-pipeline", "count", "parameters of student-as-described", "does not hold"},
      {"mobilenet-v3-pipeline", "throughput", "baseline on cpu", "holds"},
      {"onnx-dynamic-int8", "size-cause", "file: 50.32 MB", "does not hold"},
      {"onnx-dynamic-int8", "speed-cause", "inference time", "does not hold"},
      {"onnx-dynamic-int8", "file-size", "size of audio", "holds, but"},
      {"xbox-series-s", "change", "latency of ResNet-18", "does not hold"},
      {"xbox-series-s", "change", "latency of YOLO-tiny", "holds"},
      {"xbox-series-s", "file-size", "size of resnet18-fp16", "holds"},
  };
  std::string loaded;
  Audit audit;
  for (const Row& row : rows) {
    CAPTURE(row.study);
    CAPTURE(row.claim);
    if (loaded != row.study) audit = study(row.study);
    loaded = row.study;
    CHECK(verdict(audit, row.check, row.claim) == row.verdict);
  }
}

}  // namespace
}  // namespace roofbeam::audit
