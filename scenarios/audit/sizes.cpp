// Sizes of files against the parameters in them, and counts against the ONNX graph.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "core/quantity/text.hpp"
#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

// Names, shapes and the graph beside the weights; integers have scales, zero points and 32-bit
// biases for each channel.
constexpr double kFloatOverhead = 0.06;
constexpr double kIntegerOverhead = 0.30;
constexpr double kGraph = 128 * 1024;
// Keras writes its groups of HDF5 with little loss.
constexpr double kCheckpointOverhead = 0.06;

struct File {
  double weights_low = 0;  // bytes that the parameters need
  double weights_high = 0;
  Range decimal;
  Range binary;
  bool two_readings = false;
};

// A way in which a size comes out.
struct Fit {
  bool found = false;
  bool binary = false;
};

// Whether the size lies between `low` and `high` bytes, in one reading or the other.
Fit fit(const File& file, double low, double high) {
  if (overlap(file.decimal, {low, high})) return {true, false};
  if (file.two_readings && overlap(file.binary, {low, high})) return {true, true};
  return {};
}

double overhead_of(Precision precision) {
  return bits(precision) <= 8 ? kIntegerOverhead : kFloatOverhead;
}

File file_of(const NetworkClaim& claim, Range parameters, Precision precision) {
  File file;
  double others = 0;
  double other_bytes = 0;
  for (std::size_t i = 0; i < kPrecisions; ++i) {
    const auto at = static_cast<Precision>(i);
    if (!claim.stored[at]) continue;
    others += claim.stored[at]->value;
    other_bytes += claim.stored[at]->value * bits(at) / 8;
  }
  const double each = bits(precision) / 8.0;
  file.weights_low = std::max(parameters.low - others, 0.0) * each + other_bytes;
  file.weights_high = std::max(parameters.high - others, 0.0) * each + other_bytes;
  file.decimal = claim.size->range;
  file.binary = claim.size->binary_range();
  file.two_readings = claim.size->binary != 1;
  return file;
}

Fit fit_plain(const File& file, Precision precision) {
  return fit(file, file.weights_low, file.weights_high * (1 + overhead_of(precision)) + kGraph);
}

std::string reading(const Fit& fit) { return fit.binary ? "read as powers of 1024 (MiB)" : ""; }

// Adam's two slots, or momentum's one, beside each trained weight.
std::string optimizer_text(const NetworkClaim& claim, const File& file, Range parameters) {
  const double all = parameters.high;
  const double trained = claim.trainable ? claim.trainable->value : all;
  struct Slots {
    int count;
    std::string_view name;
  };
  constexpr std::array kSlots = {Slots{2, "Adam's two slots"}, Slots{1, "momentum's one slot"}};
  for (const Slots& slots : kSlots) {
    if (claim.optimizer == "adam" && slots.count != 2) continue;
    if (claim.optimizer == "momentum" && slots.count != 1) continue;
    const double low =
        4 * (parameters.low +
             slots.count * (claim.trainable ? claim.trainable->range.low : parameters.low * 0.98));
    const double high = 4 * (all + slots.count * trained) * (1 + kCheckpointOverhead) + kGraph;
    const Fit found = fit(file, low, high);
    if (!found.found) continue;
    return fmt::format(
        "it is a training file: 4 B x ({} + {} x {}) = {} with {} beside each trained weight{}{}",
        with_prefix(parameters.middle()), slots.count, with_prefix(trained),
        show(Kind::bytes, 4 * (parameters.middle() + slots.count * trained)), slots.name,
        found.binary ? ", " : "", reading(found));
  }
  return "";
}

// Adam's slots for the layers that were trained only: the share that makes the size come out.
std::string partly_trained_text(const NetworkClaim& claim, const File& file, Range parameters) {
  const bool checkpoint = claim.format == "keras" || claim.optimizer == "adam";
  if (!checkpoint || claim.trainable) return "";
  const double plain = 4 * parameters.middle();
  const double size = file.two_readings ? file.binary.middle() : file.decimal.middle();
  const double low = (size / (1 + kCheckpointOverhead / 2) - plain) / (2 * plain);
  if (low < 0.05 || low > 1) return "";
  return fmt::format(
      "it is a training file: as if {:.0f} % of the weights had been trained, with Adam's two "
      "slots beside them (4 B x 3 for those, 4 B for the rest{})",
      100 * low, file.two_readings ? ", read as powers of 1024 (MiB)" : "");
}

std::string other_precision_text(const NetworkClaim& claim, Range parameters, Precision stated) {
  for (const Precision other :
       {Precision::fp32, Precision::fp16, Precision::int8, Precision::int4}) {
    if (bits(other) == bits(stated)) continue;
    NetworkClaim plain = claim;
    plain.stored = {};
    if (fit_plain(file_of(plain, parameters, other), other).found) {
      return fmt::format("it is the size of {}", to_text(other));
    }
  }
  return "";
}

void judge(const NetworkClaim& claim, Range parameters, Finding& finding) {
  const Precision precision = *claim.precision;
  const File file = file_of(claim, parameters, precision);
  const double middle = (file.weights_low + file.weights_high) / 2;
  finding.arithmetic = fmt::format(
      "{} parameters at {} are {} ({}); the file is {} that", with_prefix(parameters.middle()),
      to_text(precision), show(Kind::bytes, middle), roofbeam::to_text(Bytes::from_si(middle)),
      show(Kind::ratio, claim.size->value / middle));
  const Fit plain = fit_plain(file, precision);
  if (plain.found) {
    finding.verdict = Verdict::holds;
    finding.explanation = reading(plain);
    return;
  }
  const bool larger = file.decimal.low > file.weights_high;
  std::string text;
  if (larger && claim.optimizer != "none") text = optimizer_text(claim, file, parameters);
  if (larger && text.empty()) text = partly_trained_text(claim, file, parameters);
  if (!text.empty()) {
    finding.verdict = Verdict::explained;
    finding.explanation = text;
    return;
  }
  finding.verdict = Verdict::fails;
  finding.off_by(claim.size->value / middle);
  const std::string other = other_precision_text(claim, parameters, precision);
  const double each = claim.size->value / parameters.middle();
  finding.explanation = fmt::format(
      "{:.3g} bytes for each parameter{}{}", each, other.empty() ? "" : ": " + other,
      larger ? other.empty() ? ", more than weights and an optimizer's two slots explain" : ""
      : other.empty() ? ": packed, pruned, or fewer parameters"
                      : "");
}

}  // namespace

void check_file_sizes(const Claims& claims, Evidence& evidence, Findings& findings) {
  const auto check = [&](const NetworkClaim& claim, std::string what) {
    Finding finding;
    finding.claim = fmt::format("size of {}: {}", what, claim.size->text);
    finding.origin = claim.origin;
    const auto parameters = evidence.parameters(claim.name);
    if (!parameters || !claim.precision || parameters->low <= 0) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = !claim.precision ? "needs 'precision'" : "needs 'parameters' or 'onnx'";
    } else {
      judge(claim, *parameters, finding);
    }
    findings.push_back(std::move(finding));
  };
  for (const NetworkClaim& claim : claims.networks) {
    if (claim.size) check(claim, claim.name);
  }
  for (const MeasuredClaim& row : claims.measured) {
    if (!row.size) continue;
    NetworkClaim file;  // of the row, which is no training file unless it looks like one
    file.name = row.network;
    file.size = row.size;
    file.precision = row.precision ? row.precision : claims.network(row.network)->precision;
    file.origin = row.origin;
    check(file, describe(row));
  }
}

namespace {

// Elementwise work that some tools count besides multiply-adds.
constexpr double kElementwise = 0.08;

void judge_parameters(const NetworkClaim& claim, const Counts& counts, Finding& finding) {
  const Range stated = claim.parameters->range;
  finding.arithmetic = fmt::format("the graph has {} parameters and {} statistics of batch norms",
                                   grouped(std::llround(counts.parameters)),
                                   grouped(std::llround(counts.statistics)));
  const double all = counts.parameters + counts.statistics;
  finding.verdict =
      stated.holds(counts.parameters) || stated.holds(all) ? Verdict::holds : Verdict::fails;
  if (finding.verdict == Verdict::fails) {
    finding.off_by(claim.parameters->value / all);
    finding.explanation = fmt::format("{} of the graph's: it is another network",
                                      show(Kind::ratio, claim.parameters->value / all));
  } else if (!stated.holds(counts.parameters)) {
    finding.explanation = "the statistics are counted, too";
  }
}

void judge_work(const Stated& stated, double factor, double macs, Finding& finding) {
  const double graph = macs * factor;
  const double ratio = stated.value / graph;
  finding.arithmetic = fmt::format("the graph has {}{}: {} of it", show(Kind::macs, macs),
                                   factor == 2 ? ", two FLOPs each" : "", show(Kind::ratio, ratio));
  if (overlap(stated.range, Range::of(graph))) {
    finding.verdict = Verdict::holds;
  } else if (ratio > 1 && ratio <= 1 + kElementwise) {
    finding.verdict = Verdict::holds;
    finding.explanation = "with elementwise work, which the graph's MACs leave out";
  } else {
    finding.verdict = Verdict::fails;
    finding.off_by(ratio);
    const bool half = factor == 2 && std::abs(2 * ratio - 1) <= kElementwise;
    const bool twice = factor == 1 && std::abs(ratio / 2 - 1) <= kElementwise;
    finding.explanation = half    ? "these are MACs: a MAC is two FLOPs"
                          : twice ? "these are FLOPs: a MAC is two FLOPs"
                                  : "it is another network, or another input";
  }
}

}  // namespace

void check_counts(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const NetworkClaim& claim : claims.networks) {
    const bool stated = claim.parameters || claim.macs || claim.flops;
    const Counts* counts = stated ? evidence.counts(claim.name) : nullptr;
    if (counts == nullptr) continue;
    const auto begun = [&](std::string_view what, const Stated& value) {
      Finding finding;
      finding.claim = fmt::format("{} of {}: {}", what, claim.name, value.text);
      finding.origin = claim.origin;
      return finding;
    };
    if (claim.parameters) {
      findings.push_back(begun("parameters", *claim.parameters));
      judge_parameters(claim, *counts, findings.back());
    }
    if (claim.macs) {
      findings.push_back(begun("MACs", *claim.macs));
      judge_work(*claim.macs, 1, counts->macs, findings.back());
    }
    if (claim.flops) {
      findings.push_back(begun("FLOPs", *claim.flops));
      judge_work(*claim.flops, 2, counts->macs, findings.back());
    }
  }
}

}  // namespace roofbeam::audit
