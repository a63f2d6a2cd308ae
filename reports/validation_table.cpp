#include <fmt/format.h>

#include "core/quantity/text.hpp"
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

std::string groups_table(const std::string& title, const std::vector<ErrorGroup>& groups,
                         std::size_t width) {
  if (groups.size() < 2) return "";
  Table table(statistics_columns(title));
  for (const ErrorGroup& group : groups) table.add(statistics_cells(group.name, group.latency));
  return '\n' + table.text(width);
}

std::string rows_table(const Validation& validation, std::size_t width) {
  constexpr std::size_t kMost = 60;
  if (validation.rows.size() > kMost) {
    return fmt::format("\n{} rows; --format csv lists them\n", validation.rows.size());
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
               fmt::format("{} .. {}", to_text(range.low), to_text(range.high)),
               fmt::format("{:+.1f} %", 100 * error)});
  }
  return '\n' + table.text(width);
}

std::string outliers(const Validation& validation, const ValidationTableOptions& options) {
  if (validation.outliers.empty() || options.outliers == 0) return "";
  std::string text = fmt::format("\nFurthest off ({} of {} outliers)\n",
                                 std::min(options.outliers, validation.outliers.size()),
                                 validation.outliers.size());
  for (std::size_t i = 0; i < validation.outliers.size() && i < options.outliers; ++i) {
    const Outlier& outlier = validation.outliers[i];
    const Forecast& row = validation.rows[outlier.row];
    const std::string line =
        fmt::format("{} on {}: measured {}, forecast {}; {}", row.measurement.network,
                    device_name(row.prediction), to_text(*row.measurement.latency),
                    to_text(row.prediction.latency), outlier.reason);
    text += "  " + wrapped(line, 4, options.width) + '\n';
  }
  return text;
}

std::string left_out(const std::map<std::string, int>& reasons, std::size_t width) {
  if (reasons.empty()) return "";
  std::string text = "\nLeft out\n";
  for (const auto& [reason, count] : reasons) {
    text += "  " + wrapped(fmt::format("{} rows: {}", count, reason), 4, width) + '\n';
  }
  return text;
}

}  // namespace

std::string validation_table(const Validation& validation, const ValidationTableOptions& options) {
  Table summary(statistics_columns("all"));
  summary.add(statistics_cells("latency", validation.latency));
  if (validation.energy) summary.add(statistics_cells("energy", *validation.energy));
  return summary.text(options.width) + groups_table("device", validation.by_device, options.width) +
         groups_table("runtime", validation.by_runtime, options.width) +
         groups_table("precision", validation.by_precision, options.width) +
         groups_table("leading kernel", validation.by_kernel, options.width) +
         rows_table(validation, options.width) + outliers(validation, options) +
         left_out(validation.left_out, options.width);
}

std::string calibration_table(const std::vector<CalibrationReport>& reports, std::size_t width) {
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
  return table.text(width);
}

std::string scaling_table(const Scaling& scaling, std::size_t width) {
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
               to_text(forecast), fmt::format("{} .. {}", to_text(range.low), to_text(range.high)),
               to_text(*scaled.by_ratio), measured, error, ratio_error});
  }
  std::string text = table.text(width);
  if (scaling.latency.rows > 0) {
    text += fmt::format(
        "\nMean error over {} networks measured here and not used: {}; constant "
        "ratio {:.3g}: {}\n",
        scaling.latency.rows, percent(scaling.latency.mape), scaling.ratio,
        percent(scaling.by_ratio.mape));
  }
  return text;
}

}  // namespace roofbeam
