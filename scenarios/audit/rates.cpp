// What rows of measurements say of themselves: throughput, power, energy, batches.
#include <fmt/format.h>

#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

Finding begun(const MeasuredClaim& row, const std::string& stated) {
  Finding finding;
  finding.claim = fmt::format("{}: {}", describe(row), stated);
  finding.origin = row.origin;
  return finding;
}

bool timed(const MeasuredClaim& row) { return row.latency && row.latency->range.low > 0; }

// What energy and latency make it, or what is stated.
std::optional<Range> power_of(const MeasuredClaim& row) {
  if (row.power) return row.power->range;
  if (row.energy && timed(row)) return row.energy->range / row.latency->range;
  return std::nullopt;
}

std::string power_text(const MeasuredClaim& row, Range power) {
  if (row.power) return row.power->text;
  return fmt::format("{} / {} = {}", row.energy->text, row.latency->text,
                     show(Kind::power, power.middle()));
}

// At a precision, or at the narrowest that is stated: wider ones cost no less.
struct PerMac {
  Precision precision = Precision::int8;
  bool narrower = false;
  Stated energy;
};
std::optional<PerMac> energy_per_mac(const MachineClaim& machine, std::optional<Precision> at) {
  if (at && machine.energy_per_mac[*at]) return PerMac{*at, false, *machine.energy_per_mac[*at]};
  std::optional<PerMac> least;
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    const auto precision = static_cast<Precision>(i);
    const auto& energy = machine.energy_per_mac[precision];
    if (!energy || (at && bits(precision) > bits(*at))) continue;
    if (!least || energy->value < least->energy.value) least = PerMac{precision, true, *energy};
  }
  return least;
}

}  // namespace

void check_throughput(const Claims& claims, Evidence&, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    if (!row.throughput) continue;
    Finding finding = begun(row, row.throughput->text);
    if (!timed(row)) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = "needs its latency";
    } else {
      const Range rate = Range::of(row.batch) / row.latency->range;
      finding.arithmetic = fmt::format("{} / {} = {}", row.batch, row.latency->text,
                                       show(Kind::per_second, row.batch / row.latency->value));
      finding.verdict = overlap(rate, row.throughput->range) ? Verdict::holds : Verdict::fails;
      if (finding.verdict == Verdict::fails && row.throughput->range.low > rate.high) {
        finding.explanation = "more than one inference at a time would be needed";
      }
    }
    findings.push_back(std::move(finding));
  }
}

void check_power(const Claims& claims, Evidence&, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    if (!row.power || !row.energy) continue;
    Finding finding = begun(row, row.energy->text + " at " + row.power->text);
    if (!timed(row)) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = "needs its latency";
    } else {
      const Range energy = row.power->range * row.latency->range;
      finding.arithmetic = fmt::format("{} x {} = {}", row.power->text, row.latency->text,
                                       show(Kind::energy, row.power->value * row.latency->value));
      finding.verdict = overlap(energy, row.energy->range) ? Verdict::holds : Verdict::fails;
    }
    findings.push_back(std::move(finding));
  }
}

void check_budget(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    const MachineClaim* machine = claims.machine(row.machine);
    const auto power = power_of(row);
    if (machine == nullptr || !power) continue;
    const auto target = evidence.target(row.machine);
    if (!machine->budget && !target) continue;
    Finding finding = begun(row, power_text(row, *power));
    finding.verdict = Verdict::holds;
    if (machine->budget) {
      const bool above = power->low > machine->budget->range.high;
      const double share = power->middle() / machine->budget->value;
      finding.arithmetic =
          fmt::format("{} is {} the stated budget of {}", show(Kind::power, power->middle()),
                      above ? show(Kind::ratio, share) : show(Kind::percent, share) + " of",
                      machine->budget->text);
      if (above) {
        finding.verdict = Verdict::fails;
        finding.off_by(share);
        finding.explanation = "it cannot be kept up";
      }
    }
    if (target && power->high < target->platform->idle.value.si()) {
      finding.verdict = Verdict::explained;
      finding.explanation =
          fmt::format("less than {} draws idle ({}): the energy is above idle, or of a part only",
                      target->platform->name, roofbeam::to_text(target->platform->idle.value));
    }
    findings.push_back(std::move(finding));
  }
}

void check_energy(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    const MachineClaim* machine = claims.machine(row.machine);
    if (!row.energy || machine == nullptr) continue;
    const auto each = energy_per_mac(*machine, row.precision);
    if (!each) continue;
    Finding finding = begun(row, row.energy->text);
    const auto flops = evidence.flops(row.network);
    if (!flops) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = fmt::format("needs 'flops', 'macs' or 'onnx' of '{}'", row.network);
      findings.push_back(std::move(finding));
      continue;
    }
    const Range macs = *flops * (0.5 * row.batch);
    const Range least = macs * each->energy.range;
    finding.arithmetic =
        fmt::format("{} x {} ({}{}) = {} for arithmetic alone", show(Kind::macs, macs.middle()),
                    each->energy.text, to_text(each->precision),
                    each->narrower ? ", a wider precision costs no less" : "",
                    show(Kind::energy, macs.middle() * each->energy.value));
    finding.verdict = least.low > row.energy->range.high ? Verdict::fails : Verdict::holds;
    if (finding.verdict == Verdict::fails) {
      finding.off_by(least.middle() / row.energy->value);
      finding.explanation =
          fmt::format("{} what is stated; at most {} an operation would fit",
                      show(Kind::ratio, least.middle() / row.energy->value),
                      show(Kind::energy_per_mac, row.energy->value / macs.middle()));
    }
    findings.push_back(std::move(finding));
  }
}

void check_batches(const Claims& claims, Evidence&, Findings& findings) {
  for (const MeasuredClaim& batch : claims.measured) {
    for (const MeasuredClaim& one : claims.measured) {
      const bool pair = batch.batch > one.batch && batch.network == one.network &&
                        batch.machine == one.machine && batch.precision == one.precision &&
                        batch.runtime == one.runtime && batch.threads == one.threads &&
                        timed(batch) && timed(one);
      if (!pair) continue;
      Finding finding = begun(batch, batch.latency->text);
      finding.arithmetic =
          fmt::format("batch {} takes {}, batch {} takes {}: {} an item against {}", batch.batch,
                      batch.latency->text, one.batch, one.latency->text,
                      show(Kind::time, batch.latency->value / batch.batch),
                      show(Kind::time, one.latency->value / one.batch));
      finding.verdict =
          batch.latency->range.high < one.latency->range.low ? Verdict::fails : Verdict::holds;
      if (finding.verdict == Verdict::fails)
        finding.explanation = "more work cannot take less time";
      findings.push_back(std::move(finding));
    }
  }
}

}  // namespace roofbeam::audit
