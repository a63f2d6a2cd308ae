// Whether something finds its place, and whether memory at run time can be as small as stated.
#include <fmt/format.h>

#include "core/quantity/text.hpp"
#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

// "530,000 B or 555,745 B".
std::string readings(const Stated& size) {
  const auto bytes = [](double value) {
    return grouped(static_cast<long long>(value + 0.5)) + " B";
  };
  if (size.binary == 1) return bytes(size.value);
  return fmt::format("{} or {}", bytes(size.value), bytes(size.value * size.binary));
}

// Where the weights could lie instead.
std::string elsewhere(const FitClaim& claim, const Claims& claims, Evidence& evidence) {
  const MachineClaim* machine = claims.machine(claim.machine);
  std::string text;
  if (machine != nullptr && machine->flash) {
    const bool fits = claim.needs->any_range().high <= machine->flash->range.low;
    text = fmt::format("; the flash of {} {} it", machine->flash->text,
                       fits ? "holds" : "is too small for");
    if (fits) text += ", if what is meant are weights: then memory has to hold the activations";
  }
  if (claim.network.empty()) return text;
  const auto needed = evidence.activations(claim.network, Precision::int8);
  if (needed) {
    const bool fits = needed->arena <= claim.room->any_range().high;
    text +=
        fmt::format("; its activations at int8 need {}, which {} there",
                    roofbeam::to_text(Bytes::from_si(needed->arena)), fits ? "fit" : "do not fit");
  }
  return text;
}

}  // namespace

void check_fits(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const FitClaim& claim : claims.fits) {
    Finding finding;
    finding.claim = fmt::format("{}: {} {} in {}", claim.what, claim.needs->text,
                                claim.fits ? "fits" : "does not fit", claim.room->text);
    finding.origin = claim.origin;
    const Range needs = claim.needs->any_range();
    // Memories come in round sizes: their digits are exact.
    const Range room{claim.room->value, claim.room->value * claim.room->binary};
    finding.arithmetic = fmt::format("{} into {}", readings(*claim.needs), readings(*claim.room));
    const bool always = needs.high <= room.low;
    const bool never = needs.low > room.high;
    if (always || never) {
      finding.verdict = always == claim.fits ? Verdict::holds : Verdict::fails;
      if (never) {
        finding.explanation = fmt::format(
            "too large by {} at least, however kB and MB are read and the digits were rounded",
            show(Kind::bytes, needs.low - room.high));
        finding.explanation += elsewhere(claim, claims, evidence);
      }
    } else {
      finding.verdict = Verdict::explained;
      finding.explanation =
          "it depends on whether kB and MB are powers of 1000 or of 1024, or on rounding";
    }
    findings.push_back(std::move(finding));
  }
}

namespace {

struct MemoryStatement {
  std::string claim;
  std::string network;
  Stated memory;
  Precision precision = Precision::fp32;
  bool activations_only = false;
  Origin origin;
};

std::vector<MemoryStatement> statements(const Claims& claims) {
  std::vector<MemoryStatement> all;
  for (const NetworkClaim& claim : claims.networks) {
    const Precision precision = claim.precision.value_or(Precision::fp32);
    if (claim.memory) {
      all.push_back({fmt::format("memory of {} at run time: {}", claim.name, claim.memory->text),
                     claim.name, *claim.memory, precision, false, claim.origin});
    }
    if (claim.activations) {
      all.push_back({fmt::format("activations of {}: {}", claim.name, claim.activations->text),
                     claim.name, *claim.activations, precision, true, claim.origin});
    }
  }
  for (const MeasuredClaim& row : claims.measured) {
    if (!row.memory) continue;
    const NetworkClaim* network = claims.network(row.network);
    const Precision stored = network->precision.value_or(Precision::fp32);
    all.push_back({fmt::format("memory of {}: {}", describe(row), row.memory->text), row.network,
                   *row.memory, row.precision.value_or(stored), false, row.origin});
  }
  return all;
}

void judge(const MemoryStatement& statement, Evidence& evidence, Finding& finding) {
  const auto needed = evidence.activations(statement.network, statement.precision);
  const auto parameters = evidence.parameters(statement.network);
  const Range stated = statement.memory.any_range();
  const double weights = parameters ? parameters->low * bits(statement.precision) / 8 : 0;
  const auto bytes = [](double value) { return show(Kind::bytes, value); };
  if (!needed && !parameters) {
    finding.verdict = Verdict::unchecked;
    finding.explanation = fmt::format("needs 'onnx' or 'parameters' of '{}'", statement.network);
    return;
  }
  const double least = needed ? needed->peak : 0;
  if (needed) {
    finding.arithmetic = fmt::format("activations at {} need {} at their peak",
                                     to_text(statement.precision), bytes(least));
  }
  if (parameters) {
    finding.arithmetic += fmt::format("{}weights at {} {}", needed ? ", " : "",
                                      to_text(statement.precision), bytes(weights));
  }
  if (needed && stated.high < least) {
    finding.verdict = Verdict::fails;
    finding.explanation =
        fmt::format("{} short of what must be alive at once", bytes(least - stated.high));
  } else if (!statement.activations_only && stated.high < least + weights) {
    finding.verdict = Verdict::explained;
    finding.explanation = "only if weights are not counted, or not in memory";
  } else {
    finding.verdict = Verdict::holds;
  }
}

}  // namespace

void check_runtime_memory(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const MemoryStatement& statement : statements(claims)) {
    Finding finding;
    finding.claim = statement.claim;
    finding.origin = statement.origin;
    judge(statement, evidence, finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace roofbeam::audit
