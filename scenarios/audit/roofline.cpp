// Whether a machine can be as fast as a row says: Williams, Waterman and Patterson, "Roofline",
// CACM 52(4), 2009, from above.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/quantity/text.hpp"
#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

bool timed(const MeasuredClaim& row) {
  return row.latency && row.latency->range.low > 0 && std::isfinite(row.latency->range.high);
}

Finding begun(const MeasuredClaim& row) {
  Finding finding;
  finding.claim = fmt::format("{}: {}", describe(row), row.latency->text);
  finding.origin = row.origin;
  return finding;
}

// "612.75 M" as "612.75 MFLOP".
std::string with_unit(const Stated& work, std::string_view unit) {
  if (work.kind != Kind::number) return work.text;
  const bool prefixed = std::string_view("kKMGT").find(work.text.back()) != std::string_view::npos;
  return fmt::format("{}{}{}", work.text, prefixed ? "" : " ", unit);
}

// As the report writes it, where it does.
std::string work_text(const Claims& claims, const MeasuredClaim& row, double flops) {
  const NetworkClaim& network = *claims.network(row.network);
  std::string text = show(Kind::flops, flops);
  if (network.flops) {
    text = with_unit(*network.flops, "FLOP");
  } else if (network.macs) {
    text = "2 x " + with_unit(*network.macs, "MAC");
  }
  return row.batch == 1 ? text : fmt::format("{} x {}", row.batch, text);
}

std::string needs_work(const MeasuredClaim& row) {
  return fmt::format("needs 'flops', 'macs' or 'onnx' of '{}'", row.network);
}

// Of a machine, in FLOP/s.
Range peak_of(const Stated& compute) {
  return compute.kind == Kind::macs_per_second ? compute.range * 2 : compute.range;
}

std::string peak_text(const Stated& compute) {
  if (compute.kind != Kind::macs_per_second) return compute.text;
  return fmt::format("{} (two FLOPs a MAC: {})", compute.text,
                     show(Kind::flops_per_second, 2 * compute.value));
}

// What a fast algorithm may have saved: exact where the layers are known.
std::string saving_remark(const Counts* counts, double excess) {
  if (counts == nullptr && excess <= kWinogradMost) {
    return "; Winograd's kernels, which need up to 4x fewer multiplications in 3x3 convolutions, "
           "could only explain it if the network consists of them";
  }
  if (counts != nullptr && counts->winograd < 1.01) {
    return "; no fast algorithm helps: it has no 3x3 convolutions that Winograd's kernels are for";
  }
  return "";
}

std::string own_peak_remark(Evidence& evidence, const MeasuredClaim& row) {
  const auto target = evidence.target(row.machine);
  if (!target) return "";
  const Precision precision = row.precision.value_or(Precision::fp32);
  const double peak = 2 * target->engine->peak(precision, target->engine->cores).si();
  if (peak <= 0) return "";
  return fmt::format("; {} of {} has {} at {} by its descriptor", target->engine->name,
                     target->platform->name, show(Kind::flops_per_second, peak),
                     to_text(precision));
}

}  // namespace

void check_compute_peak(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    const MachineClaim* machine = claims.machine(row.machine);
    if (!timed(row) || machine == nullptr || !machine->compute) continue;
    Finding finding = begun(row);
    const auto flops = evidence.flops(row.network);
    if (!flops) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = needs_work(row);
      findings.push_back(std::move(finding));
      continue;
    }
    const Counts* counts = evidence.counts(row.network);
    const double saving = counts != nullptr ? counts->winograd : 1;
    const Range peak = peak_of(*machine->compute);
    const Range rate = *flops * static_cast<double>(row.batch) / row.latency->range;
    const double work = flops->middle() * row.batch;
    const double excess = work / row.latency->value / peak.middle();
    finding.arithmetic =
        fmt::format("{} / {} = {}, {} the stated {}", work_text(claims, row, flops->middle()),
                    row.latency->text, show(Kind::flops_per_second, work / row.latency->value),
                    excess > 1 ? show(Kind::ratio, excess) : show(Kind::percent, excess) + " of",
                    peak_text(*machine->compute));
    if (rate.low <= peak.high) {
      finding.verdict = Verdict::holds;
    } else if (rate.low <= peak.high * saving) {
      finding.verdict = Verdict::explained;
      finding.explanation = fmt::format(
          "only with Winograd's kernels, which need up to {} fewer multiplications in this network",
          show(Kind::ratio, saving));
    } else {
      finding.verdict = Verdict::fails;
      finding.off_by(excess);
      finding.explanation = fmt::format(
          "at that peak it takes {} at least: the peak is not that of the machine that ran it, or "
          "less was run{}{}",
          show(Kind::time, work / peak.middle() / saving), own_peak_remark(evidence, row),
          saving_remark(counts, excess));
    }
    findings.push_back(std::move(finding));
  }
}

void check_utilisation(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    const MachineClaim* machine = claims.machine(row.machine);
    const auto flops = evidence.flops(row.network);
    const bool known = machine != nullptr && machine->compute && flops;
    if (!row.utilisation || !timed(row) || !known) continue;
    Finding finding = begun(row);
    finding.claim += ", utilisation " + row.utilisation->text;
    const Range peak = peak_of(*machine->compute);
    const Range share = *flops * static_cast<double>(row.batch) / row.latency->range / peak;
    finding.arithmetic =
        fmt::format("{} / {} / {} = {}", work_text(claims, row, flops->middle()), row.latency->text,
                    peak_text(*machine->compute), show(Kind::percent, share));
    finding.verdict = overlap(share, row.utilisation->range) ? Verdict::holds : Verdict::fails;
    findings.push_back(std::move(finding));
  }
}

namespace {

// The precision of a row, or the one at which the engine is fastest.
Precision fastest(const Engine& engine, const MeasuredClaim& row) {
  if (row.precision) return *row.precision;
  Precision best = Precision::fp32;
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    const auto precision = static_cast<Precision>(i);
    if (engine.macs_per_cycle[precision].value_or(0) > engine.macs_per_cycle[best].value_or(0)) {
      best = precision;
    }
  }
  return best;
}

}  // namespace

void check_platform_peak(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    const auto target = timed(row) ? evidence.target(row.machine) : std::nullopt;
    if (!target) continue;
    Finding finding = begun(row);
    const auto flops = evidence.flops(row.network);
    const Engine& engine = *target->engine;
    const Precision precision = fastest(engine, row);
    const int cores = std::min(row.threads.value_or(engine.cores), engine.cores.value);
    const double peak = 2 * engine.peak(precision, cores).si();
    if (!flops || peak <= 0) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = !flops ? needs_work(row)
                                   : fmt::format("{} of {} has no instructions for {}", engine.name,
                                                 target->platform->name, to_text(precision));
      findings.push_back(std::move(finding));
      continue;
    }
    const Counts* counts = evidence.counts(row.network);
    const double saving = counts != nullptr ? counts->winograd : kWinogradMost;
    const double least = flops->low * row.batch / peak;
    finding.arithmetic = fmt::format(
        "{} / {} ({}, {} core{}, {}) = {} at least", work_text(claims, row, flops->middle()),
        show(Kind::flops_per_second, peak), target->platform->name, cores, cores == 1 ? "" : "s",
        to_text(precision), show(Kind::time, least));
    if (row.latency->range.high >= least) {
      finding.verdict = Verdict::holds;
    } else if (row.latency->range.high >= least / saving) {
      finding.verdict = Verdict::explained;
      finding.explanation =
          counts != nullptr
              ? "only with Winograd's kernels in its 3x3 convolutions"
              : "only if Winograd's kernels do most of it, which needs 3x3 convolutions";
    } else {
      finding.verdict = Verdict::fails;
      finding.off_by(least / row.latency->value);
      finding.explanation = fmt::format("{} faster than the descriptor's peak allows{}",
                                        show(Kind::ratio, least / row.latency->value),
                                        saving_remark(counts, least / row.latency->value));
    }
    findings.push_back(std::move(finding));
  }
}

namespace {

struct Stream {
  double cache = 0;  // bytes that may stay near the cores between two inferences
  bool cache_known = false;
  double bandwidth = 0;
  std::string bandwidth_text;
};

std::optional<Stream> stream_of(const MachineClaim& machine,
                                const std::optional<Evidence::Target>& target) {
  Stream stream;
  if (machine.bandwidth) {
    stream.bandwidth = machine.bandwidth->range.high;
    stream.bandwidth_text = machine.bandwidth->text;
  }
  if (machine.cache) stream.cache = machine.cache->any_range().high, stream.cache_known = true;
  if (target) {
    double caches = 0;
    for (const MemoryLevel* level : target->platform->levels(*target->engine)) {
      const bool near = level->kind == MemoryLevel::Kind::cache;
      if (near) caches += level->size_for(target->engine->cores).si();
      if (level->holds_weights && !machine.bandwidth) {
        stream.bandwidth =
            level->bandwidth.value.si() * (level->per_core ? target->engine->cores.value : 1);
        stream.bandwidth_text =
            roofbeam::to_text(BytesPerSecond::from_si(stream.bandwidth)) + " of " + level->name;
      }
    }
    if (!machine.cache) stream.cache = caches, stream.cache_known = true;
  }
  if (stream.bandwidth <= 0) return std::nullopt;
  return stream;
}

}  // namespace

void check_weight_streaming(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    const MachineClaim* machine = claims.machine(row.machine);
    if (!timed(row) || machine == nullptr) continue;
    const auto stream = stream_of(*machine, evidence.target(row.machine));
    const auto parameters = evidence.parameters(row.network);
    if (!stream || !parameters) continue;
    const Precision precision = row.precision.value_or(Precision::int8);
    const double weights = parameters->low * bits(precision) / 8;
    Finding finding = begun(row);
    if (weights <= stream->cache) continue;  // nothing has to be read again
    const double least = (weights - stream->cache) / stream->bandwidth;
    finding.arithmetic = fmt::format(
        "{} of weights at {}{} / {} = {} at least", show(Kind::bytes, weights), to_text(precision),
        stream->cache > 0 ? fmt::format(", less {} of caches,", show(Kind::bytes, stream->cache))
                          : "",
        stream->bandwidth_text, show(Kind::time, least));
    if (row.latency->range.high >= least) {
      finding.verdict = Verdict::holds;
    } else {
      finding.verdict = stream->cache_known ? Verdict::fails : Verdict::explained;
      if (stream->cache_known) finding.off_by(least / row.latency->value);
      finding.explanation = stream->cache_known
                                ? "the weights cannot arrive in that time"
                                : "only if the weights stay in a cache, whose size is not said";
    }
    findings.push_back(std::move(finding));
  }
}

void check_forecasts(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const MeasuredClaim& row : claims.measured) {
    const NetworkClaim* network = claims.network(row.network);
    const bool named = network != nullptr && !network->onnx.empty();
    if (!timed(row) || !named || !evidence.target(row.machine)) continue;
    Finding finding = begun(row);
    std::string why;
    const auto prediction = evidence.forecast(row, &why);
    if (!prediction) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = why;
      findings.push_back(std::move(finding));
      continue;
    }
    const auto wide = prediction->latency_error.interval_95(prediction->latency);
    const Range range{wide.low.si(), wide.high.si()};
    finding.arithmetic =
        fmt::format("forecast {}, 95 % within {}; {}, {}, {} core{}, {} bounds it",
                    roofbeam::to_text(prediction->latency), show(Kind::time, range),
                    prediction->runtime, to_text(prediction->precision), prediction->threads,
                    prediction->threads == 1 ? "" : "s", prediction->bound);
    const bool inside = overlap(row.latency->range, range);
    finding.verdict = inside ? Verdict::holds : Verdict::explained;
    if (!inside) {
      const double ratio = row.latency->value / prediction->latency.si();
      finding.explanation = fmt::format(
          "{} the forecast: {}",
          ratio < 1 ? show(Kind::percent, ratio) + " of" : show(Kind::ratio, ratio),
          ratio < 1 ? "less was run, or on more than this engine"
                    : "the software around it costs more than the network, or it was throttled");
    }
    findings.push_back(std::move(finding));
  }
}

}  // namespace roofbeam::audit
