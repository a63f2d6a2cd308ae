#include "scenarios/audit/audit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

constexpr auto kError = Severity::error;
constexpr auto kWarning = Severity::warning;

constexpr std::array kChecks = {
    Check{"change", kError,
          "A stated percentage, ratio or difference follows from the values before and after, "
          "within what the written digits leave open.",
          check_changes},
    Check{"basis", kWarning, "Changes of shares are all in percentage points or all relative.",
          check_bases},
    Check{"sum", kError, "Parts add up to the stated total, shares to 100 %.", check_sums},
    Check{"range", kError,
          "A stated range holds the values that it is about, and they reach its ends.",
          check_ranges},
    Check{"repetition", kError, "What is stated more than once has one value.", check_repeated},
    Check{"best", kError,
          "What is called the fastest, smallest or most accurate is beaten by no other row.",
          check_best},
    Check{"target", kError, "A limit is met, or missed, as stated.", check_targets},
    Check{"share", kError, "Accuracies and utilisations are at most 100 %.", check_shares},
    Check{"throughput", kError, "Throughput is batch over latency.", check_throughput},
    Check{"energy-power", kError, "Energy is power times latency.", check_power},
    Check{"power-budget", kError,
          "Energy over latency stays in the stated budget and above what the platform draws idle.",
          check_budget},
    Check{"energy-per-mac", kError, "Energy is at least MACs times the stated energy per MAC.",
          check_energy},
    Check{"batch", kError, "A larger batch takes no less time than a smaller one.", check_batches},
    Check{"compute-peak", kError,
          "FLOPs over latency are at most the stated peak, two FLOPs a MAC; Winograd's kernels may "
          "need "
          "up to 4x fewer in 3x3 convolutions.",
          check_compute_peak},
    Check{"platform-peak", kError,
          "Latency is at least what the peak of the platform's descriptor allows.",
          check_platform_peak},
    Check{"weight-streaming", kError,
          "Weights that no cache holds arrive no faster than the memory's bandwidth.",
          check_weight_streaming},
    Check{"forecast", kWarning, "Latency lies in the forecast's 95 % interval.", check_forecasts},
    Check{"file-size", kError,
          "A file is as large as its parameters at their precision, and the optimizer's state if "
          "it is a "
          "training file.",
          check_file_sizes},
    Check{"count", kError, "Parameters, MACs and FLOPs are those of the graph.", check_counts},
    Check{"fit", kError,
          "What is said to fit is no larger than the room, in either reading of kB and MB.",
          check_fits},
    Check{"runtime-memory", kError,
          "Memory at run time holds the activations that are alive at once, and the weights.",
          check_runtime_memory},
    Check{"size-cause", kWarning,
          "A change of precision makes a file smaller by the quotient of the bits at most.",
          check_size_causes},
    Check{"speed-cause", kWarning,
          "A change of precision makes a network faster at most by the quotient of the bits or, "
          "where "
          "that is more, of an engine's peaks.",
          check_speed_causes},
    Check{"constant-factor", kWarning,
          "Columns of two machines differ by more than one factor for every network and precision.",
          check_constant_factor},
    Check{"factor", kWarning,
          "A factor between two machines follows from their stated figures and fits their rows.",
          check_factors},
    Check{"open", kError, "What nothing here can check is named.", check_open},
};

void run(const Check& check, const Claims& claims, Evidence& evidence, Findings& all) {
  Findings found;
  check.run(claims, evidence, found);
  for (Finding& finding : found) {
    finding.check = check.name;
    finding.severity = check.severity;
    all.push_back(std::move(finding));
  }
}

}  // namespace

std::string_view to_text(Verdict verdict) {
  constexpr std::array<std::string_view, kVerdicts> kWords = {"does not hold", "holds, but",
                                                              "cannot be checked", "holds"};
  return kWords[static_cast<std::size_t>(verdict)];
}

std::string_view word(Verdict verdict) {
  constexpr std::array<std::string_view, kVerdicts> kWords = {"does_not_hold", "holds_but",
                                                              "cannot_be_checked", "holds"};
  return kWords[static_cast<std::size_t>(verdict)];
}

std::string_view to_text(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

std::size_t Audit::count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.verdict == verdict; }));
}

std::span<const Check> checks() { return kChecks; }

std::string describe(const MeasuredClaim& row) {
  std::string text = row.network;
  if (!row.machine.empty()) text += " on " + row.machine;
  if (row.precision) text += fmt::format(", {}", to_text(*row.precision));
  if (row.batch != 1) text += fmt::format(", batch {}", row.batch);
  return text;
}

Audit audit(const Claims& claims) {
  Audit result{claims.name, claims.title, claims.source, {}};
  Evidence evidence(claims);
  for (const Check& check : kChecks) run(check, claims, evidence, result.findings);
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.verdict < b.verdict; });
  return result;
}

}  // namespace roofbeam::audit
