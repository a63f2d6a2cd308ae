// Columns of one machine that are columns of another, times a constant.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

using Run = std::tuple<std::string, int, int>;  // network, precision, batch
using Column = std::map<Run, const MeasuredClaim*>;

// From so many rows on, one factor for all is no accident.
constexpr std::size_t kFewest = 3;
// Digits must tell this much of a ratio.
constexpr double kCoarsest = 0.1;
// Peaks that differ less than this between precisions scale alike.
constexpr double kAlike = 0.1;
// A factor is a combination of two machines' figures if it comes this near.
constexpr double kNear = 0.005;

Column column_of(const Claims& claims, const std::string& machine) {
  Column column;
  for (const MeasuredClaim& row : claims.measured) {
    if (row.machine != machine || !row.latency || row.latency->range.low <= 0) continue;
    if (!std::isfinite(row.latency->range.high)) continue;
    const int precision = row.precision ? static_cast<int>(*row.precision) : -1;
    column.try_emplace({row.network, precision, row.batch}, &row);
  }
  return column;
}

// What two columns have in common, as quotients.
struct Quotients {
  std::vector<Range> ranges;
  Range common{0, INFINITY};  // what lies in all ranges; empty if low > high
  Range all{INFINITY, 0};     // of the values
  std::set<std::string> networks;
  std::set<int> precisions;
  bool estimated = true;  // the report says so of every row
  Origin origin;

  [[nodiscard]] bool constant() const {
    return ranges.size() >= 2 && common.low <= common.high * (1 + kTouching);
  }
};

Quotients quotients(const Column& from, const Column& to) {
  Quotients result;
  for (const auto& [run, row] : to) {
    const auto base = from.find(run);
    if (base == from.end()) continue;
    const Range ratio = row->latency->range / base->second->latency->range;
    if (ratio.high / ratio.low > 1 + kCoarsest) continue;
    const double value = row->latency->value / base->second->latency->value;
    result.ranges.push_back(ratio);
    result.common = {std::max(result.common.low, ratio.low),
                     std::min(result.common.high, ratio.high)};
    result.all = {std::min(result.all.low, value), std::max(result.all.high, value)};
    result.networks.insert(std::get<0>(run));
    result.precisions.insert(std::get<1>(run));
    result.estimated = result.estimated && row->estimated;
    if (result.origin.place.empty()) result.origin = row->origin;
  }
  return result;
}

// How the ratio of two machines' peaks differs between the precisions of the rows.
std::string precision_remark(Evidence& evidence, const std::string& from, const std::string& to,
                             const std::set<int>& precisions) {
  const auto a = evidence.target(from);
  const auto b = evidence.target(to);
  if (!a || !b) return "";
  Range ratios{INFINITY, 0};
  std::vector<std::string> texts;
  for (const int index : precisions) {
    if (index < 0) continue;
    const auto precision = static_cast<Precision>(index);
    const double fast = a->engine->peak(precision, a->engine->cores).si();
    const double slow = b->engine->peak(precision, b->engine->cores).si();
    if (fast <= 0 || slow <= 0) continue;
    ratios = {std::min(ratios.low, fast / slow), std::max(ratios.high, fast / slow)};
    texts.push_back(fmt::format("{} at {}", show(Kind::ratio, fast / slow), to_text(precision)));
  }
  if (texts.size() < 2 || ratios.high / ratios.low < 1 + kAlike) return "";
  return fmt::format("; by their descriptors the peaks of the two differ by {}",
                     fmt::join(texts, ", "));
}

std::size_t stated_precisions(const Quotients& found) {
  return found.precisions.size() - found.precisions.count(-1);
}

void judge(const Quotients& found, const std::string& precisions, Finding& finding) {
  if (!found.constant()) {
    finding.verdict = Verdict::holds;
    finding.arithmetic =
        fmt::format("the quotients go from {} to {}", show(Kind::ratio, found.all.low),
                    show(Kind::ratio, found.all.high));
    return;
  }
  finding.arithmetic = fmt::format(
      "one factor, {:.4g}, gives all {} of them to the last digit, for {} network{}{}",
      found.common.middle(), found.ranges.size(), found.networks.size(),
      found.networks.size() == 1 ? "" : "s",
      stated_precisions(found) > 1 ? fmt::format(" and {} precisions", stated_precisions(found))
                                   : "");
  finding.verdict = found.estimated && precisions.empty() ? Verdict::explained : Verdict::fails;
  finding.explanation =
      "one fixed factor for every model and precision is an assumption, not a measurement: this "
      "column says nothing that the other does not" +
      precisions;
}

}  // namespace

void check_constant_factor(const Claims& claims, Evidence& evidence, Findings& findings) {
  std::vector<Column> columns;
  for (const MachineClaim& machine : claims.machines)
    columns.push_back(column_of(claims, machine.name));
  std::set<std::size_t> derived;  // from an earlier column
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = i + 1; j < columns.size(); ++j) {
      if (derived.contains(i) && derived.contains(j)) continue;
      const Quotients found = quotients(columns[i], columns[j]);
      if (found.ranges.size() < kFewest) continue;
      const std::string& from = claims.machines[i].name;
      const std::string& to = claims.machines[j].name;
      Finding finding;
      finding.claim =
          fmt::format("{} latencies of {} beside those of {}", found.ranges.size(), to, from);
      finding.origin = found.origin;
      judge(found, precision_remark(evidence, from, to, found.precisions), finding);
      if (found.constant()) derived.insert(j);
      findings.push_back(std::move(finding));
    }
  }
}

namespace {

struct Cause {
  std::string name;
  double ratio = 1;  // of what `from` has to what `to` has
};

double si_of(const Stated& stated) {
  return stated.kind == Kind::macs_per_second ? 2 * stated.value : stated.value;
}

std::vector<Cause> causes(const MachineClaim& from, const MachineClaim& to) {
  std::vector<Cause> all;
  const auto add = [&](std::string name, const std::optional<Stated>& a,
                       const std::optional<Stated>& b) {
    if (a && b && a->value > 0 && b->value > 0)
      all.push_back({std::move(name), si_of(*a) / si_of(*b)});
  };
  add("compute", from.compute, to.compute);
  add("bandwidth", from.bandwidth, to.bandwidth);
  add("clock", from.clock, to.clock);
  return all;
}

bool near(double a, double b) { return std::abs(a / b - 1) <= kNear; }

// A figure or two of the machines that the factor may have been made of.
std::string made_of(double factor, const std::vector<Cause>& all) {
  for (const Cause& one : all) {
    if (near(factor, one.ratio)) return fmt::format("it is the ratio of their {}", one.name);
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      const double product = all[i].ratio * all[j].ratio;
      const std::string both = fmt::format("{} and {}", all[i].name, all[j].name);
      if (near(factor, std::sqrt(product))) {
        return fmt::format("it is the geometric mean of the ratios of {}", both);
      }
      if (near(factor, product)) return fmt::format("it is the product of the ratios of {}", both);
      if (near(factor, (all[i].ratio + all[j].ratio) / 2)) {
        return fmt::format("it is the mean of the ratios of {}", both);
      }
    }
  }
  return "";
}

// With one ratio known, what the other machine would need for the geometric mean of two.
std::string would_need(double factor, const MachineClaim& from, const MachineClaim& to,
                       const std::vector<Cause>& all) {
  if (all.size() != 1) return "";
  const double other = factor * factor / all.front().ratio;
  const auto text = [&](const std::optional<Stated>& a, const std::optional<Stated>& b,
                        std::string_view name) {
    if (!a || b) return std::string();
    return fmt::format("; it would be the geometric mean of the ratios of {} and {} if {} had {}",
                       all.front().name, name, to.name, show(a->kind, a->value / other));
  };
  std::string need = text(from.bandwidth, to.bandwidth, "bandwidth");
  if (need.empty()) need = text(from.compute, to.compute, "compute");
  return need.empty() ? text(from.clock, to.clock, "clock") : need;
}

std::string ratios_text(const std::vector<Cause>& all) {
  std::vector<std::string> texts;
  texts.reserve(all.size());
  for (const Cause& one : all)
    texts.push_back(fmt::format("{} {}", one.name, show(Kind::ratio, one.ratio)));
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace

void check_factors(const Claims& claims, Evidence&, Findings& findings) {
  for (const ScaleClaim& claim : claims.scaled) {
    Finding finding;
    finding.claim = fmt::format("{} takes {} as long as {}", claim.to,
                                claim.factor ? claim.factor->text : "some factor", claim.from);
    finding.origin = claim.origin;
    const auto all = causes(*claims.machine(claim.from), *claims.machine(claim.to));
    const Quotients found = quotients(column_of(claims, claim.from), column_of(claims, claim.to));
    if (!claim.factor || (all.empty() && found.ranges.empty())) {
      finding.verdict = Verdict::unchecked;
      finding.explanation =
          "needs 'factor', and rows of both or 'compute', 'bandwidth' or 'clock' of both";
      findings.push_back(std::move(finding));
      continue;
    }
    const double factor = claim.factor->value;
    if (!found.ranges.empty()) {
      finding.arithmetic = fmt::format("their rows: {}; ", show(Kind::ratio, found.all));
    }
    finding.arithmetic +=
        all.empty() ? "no figures of the two machines" : "of the two machines: " + ratios_text(all);
    const bool rows_agree = std::all_of(found.ranges.begin(), found.ranges.end(), [&](Range range) {
      return overlap(range, claim.factor->range);
    });
    const std::string cause = made_of(factor, all);
    if (!rows_agree) {
      finding.verdict = Verdict::fails;
      finding.explanation = "the rows have other factors";
    } else if (all.empty() || !cause.empty()) {
      finding.verdict = Verdict::holds;
      finding.explanation = cause;
    } else {
      finding.verdict = Verdict::explained;
      finding.explanation =
          "no stated figure of the two machines gives it, alone or with another" +
          would_need(factor, *claims.machine(claim.from), *claims.machine(claim.to), all);
    }
    findings.push_back(std::move(finding));
  }
}

}  // namespace roofbeam::audit
