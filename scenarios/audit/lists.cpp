// Sums, ranges, repetitions, superlatives, limits and shares.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

std::string texts(const std::vector<Stated>& values, std::string_view between) {
  std::vector<std::string> all;
  all.reserve(values.size());
  for (const Stated& value : values) all.push_back(value.text);
  return fmt::format("{}", fmt::join(all, between));
}

// All rows of a machine (of all, if none is named) that state a metric.
std::vector<const MeasuredClaim*> rows_of(const Claims& claims, const ColumnClaim& column) {
  std::vector<const MeasuredClaim*> rows;
  for (const MeasuredClaim& row : claims.measured) {
    const bool asked = column.machine.empty() || row.machine == column.machine;
    if (asked && metric_of(row, column.metric)) rows.push_back(&row);
  }
  return rows;
}

bool same_unit(const std::vector<Stated>& values) {
  return std::all_of(values.begin(), values.end(),
                     [&](const Stated& value) { return value.kind == values.front().kind; });
}

Finding unchecked(std::string claim, std::string why, const Origin& origin) {
  Finding finding;
  finding.verdict = Verdict::unchecked;
  finding.claim = std::move(claim);
  finding.explanation = std::move(why);
  finding.origin = origin;
  return finding;
}

bool more_is_better(const std::string& metric) {
  return metric == "throughput" || metric == "accuracy";
}

}  // namespace

void check_sums(const Claims& claims, Evidence&, Findings& findings) {
  for (const SumClaim& claim : claims.sums) {
    const std::string what = fmt::format("{}: {}{}", claim.what, texts(claim.parts, " + "),
                                         claim.total ? ", stated " + claim.total->text : "");
    std::vector<Stated> all = claim.parts;
    if (claim.total) all.push_back(*claim.total);
    const bool shares = !all.empty() && all.front().kind == Kind::percent;
    if (claim.parts.size() < 2 || !same_unit(all) || (!claim.total && !shares)) {
      findings.push_back(
          unchecked(what, "needs two parts or more in one unit, and a total unless they are shares",
                    claim.origin));
      continue;
    }
    Range sum;
    double value = 0;
    for (const Stated& part : claim.parts) sum = sum + part.range, value += part.value;
    const Range total = claim.total ? claim.total->range : Range::of(1);
    Finding finding;
    finding.claim = what;
    finding.origin = claim.origin;
    finding.verdict = overlap(sum, total) ? Verdict::holds : Verdict::fails;
    finding.arithmetic = fmt::format("the sum is {} ({} with rounding)",
                                     show(all.front().kind, value), show(all.front().kind, sum));
    if (finding.verdict == Verdict::fails) {
      const double wanted = claim.total ? claim.total->value : 1;
      finding.explanation =
          fmt::format("{} {} than {}", show(all.front().kind, std::abs(value - wanted)),
                      value > wanted ? "more" : "less", show(all.front().kind, wanted));
    }
    findings.push_back(std::move(finding));
  }
}

void check_products(const Claims& claims, Evidence&, Findings& findings) {
  for (const SumClaim& claim : claims.products) {
    Finding finding;
    finding.claim =
        fmt::format("{}: {}, stated {}", claim.what, texts(claim.parts, " x "), claim.total->text);
    finding.origin = claim.origin;
    Range product = Range::of(1);
    double value = 1;
    for (const Stated& part : claim.parts) product = product * part.range, value *= part.value;
    finding.verdict = overlap(product, claim.total->range) ? Verdict::holds : Verdict::fails;
    finding.arithmetic =
        fmt::format("the product is {} ({} with rounding)", show(claim.total->kind, value),
                    show(claim.total->kind, product));
    findings.push_back(std::move(finding));
  }
}

namespace {

void judge_mean(const SumClaim& claim, Finding& finding) {
  Range sum;
  double value = 0;
  double logs = 0;
  for (const Stated& part : claim.parts) {
    sum = sum + part.range;
    value += part.value;
    logs += std::log(part.value);
  }
  const auto count = static_cast<double>(claim.parts.size());
  const Kind kind = claim.total->kind;
  const double geometric = std::exp(logs / count);
  finding.arithmetic = fmt::format("the arithmetic mean is {}, the geometric {}",
                                   show(kind, value / count), show(kind, geometric));
  if (overlap(sum * (1 / count), claim.total->range)) {
    finding.verdict = Verdict::holds;
  } else if (overlap(Range::of(geometric), claim.total->range)) {
    finding.verdict = Verdict::holds;
    finding.explanation = "the geometric mean";
  } else {
    finding.verdict = Verdict::fails;
  }
}

}  // namespace

void check_means(const Claims& claims, Evidence&, Findings& findings) {
  for (const SumClaim& claim : claims.means) {
    Finding finding;
    finding.claim = fmt::format("{}: mean of {}, stated {}", claim.what, texts(claim.parts, ", "),
                                claim.total->text);
    finding.origin = claim.origin;
    std::vector<Stated> all = claim.parts;
    all.push_back(*claim.total);
    if (all.size() < 3 || !same_unit(all)) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = "needs two values or more in one unit";
    } else {
      judge_mean(claim, finding);
    }
    findings.push_back(std::move(finding));
  }
}

namespace {

struct Member {
  std::string name;
  Stated value;
};

std::vector<Member> members(const Claims& claims, const RangeClaim& claim) {
  std::vector<Member> all;
  for (const Stated& value : claim.of) all.push_back({"", value});
  if (!claim.column) return all;
  for (const MeasuredClaim* row : rows_of(claims, *claim.column)) {
    all.push_back({describe(*row) + ": ", *metric_of(*row, claim.column->metric)});
  }
  return all;
}

void judge_range(const RangeClaim& claim, const std::vector<Member>& all, Finding& finding) {
  std::vector<std::string> outside;
  Range held = all.front().value.range;
  for (const Member& member : all) {
    const Range value = member.value.range;
    held = {std::min(held.low, value.low), std::max(held.high, value.high)};
    if (overlap(value, claim.stated.range)) continue;
    outside.push_back(member.name + member.value.text);
  }
  finding.arithmetic =
      fmt::format("{} value{} from {} to {}", all.size(), all.size() == 1 ? "" : "s",
                  show(claim.stated.kind, held.low), show(claim.stated.kind, held.high));
  if (!outside.empty()) {
    finding.verdict = Verdict::fails;
    finding.explanation = fmt::format("outside of it: {}", fmt::join(outside, "; "));
    return;
  }
  const Range stated = claim.stated.range;
  const bool single = all.size() == 1 || claim.stated.open;
  const bool low_met = single || held.low <= stated.low + claim.stated.place;
  const bool high_met = single || held.high >= stated.high - claim.stated.place;
  finding.verdict = low_met && high_met ? Verdict::holds : Verdict::explained;
  if (finding.verdict == Verdict::explained) {
    finding.explanation =
        fmt::format("no value comes near its {} end", low_met ? "upper" : "lower");
  }
}

}  // namespace

void check_ranges(const Claims& claims, Evidence&, Findings& findings) {
  for (const RangeClaim& claim : claims.ranges) {
    const auto all = members(claims, claim);
    Finding finding;
    finding.claim = fmt::format("{}: {}", claim.what, claim.stated.text);
    finding.origin = claim.origin;
    const bool same = std::all_of(all.begin(), all.end(), [&](const Member& member) {
      return member.value.kind == claim.stated.kind;
    });
    if (all.empty() || !same) {
      findings.push_back(unchecked(finding.claim,
                                   all.empty() ? "needs rows that state it" : "needs one unit",
                                   claim.origin));
      continue;
    }
    judge_range(claim, all, finding);
    findings.push_back(std::move(finding));
  }
}

void check_repeated(const Claims& claims, Evidence&, Findings& findings) {
  for (const RepeatClaim& claim : claims.repeated) {
    Finding finding;
    finding.claim = fmt::format("{}: {}", claim.what, texts(claim.values, ", "));
    finding.origin = claim.origin;
    if (claim.values.size() < 2 || !same_unit(claim.values)) {
      findings.push_back(
          unchecked(finding.claim, "needs two values or more in one unit", claim.origin));
      continue;
    }
    const auto [least, most] = std::minmax_element(
        claim.values.begin(), claim.values.end(),
        [](const Stated& a, const Stated& b) { return a.range.middle() < b.range.middle(); });
    const bool same = overlap(least->any_range(), most->any_range());
    finding.verdict = same ? Verdict::holds : Verdict::fails;
    finding.arithmetic =
        same ? "all round to the same value"
             : fmt::format("{} is {} {}", most->text, show(Kind::ratio, most->value / least->value),
                           least->text);
    if (!same) {
      finding.explanation = "one thing has two values";
      finding.off_by(most->value / least->value);
    }
    findings.push_back(std::move(finding));
  }
}

namespace {

const MeasuredClaim* row_of(const std::vector<const MeasuredClaim*>& rows, const BestClaim& claim) {
  for (const MeasuredClaim* row : rows) {
    const bool precise = !claim.precision || row->precision == claim.precision;
    if (row->network == claim.network && precise) return row;
  }
  return nullptr;
}

}  // namespace

void check_best(const Claims& claims, Evidence&, Findings& findings) {
  for (const BestClaim& claim : claims.best) {
    const auto rows = rows_of(claims, claim.column);
    const MeasuredClaim* named = row_of(rows, claim);
    Finding finding;
    finding.claim =
        fmt::format("{}: {}{}", claim.what, claim.network,
                    claim.precision ? fmt::format(", {}", to_text(*claim.precision)) : "");
    finding.origin = claim.origin;
    if (named == nullptr) {
      findings.push_back(unchecked(
          finding.claim,
          fmt::format("needs a row of {} that states its {}", claim.network, claim.column.metric),
          claim.origin));
      continue;
    }
    const std::string& metric = claim.column.metric;
    const MeasuredClaim* best = named;
    for (const MeasuredClaim* row : rows) {
      const Range value = metric_of(*row, metric)->range;
      const Range record = metric_of(*best, metric)->range;
      const bool beats = more_is_better(metric) ? value.low > record.high : value.high < record.low;
      if (beats) best = row;
    }
    finding.verdict = best == named ? Verdict::holds : Verdict::fails;
    finding.arithmetic =
        fmt::format("{} of {} rows: {}", metric, rows.size(), metric_of(*named, metric)->text);
    if (best != named) {
      finding.explanation =
          fmt::format("{} is better: {}", describe(*best), metric_of(*best, metric)->text);
    }
    findings.push_back(std::move(finding));
  }
}

void check_targets(const Claims& claims, Evidence&, Findings& findings) {
  for (const TargetClaim& claim : claims.targets) {
    Finding finding;
    finding.claim = fmt::format("{}: {} {} {}", claim.what, claim.value.text,
                                claim.met ? "meets" : "misses", claim.limit.text);
    finding.origin = claim.origin;
    const bool shares = (claim.value.kind == Kind::percent || claim.value.kind == Kind::points) &&
                        (claim.limit.kind == Kind::percent || claim.limit.kind == Kind::points);
    if (claim.value.kind != claim.limit.kind && !shares) {
      findings.push_back(unchecked(finding.claim, "needs one unit", claim.origin));
      continue;
    }
    // A limit is exact: "< 2 %" is not "< 2.05 %".
    const bool upper = std::isfinite(claim.limit.range.high);
    const double edge = claim.limit.value;
    const bool met = upper ? claim.value.range.low <= edge : claim.value.range.high >= edge;
    finding.verdict = met == claim.met ? Verdict::holds : Verdict::fails;
    finding.arithmetic = fmt::format("{} is {} {}", claim.value.text,
                                     claim.value.value < edge   ? "below"
                                     : claim.value.value > edge ? "above"
                                                                : "at",
                                     show(claim.limit.kind, edge));
    findings.push_back(std::move(finding));
  }
}

void check_shares(const Claims& claims, Evidence&, Findings& findings) {
  const auto judge = [&](const std::string& what, const Stated& stated, const Origin& origin) {
    Finding finding;
    finding.claim = fmt::format("{}: {}", what, stated.text);
    finding.origin = origin;
    finding.verdict = stated.range.low <= 1 ? Verdict::holds : Verdict::fails;
    finding.arithmetic = finding.verdict == Verdict::holds
                             ? "a share of at most 100 %"
                             : fmt::format("{} of all there is", show(Kind::ratio, stated.value));
    if (finding.verdict == Verdict::fails) {
      finding.off_by(stated.value);
      finding.explanation =
          "what is 100 % is set too low: a ratio to something else, such as scalar or fp32 "
          "arithmetic, is no utilisation";
    }
    findings.push_back(std::move(finding));
  };
  // Of what is no statement about a share, only what cannot be.
  const auto judge_impossible = [&](const std::string& what, const std::optional<Stated>& stated,
                                    const Origin& origin) {
    if (stated && stated->range.low > 1) judge(what, *stated, origin);
  };
  for (const ShareClaim& claim : claims.shares) judge(claim.what, claim.stated, claim.origin);
  for (const NetworkClaim& claim : claims.networks) {
    judge_impossible("accuracy of " + claim.name, claim.accuracy, claim.origin);
  }
  for (const MeasuredClaim& row : claims.measured) {
    judge_impossible("accuracy of " + describe(row), row.accuracy, row.origin);
    if (row.utilisation) judge("utilisation of " + describe(row), *row.utilisation, row.origin);
  }
}

void check_open(const Claims& claims, Evidence&, Findings& findings) {
  for (const OpenClaim& claim : claims.open) {
    findings.push_back(unchecked(claim.what, "needs " + claim.needs, claim.origin));
  }
}

}  // namespace roofbeam::audit
