#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/quantity/text.hpp"
#include "reports/interval_text.hpp"
#include "reports/solve_views.hpp"

namespace roofbeam {
namespace {

using Ask = SolveQuestion::Ask;

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::string wanted(const SolveQuestion& question) {
  std::string text;
  for (const Requirement& requirement : question.requirements) {
    text += (text.empty() ? "" : ", ") + requirement.text;
  }
  if (question.must_fit) text += text.empty() ? "fits" : ", fits";
  return text;
}

// The metrics that requirements and the objective speak of; the latency if none does.
std::vector<Metric> asked_metrics(const SolveQuestion& question) {
  std::vector<Metric> metrics;
  const auto add = [&](Metric metric) {
    if (std::ranges::find(metrics, metric) == metrics.end()) metrics.push_back(metric);
  };
  for (const Requirement& requirement : question.requirements) add(requirement.metric);
  if (question.best) add(question.best->metric);
  if (metrics.empty()) add(Metric::memory);
  return metrics;
}

// With five digits, so that both sides of an edge differ: "33.004 ms".
std::string precise(Metric metric, double value) {
  std::string rough = to_text(metric, value);
  const auto number = parse_unit_number(rough);
  if (!number || number->unit.empty()) return rough;
  return number->with(std::stod(fmt::format("{:.5g}", value / number->si)));
}

// "latency 33.0 ms, energy 40.1 mJ"
std::string figures(const SolvePoint& point, const SolveQuestion& question) {
  if (!point.why_not.empty()) return point.why_not.substr(0, point.why_not.find('\n'));
  if (question.requirements.empty() && !question.best) return point.fits_reason;
  std::string text;
  for (const Metric metric : asked_metrics(question)) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", to_text(metric),
                        precise(metric, point.metrics[metric]));
  }
  return text;
}

std::string heading(const Solution& s) {
  const Prediction& p = s.subject;
  return fmt::format("{} on {}, {}, {}, {}, {}, batch {}: {}", printable(p.network), p.platform,
                     p.engine, p.runtime, to_text(p.precision),
                     p.threads == 1 ? "1 core" : fmt::format("{} cores", p.threads), p.batch,
                     wanted(s.question));
}

std::string varied(const Solution& s) {
  if (s.list) return fmt::format("Varied: {}, {} values", s.path, s.scanned.size());
  std::string text = fmt::format("Varied: {} from {} to {}", s.path, s.from, s.to);
  if (s.stated) {
    text += fmt::format("; stated is {}: {}", s.stated->value, figures(*s.stated, s.question));
  }
  return text;
}

std::string range(const SolveBand& band) {
  if (band.first.value == band.last.value) return "at " + band.first.value;
  return fmt::format("from {} to {}", band.first.value, band.last.value);
}

std::string all_bands(const Solution& s) {
  std::string text;
  for (const SolveBand& band : s.bands) text += (text.empty() ? "" : ", and ") + range(band);
  return text;
}

std::string answered(const Solution& s) {
  const SolvePoint& answer = *s.answer;
  const std::string at = figures(answer, s.question);
  if (s.list || s.question.best) {
    const std::string why =
        s.question.best ? fmt::format("with {}", to_text(*s.question.best)) : "in this order";
    const std::string what = s.list ? "" : fmt::format(" ({})", all_bands(s));
    return fmt::format("Of the values that meet it{}, the {} {}: {}, {}.", what,
                       s.question.best ? "one" : "first", why, answer.value, at);
  }
  if (s.always()) {
    return fmt::format("Every value meets it, {}: {} at {}, {} at {}.", all_bands(s),
                       figures(s.bands[0].first, s.question), s.from,
                       figures(s.bands[0].last, s.question), s.to);
  }
  std::string text =
      fmt::format("The {} value that meets it is {}: {}.",
                  s.found == Ask::largest ? "largest" : "smallest", answer.value, at);
  if (s.beside) {
    text += fmt::format(" At {} it is not met: {}.", s.beside->value,
                        s.beside->fits || !s.question.must_fit ? figures(*s.beside, s.question)
                                                               : s.beside->fits_reason);
  }
  if (s.bands.size() > 1) text += fmt::format(" It is met {}: not monotone.", all_bands(s));
  return text;
}

// What stands in the way at the value that misses least.
std::string unanswered(const Solution& s) {
  const SolvePoint& nearest = s.nearest;
  const bool misfit = nearest.missed >= s.question.requirements.size();
  std::string text =
      s.list ? fmt::format("No value of the list meets it: at {}, which is nearest,", nearest.value)
             : fmt::format("No value on this axis meets it: even at {}", nearest.value);
  if (misfit) return text + fmt::format(" it does not fit: {}.", nearest.fits_reason);
  const Requirement& requirement = s.question.requirements[nearest.missed];
  text += fmt::format(" the {} is {}, {} off", to_text(requirement.metric),
                      to_text(requirement.metric, nearest.metrics[requirement.metric]),
                      percent(nearest.missed_by));
  const bool timed = requirement.metric != Metric::memory && requirement.metric != Metric::arena &&
                     requirement.metric != Metric::size;
  if (timed) {
    text += fmt::format("; there {} bounds {} of the time", nearest.bound,
                        percent(nearest.bound_share));
  }
  text += '.';
  if (s.pays_until) {
    text += fmt::format(" The axis stops paying at {}: less than 1 % is gained beyond.",
                        s.pays_until->value);
  }
  return text;
}

std::string sureness(const Solution& s) {
  if (!s.answer || s.answer->sureness >= s.question.sure) return "";
  const std::string odds = percent(s.answer->sureness);
  if (s.sure) {
    return fmt::format("By the forecast's interval {} meets it with {}. To be {} sure: {}, {}.",
                       s.answer->value, odds, percent(s.question.sure), s.sure->value,
                       figures(*s.sure, s.question));
  }
  return fmt::format(
      "By the forecast's interval {} meets it with {}; no value on this axis makes it {} sure, at "
      "most {} at {}.",
      s.answer->value, odds, percent(s.question.sure), percent(s.nearest.sureness),
      s.nearest.value);
}

std::string misfit(const Solution& s) {
  if (!s.answer || s.answer->fits) return "";
  return fmt::format("It does not fit at {}: {}. Ask for 'fits', too, to leave such values out.",
                     s.answer->value, s.answer->fits_reason);
}

// So many of the scan, its ends among them, and what the answer speaks of; ascending.
std::vector<const SolvePoint*> shown(const Solution& s, std::size_t rows) {
  std::map<AxisIndex, const SolvePoint*> points;
  const std::size_t step =
      s.list ? 1 : std::max<std::size_t>(1, (s.scanned.size() - 1) / (rows - 1));
  for (std::size_t i = 0; i < s.scanned.size(); i += step) {
    points.emplace(s.scanned[i].index, &s.scanned[i]);
  }
  points.emplace(s.scanned.back().index, &s.scanned.back());
  for (const auto* extra : {&s.answer, &s.beside, &s.sure, &s.pays_until}) {
    if (*extra) points.emplace((*extra)->index, &**extra);
  }
  std::vector<const SolvePoint*> all;
  for (const auto& [index, point] : points) all.push_back(point);
  return all;
}

std::string interval(const SolvePoint& point, Metric metric) {
  const double value = point.metrics[metric];
  const auto range = error_of(metric, point.latency_error, point.energy_error).interval_80(value);
  return interval_text(to_text(metric, range.low), to_text(metric, range.high));
}

Span verdict(const SolvePoint& point) {
  if (!point.why_not.empty()) return {"not possible", Style::bad};
  if (point.meets) return {"yes, " + percent(point.sureness), Style::good};
  return {"no, " + percent(point.sureness), Style::bad};
}

bool has_interval(Metric metric) { return error_of(metric, {1}, {1}).deviation > 0; }

std::vector<Column> curve_columns(const Solution& s, const std::vector<Metric>& metrics) {
  std::vector<Column> columns = {{s.path, Align::right}};
  for (const Metric metric : metrics) {
    columns.push_back({std::string(to_text(metric)), Align::right});
    if (metric == metrics.front() && has_interval(metric)) {
      columns.push_back({"80 % between", Align::right});
    }
  }
  columns.push_back({"bound by", Align::left, true});
  columns.push_back({"met, sure"});
  return columns;
}

std::vector<Span> curve_cells(const SolvePoint& point, const std::vector<Metric>& metrics) {
  std::vector<Span> cells = {point.value};
  const bool possible = point.why_not.empty();
  for (const Metric metric : metrics) {
    cells.emplace_back(possible ? to_text(metric, point.metrics[metric]) : "");
    if (metric == metrics.front() && has_interval(metric)) {
      cells.emplace_back(possible ? interval(point, metric) : "");
    }
  }
  cells.emplace_back(possible ? fmt::format("{} {}", point.bound, percent(point.bound_share))
                              : point.why_not.substr(0, point.why_not.find('\n')));
  cells.emplace_back(verdict(point));
  return cells;
}

Table curve(const Solution& s, std::size_t rows) {
  const auto metrics = asked_metrics(s.question);
  Table table(curve_columns(s, metrics));
  for (const SolvePoint* point : shown(s, rows)) table.add(curve_cells(*point, metrics));
  return table;
}

std::string method(const Solution& s) {
  const std::size_t tried = s.scanned.size();
  const auto whole = s.scanned.back().index - s.scanned.front().index + 1;
  if (whole == static_cast<AxisIndex>(tried)) {
    return fmt::format("{} forecasts: every value there is.", s.forecasts);
  }
  return fmt::format("{} forecasts: a scan of {} values, {}.", s.forecasts, tried,
                     tried == s.forecasts ? "between which nothing changes"
                                          : "each change between two of them bisected to the last "
                                            "digit");
}

}  // namespace

Document solve_document(const Solution& s, std::size_t rows) {
  Document document;
  document.paragraph(heading(s));
  document.paragraph(varied(s));
  document.paragraph(s.answer ? answered(s) : unanswered(s),
                     s.answer ? Style::heading : Style::bad);
  for (const std::string& sentence : {sureness(s), misfit(s)}) {
    if (!sentence.empty()) document.paragraph(sentence);
  }
  document.table(curve(s, rows));
  document.paragraph(method(s), Style::dim);
  return document;
}

}  // namespace roofbeam
