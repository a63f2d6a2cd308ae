#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "scenarios/audit/checks.hpp"

namespace roofbeam::audit {
namespace {

// One way to understand "x % less", "9.08x" and so on.
struct Reading {
  ChangeAs as = ChangeAs::any;
  Kind kind = Kind::percent;
  double value = 0;
  Range range;
  std::string formula;  // "1 - 76 ms / 128 ms"
  std::string meaning;  // "less", "faster", "points of difference"
};

// Sizes in the same unit have the same quotient in either reading of it.
Range range_of(const Stated& stated, const Stated& other) {
  return stated.binary == other.binary ? stated.range : stated.any_range();
}

class Readings {
 public:
  explicit Readings(const ChangeClaim& claim)
      : claim_(claim),
        before_(range_of(claim.before, claim.after)),
        after_(range_of(claim.after, claim.before)),
        kind_(claim.stated ? claim.stated->kind : Kind::percent) {}

  std::vector<Reading> all() {
    const bool share = claim_.before.kind == Kind::percent;
    if (kind_ == Kind::percent) {
      if (share && wants(ChangeAs::points)) points();
      if (wants(ChangeAs::reduction) || speed()) reduction();  // "speed-up" may mean less time
      if (wants(ChangeAs::increase)) increase();
      if (claim_.before.kind == Kind::time && (wants(ChangeAs::speed_up))) faster();
      if (claim_.as == ChangeAs::kept) kept();
    } else if (kind_ == Kind::points) {
      points();
    } else if (kind_ == claim_.before.kind) {
      difference();
    } else if (kind_ == Kind::ratio || kind_ == Kind::number) {
      ratios();
    }
    return std::move(readings_);
  }

 private:
  [[nodiscard]] bool wants(ChangeAs as) const {
    return claim_.as == ChangeAs::any || claim_.as == as;
  }
  [[nodiscard]] bool speed() const { return claim_.as == ChangeAs::speed_up; }
  [[nodiscard]] double b() const { return claim_.before.value; }
  [[nodiscard]] double a() const { return claim_.after.value; }

  void add(ChangeAs as, Kind kind, double value, Range range, std::string formula,
           std::string meaning) {
    readings_.push_back({as, kind, value, range, std::move(formula), std::move(meaning)});
  }
  [[nodiscard]] std::string quotient(bool inverse) const {
    return inverse ? fmt::format("{} / {}", claim_.before.text, claim_.after.text)
                   : fmt::format("{} / {}", claim_.after.text, claim_.before.text);
  }

  void reduction() {
    const Range left = after_ / before_;
    if (claim_.as == ChangeAs::any && a() > b()) return;
    add(ChangeAs::reduction, Kind::percent, 1 - a() / b(), {1 - left.high, 1 - left.low},
        "1 - " + quotient(false), "less");
  }
  void increase() {
    const Range left = after_ / before_;
    if (claim_.as == ChangeAs::any && a() < b()) return;
    add(ChangeAs::increase, Kind::percent, a() / b() - 1, {left.low - 1, left.high - 1},
        quotient(false) + " - 1", "more");
  }
  void faster() {
    const Range rate = before_ / after_;
    if (claim_.as == ChangeAs::any && a() > b()) return;
    add(ChangeAs::speed_up, Kind::percent, b() / a() - 1, {rate.low - 1, rate.high - 1},
        quotient(true) + " - 1", "faster");
  }
  void kept() {
    add(ChangeAs::kept, Kind::percent, a() / b(), after_ / before_, quotient(false), "left");
  }
  void points() {
    const Range apart = a() > b() ? after_ - before_ : before_ - after_;
    add(ChangeAs::points, Kind::points, std::abs(a() - b()), apart,
        fmt::format("{} - {}", (a() > b() ? claim_.after : claim_.before).text,
                    (a() > b() ? claim_.before : claim_.after).text),
        "of difference");
  }
  void difference() {
    const Range apart = a() > b() ? after_ - before_ : before_ - after_;
    add(ChangeAs::difference, claim_.before.kind, std::abs(a() - b()), apart,
        fmt::format("{} - {}", (a() > b() ? claim_.after : claim_.before).text,
                    (a() > b() ? claim_.before : claim_.after).text),
        "of difference");
  }
  void ratios() {
    const bool falls = a() < b();
    if (claim_.as != ChangeAs::increase) {
      add(ChangeAs::reduction, Kind::ratio, b() / a(), before_ / after_, quotient(true), "");
    }
    if (claim_.as == ChangeAs::increase || (claim_.as == ChangeAs::any && !falls)) {
      add(ChangeAs::increase, Kind::ratio, a() / b(), after_ / before_, quotient(false), "");
    }
  }

  const ChangeClaim& claim_;
  Range before_;
  Range after_;
  Kind kind_;
  std::vector<Reading> readings_;
};

bool computable(const ChangeClaim& claim) {
  return claim.before.range.low > 0 && claim.after.range.low > 0 &&
         claim.before.kind == claim.after.kind;
}

// Digits that were cut off instead of rounded.
bool cut_off(const Stated& stated, Range range) {
  return overlap({stated.value, stated.value + stated.place}, range);
}

// "50 %" as a round number stands for 45 to 55 %.
bool round_number(const Stated& stated, Range range) {
  const double tens = stated.value / (10 * stated.place);
  const bool whole = std::abs(tens - std::round(tens)) < 1e-6;
  const double slack = 5 * stated.place;
  return stated.kind == Kind::percent && whole && stated.place > 0.009 &&
         overlap({stated.value - slack, stated.value + slack}, range);
}

std::string spelled(const Reading& reading) {
  const std::string range = show(reading.kind, reading.range);
  const std::string value = show(reading.kind, reading.value);
  return fmt::format("{} = {}{}{}{}", reading.formula, value, reading.meaning.empty() ? "" : " ",
                     reading.meaning,
                     range == value ? "" : fmt::format(" ({} with rounding)", range));
}

std::string spelled(const std::vector<Reading>& readings) {
  std::vector<std::string> texts;
  texts.reserve(readings.size());
  for (const Reading& reading : readings) texts.push_back(spelled(reading));
  return fmt::format("{}", fmt::join(texts, "; "));
}

bool sign_is_wrong(const ChangeClaim& claim) {
  if (!claim.stated || claim.stated->sign == 0 || claim.as == ChangeAs::speed_up) return false;
  const bool falls = claim.after.value < claim.before.value;
  return claim.stated->sign < 0 ? !falls : falls;
}

// What would have to be there instead.
std::string instead(const ChangeClaim& claim) {
  const Stated& stated = *claim.stated;
  const double b = claim.before.value;
  const auto at = [&](double value) { return show(claim.before.kind, value); };
  if (stated.kind == Kind::percent && claim.as != ChangeAs::increase && stated.value < 1) {
    std::string text = fmt::format("{} less than {} would be {}", stated.text, claim.before.text,
                                   at(b * (1 - stated.value)));
    if (claim.before.kind == Kind::time) {
      text += fmt::format(", {} faster {}", stated.text, at(b / (1 + stated.value)));
    }
    return text;
  }
  if ((stated.kind == Kind::ratio || stated.kind == Kind::number) && stated.value > 0) {
    return fmt::format("{} of {} would be {}", stated.text, claim.before.text,
                       at(claim.as == ChangeAs::increase ? b * stated.value : b / stated.value));
  }
  return "";
}

// Of a share, "1 %" may be a point or a hundredth of it.
std::string points_remark(const std::vector<Reading>& readings) {
  for (const Reading& reading : readings) {
    if (reading.as == ChangeAs::reduction || reading.as == ChangeAs::increase) {
      const double size = std::abs(reading.value);
      return fmt::format("these are percentage points; relative to the first it is {}",
                         show(Kind::percent, size));
    }
  }
  return "these are percentage points";
}

void judge(const ChangeClaim& claim, const std::vector<Reading>& readings, Finding& finding) {
  const Stated& stated = *claim.stated;
  finding.verdict = Verdict::fails;
  if (sign_is_wrong(claim)) {
    finding.explanation = claim.after.value < claim.before.value
                              ? "the sign says that it grows, and it falls"
                              : "the sign says that it falls, and it does not";
    return;
  }
  const Reading* points = nullptr;
  for (const Reading& reading : readings) {
    if (!overlap(reading.range, stated.range)) continue;
    if (reading.as == ChangeAs::points && stated.kind == Kind::percent &&
        claim.as == ChangeAs::any) {
      points = &reading;
      continue;
    }
    finding.verdict = Verdict::holds;
    return;
  }
  if (points != nullptr) {
    finding.verdict = Verdict::explained;
    finding.explanation = points_remark(readings);
    return;
  }
  for (const Reading& reading : readings) {
    const bool cut = !stated.about && cut_off(stated, reading.range);
    if (!cut && !round_number(stated, reading.range)) continue;
    finding.verdict = Verdict::explained;
    finding.explanation = fmt::format(
        "{}: it is {}", cut ? "the digits are cut off, not rounded" : "only as a round number",
        show(reading.kind, reading.value));
    return;
  }
  finding.explanation = instead(claim);
}

void judge_direction(const ChangeClaim& claim, Finding& finding) {
  const Range before = range_of(claim.before, claim.after);
  const Range after = range_of(claim.after, claim.before);
  const bool falls = after.high < before.low;
  const bool grows = after.low > before.high;
  const bool wants_less = claim.word == "faster" || claim.word == "smaller";
  const bool holds = claim.word == "same" ? !falls && !grows : wants_less ? falls : grows;
  finding.arithmetic = fmt::format("{} {} {}", claim.after.text,
                                   falls   ? "is less than"
                                   : grows ? "is more than"
                                           : "is, as far as its digits tell, the same as",
                                   claim.before.text);
  finding.verdict = holds ? Verdict::holds : Verdict::fails;
}

std::string spelled(const ChangeClaim& claim) {
  return fmt::format("{}: {} to {}, stated {}", claim.what, claim.before.text, claim.after.text,
                     claim.stated ? claim.stated->text : claim.word);
}

}  // namespace

void check_changes(const Claims& claims, Evidence&, Findings& findings) {
  for (const ChangeClaim& claim : claims.changes) {
    Finding finding;
    finding.claim = spelled(claim);
    finding.origin = claim.origin;
    if (!claim.stated) {
      judge_direction(claim, finding);
    } else if (!computable(claim)) {
      finding.verdict = Verdict::unchecked;
      finding.explanation = "needs values before and after that are above zero";
    } else {
      const auto readings = Readings(claim).all();
      finding.arithmetic = spelled(readings);
      if (readings.empty()) {
        finding.verdict = Verdict::unchecked;
        finding.explanation =
            fmt::format("'{}' is no change of {}", claim.stated->text, to_text(claim.before.kind));
      } else {
        judge(claim, readings, finding);
      }
      if (finding.verdict == Verdict::holds && !claim.word.empty()) judge_direction(claim, finding);
    }
    findings.push_back(std::move(finding));
  }
}

// Changes of shares that only fit as points, beside others that only fit as percent.
void check_bases(const Claims& claims, Evidence&, Findings& findings) {
  std::vector<std::string> points;
  std::vector<std::string> relative;
  Origin origin;
  for (const ChangeClaim& claim : claims.changes) {
    const bool share = claim.before.kind == Kind::percent && claim.stated &&
                       claim.stated->kind == Kind::percent && claim.as == ChangeAs::any;
    if (!share || !computable(claim)) continue;
    bool as_points = false;
    bool as_relative = false;
    for (const Reading& reading : Readings(claim).all()) {
      const bool fits = overlap(reading.range, claim.stated->range);
      (reading.as == ChangeAs::points ? as_points : as_relative) |= fits;
    }
    if (as_points == as_relative) continue;
    (as_points ? points : relative)
        .push_back(fmt::format("{} ({})", claim.what, claim.stated->text));
    origin = claim.origin;
  }
  if (points.empty() || relative.empty()) return;
  Finding finding;
  finding.claim = fmt::format("{} changes of shares in %", points.size() + relative.size());
  finding.verdict = Verdict::fails;
  finding.arithmetic = fmt::format("in points: {}; relative: {}", fmt::join(points, ", "),
                                   fmt::join(relative, ", "));
  finding.explanation = "the two cannot be compared; write points where points are meant";
  finding.origin = origin;
  findings.push_back(std::move(finding));
}

}  // namespace roofbeam::audit
