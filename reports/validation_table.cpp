#include <fmt/format.h>

#include "core/quantity/text.hpp"
#include "reports/interval_text.hpp"
#include "reports/validation_views.hpp"

namespace roofbeam {
namespace {

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }
std::string whole_percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::vector<Column> statistics_columns(std::string title) {
  return {{std::move(title), Align::left, true},
          {"rows", Align::right},
          {"mean error", Align::right},
          {"median", Align::right},
          {"bias", Align::right},
          {"in 10 %", Align::right},
          {"in 20 %", Align::right},
          {"rank", Align::right},
          {"80 % int.", Align::right},
          {"95 % int.", Align::right}};
}

std::vector<std::string> statistics_cells(const std::string& name, const ErrorStatistics& s) {
  if (s.rows == 0) return {name, "0", "-", "-", "-", "-", "-", "-", "-", "-"};
  return {name,
          fmt::format("{}", s.rows),
          percent(s.mape),
          percent(s.median_ape),
          fmt::format("{:+.1f} %", 100 * std::expm1(s.bias)),
          whole_percent(s.within_10),
          whole_percent(s.within_20),
          fmt::format("{:.3f}", s.spearman),
          whole_percent(s.coverage_80),
          whole_percent(s.coverage_95)};
}

void add_groups(Document& document, const std::string& title,
                const std::vector<ErrorGroup>& groups) {
  if (groups.size() < 2) return;
  Table table(statistics_columns(title));
  for (const ErrorGroup& group : groups) table.add(statistics_cells(group.name, group.latency));
  document.table(std::move(table));
}

void add_rows(Document& document, const Validation& validation) {
  constexpr std::size_t kMost = 60;
  if (validation.rows.size() > kMost) {
    document.paragraph(fmt::format("{} rows; --format csv lists them", validation.rows.size()));
    return;
  }
  Table table({{"network", Align::left, true},
               {"device", Align::left, true},
               {"precision"},
               {"measured", Align::right},
               {"forecast", Align::right},
               {"80 % interval", Align::right},
               {"error", Align::right}});
  for (const Forecast& row : validation.rows) {
    if (!row.measurement.latency) continue;
    const auto range = row.prediction.latency_error.interval_80(row.prediction.latency);
    const double error = row.prediction.latency / *row.measurement.latency - 1;
    table.add({row.measurement.network, device_name(row.prediction),
               std::string(to_text(row.prediction.precision)), to_text(*row.measurement.latency),
               to_text(row.prediction.latency),
               interval_text(to_text(range.low), to_text(range.high)),
               fmt::format("{:+.1f} %", 100 * error)});
  }
  document.table(std::move(table));
}

void add_outliers(Document& document, const Validation& validation, std::size_t most) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < std::min(most, validation.outliers.size()); ++i) {
    const Outlier& outlier = validation.outliers[i];
    const Forecast& row = validation.rows[outlier.row];
    lines.push_back(fmt::format("{} on {}: measured {}, forecast {}; {}", row.measurement.network,
                                device_name(row.prediction), to_text(*row.measurement.latency),
                                to_text(row.prediction.latency), outlier.reason));
  }
  document.bullets(
      fmt::format("Furthest off ({} of {} outliers)", lines.size(), validation.outliers.size()),
      lines);
}

std::vector<std::string> left_out(const std::map<std::string, int>& reasons) {
  std::vector<std::string> lines;
  for (const auto& [reason, count] : reasons) {
    lines.push_back(fmt::format("{} rows: {}", count, reason));
  }
  return lines;
}

}  // namespace

Document validation_document(const Validation& validation, std::size_t outliers) {
  Document document;
  Table summary(statistics_columns("all"));
  summary.add(statistics_cells("latency", validation.latency));
  if (validation.energy) summary.add(statistics_cells("energy", *validation.energy));
  document.table(std::move(summary));
  add_groups(document, "device", validation.by_device);
  add_groups(document, "runtime", validation.by_runtime);
  add_groups(document, "precision", validation.by_precision);
  add_groups(document, "leading kernel", validation.by_kernel);
  add_rows(document, validation);
  add_outliers(document, validation, outliers);
  document.bullets("Left out", left_out(validation.left_out), Style::warning);
  return document;
}

Table calibration_table(const std::vector<CalibrationReport>& reports) {
  Table table({{"platform", Align::left, true},
               {"runtime", Align::left, true},
               {"networks", Align::right},
               {"factor on all", Align::right},
               {"mean error before", Align::right},
               {"after, network unseen", Align::right}});
  for (const CalibrationReport& report : reports) {
    table.add({report.calibration.platform + '/' + report.calibration.engine,
               report.calibration.runtime, fmt::format("{}", report.networks),
               fmt::format("{:.3f}", std::exp(report.calibration.mean[0])),
               percent(report.before.mape),
               report.after.rows > 0 ? percent(report.after.mape) : "-"});
  }
  return table;
}

Document scaling_document(const Scaling& scaling) {
  Table table({{"network", Align::left, true},
               {"measured there", Align::right},
               {"forecast here", Align::right},
               {"80 % interval", Align::right},
               {"constant ratio", Align::right},
               {"measured here", Align::right},
               {"error", Align::right},
               {"of the ratio", Align::right}});
  for (const ScaledRow& scaled : scaling.rows) {
    const Seconds forecast = scaled.forecast.latency;
    const auto range = scaled.forecast.latency_error.interval_80(forecast);
    std::string measured = "-";
    std::string error;
    std::string ratio_error;
    if (scaled.row.measured) {
      const Seconds truth = *scaled.row.measured->latency;
      measured = to_text(truth);
      error = scaled.row.known ? "used" : fmt::format("{:+.1f} %", 100 * (forecast / truth - 1));
      ratio_error = scaled.row.known
                        ? "used"
                        : fmt::format("{:+.1f} %", 100 * (*scaled.by_ratio / truth - 1));
    }
    table.add({scaled.row.from.measurement.network, to_text(*scaled.row.from.measurement.latency),
               to_text(forecast), interval_text(to_text(range.low), to_text(range.high)),
               to_text(*scaled.by_ratio), measured, error, ratio_error});
  }
  Document document;
  document.table(std::move(table));
  if (scaling.latency.rows > 0) {
    document.paragraph(fmt::format(
        "Mean error over {} networks measured here and not used: {}; constant ratio {:.3g}: {}",
        scaling.latency.rows, percent(scaling.latency.mape), scaling.ratio,
        percent(scaling.by_ratio.mape)));
  }
  return document;
}

}  // namespace roofbeam
