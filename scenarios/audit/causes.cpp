// Whether a change of precision can be the cause of what it is said to cause.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

// Files hold names, shapes and scales beside the weights.
constexpr double kFileSlack = 1.05;
// Adam keeps two moments of each trained weight (Kingma and Ba, ICLR 2015).
constexpr double kAdamFile = 3;

bool names_cause(const ChangeClaim& claim, Kind kind) {
  return claim.from && claim.to && claim.before.kind == kind && claim.after.kind == kind &&
         claim.before.range.low > 0 && claim.after.range.low > 0;
}

Range times(const ChangeClaim& claim) {
  const bool same = claim.before.binary == claim.after.binary;
  return same ? claim.before.range / claim.after.range
              : claim.before.any_range() / claim.after.any_range();
}

std::string precisions(const ChangeClaim& claim) {
  return fmt::format("{} to {}", to_text(*claim.from), to_text(*claim.to));
}

Finding begun(const ChangeClaim& claim) {
  Finding finding;
  finding.claim = fmt::format("{}: {} to {} by {}", claim.what, claim.before.text, claim.after.text,
                              precisions(claim));
  finding.origin = claim.origin;
  return finding;
}

// What a quotient of sizes is made of, where the parameters are known: the first file's own
// quotient to the weights, and the weights' to the second file.
struct Parts {
  double first = 1;
  double second = 1;
  double parameters = 0;
};
std::optional<Parts> parts_of(const ChangeClaim& claim, Evidence& evidence) {
  if (claim.network.empty()) return std::nullopt;
  const auto parameters = evidence.parameters(claim.network);
  if (!parameters || parameters->low <= 0) return std::nullopt;
  const double weights = parameters->middle() * bits(*claim.from) / 8;
  return Parts{claim.before.value / weights, weights / claim.after.value, parameters->middle()};
}

std::string spelled(const Parts& parts, const ChangeClaim& claim) {
  return fmt::format(
             "; by its {} parameters {} is the first file beside its weights and {} the "
             "weights beside the second",
             show(Kind::number, parts.parameters), show(Kind::ratio, parts.first),
             show(Kind::ratio, parts.second)) +
         (claim.before.binary == 1 ? "" : " (sizes in powers of 1000)");
}

// `beyond`: what precision does not account for.
std::string why_so_small(double beyond) {
  if (beyond <= kAdamFile * kFileSlack) {
    return fmt::format(
        "the other {} is not precision: a training file, such as Keras writes, holds up to two "
        "slots of the optimizer beside each weight (Adam: 3x the weights)",
        show(Kind::ratio, beyond));
  }
  return fmt::format(
      "the other {} is more than even an optimizer's two slots (3x) explain: fewer "
      "parameters, or another network",
      show(Kind::ratio, beyond));
}

void judge_speed(const ChangeClaim& claim, const Evidence::Gain& gain, Finding& finding) {
  const Range ratio = times(claim);
  const double bytes = static_cast<double>(bits(*claim.from)) / bits(*claim.to);
  const double most = std::max(gain.peak, bytes);
  finding.arithmetic = fmt::format(
      "{} / {} = {}; {} moves {} fewer bytes, and its instructions are at most {} as "
      "fast{}",
      claim.before.text, claim.after.text,
      show(Kind::ratio, claim.before.value / claim.after.value), precisions(claim),
      show(Kind::ratio, bytes), show(Kind::ratio, gain.peak),
      gain.peak_on.empty() ? "" : " (" + gain.peak_on + ")");
  if (gain.forecast > 0) {
    finding.arithmetic += fmt::format("; the most that is forecast for this network is {} ({})",
                                      show(Kind::ratio, gain.forecast), gain.forecast_on);
  }
  if (ratio.low > most * kFileSlack) {
    finding.verdict = Verdict::fails;
    finding.off_by(ratio.low / most);
    finding.explanation = fmt::format(
        "at least {} of it comes from elsewhere: other software, fewer threads, warm-up or a "
        "framework's overhead in the first time",
        show(Kind::ratio, ratio.low / most));
  } else if (gain.forecast > 0 && ratio.low > gain.forecast * kFileSlack) {
    finding.verdict = Verdict::explained;
    finding.explanation =
        "possible by the instructions alone, but on no platform of the catalogue "
        "is this network forecast to gain so much";
  } else {
    finding.verdict = Verdict::holds;
  }
}

}  // namespace

void check_size_causes(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const ChangeClaim& claim : claims.changes) {
    if (!names_cause(claim, Kind::bytes)) continue;
    Finding finding = begun(claim);
    const Range ratio = times(claim);
    const double most = static_cast<double>(bits(*claim.from)) / bits(*claim.to);
    const auto parts = parts_of(claim, evidence);
    finding.arithmetic =
        fmt::format("{} / {} = {}; {} gives {} at most{}", claim.before.text, claim.after.text,
                    show(Kind::ratio, claim.before.value / claim.after.value), precisions(claim),
                    show(Kind::ratio, most), parts ? spelled(*parts, claim) : "");
    if (ratio.low > most * kFileSlack) {
      finding.verdict = Verdict::fails;
      finding.off_by(ratio.low / most);
      finding.explanation =
          why_so_small(parts ? parts->first : claim.before.value / claim.after.value / most);
    } else {
      finding.verdict = Verdict::holds;
      finding.explanation =
          ratio.high < 1 ? ""
                         : "precision alone accounts for all of it: nothing else made it smaller";
    }
    findings.push_back(std::move(finding));
  }
}

void check_speed_causes(const Claims& claims, Evidence& evidence, Findings& findings) {
  for (const ChangeClaim& claim : claims.changes) {
    if (!names_cause(claim, Kind::time)) continue;
    Finding finding = begun(claim);
    judge_speed(claim, evidence.best_gain(claim), finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace roofbeam::audit
