#include "scenarios/calibration_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

#include "core/config/reader.hpp"

namespace roofbeam {
namespace {

std::string term_name(std::size_t term) {
  return term == 0 ? "all" : std::string(error_class_name(term - 1));
}

std::string one(const Calibration& calibration) {
  std::string text = fmt::format(
      "  - runtime: {}\n    platform: {}\n    engine: {}\n    measurements: {}\n    factors:\n",
      calibration.runtime, calibration.platform, calibration.engine, calibration.measurements);
  for (std::size_t term = 0; term < kErrorTerms; ++term) {
    text += fmt::format("      {}: {:.6g}\n", term_name(term), std::exp(calibration.mean[term]));
  }
  text += fmt::format("    network: {:.6g}\n    call: {:.6g}\n    covariance:\n",
                      calibration.network, calibration.call);
  for (std::size_t row = 0; row < kErrorTerms; ++row) {
    const auto* const begin = calibration.covariance.data() + row * kErrorTerms;
    text += fmt::format("      - [{:.5g}]\n", fmt::join(begin, begin + kErrorTerms, ", "));
  }
  return text;
}

using config::Complaints;
using config::MapReader;
using config::Node;

// A covariance may be negative, which no other number of a YAML file may.
double signed_number(const Node& node, Complaints& complaints) {
  double value = 0;
  const char* const end = node.scalar.data() + node.scalar.size();
  const auto [last, error] = std::from_chars(node.scalar.data(), end, value);
  if (error != std::errc() || last != end || !std::isfinite(value)) {
    complaints.add(node.mark, fmt::format("covariance: '{}' is not a number", node.scalar));
    return 0;
  }
  return value;
}

void read_factors(MapReader& map, Calibration& calibration, Complaints& complaints) {
  const Node* factors = map.map("factors", true);
  if (factors == nullptr) return;
  MapReader reader(*factors, "factors", complaints);
  for (std::size_t term = 0; term < kErrorTerms; ++term) {
    const auto factor = reader.optional<double>(term_name(term));
    if (!factor) continue;
    if (!(factor->value > 0)) {
      reader.complain(term_name(term), "a factor on time is above 0");
      continue;
    }
    calibration.mean[term] = std::log(factor->value);
  }
  reader.finish();
}

void read_covariance(MapReader& map, Calibration& calibration, Complaints& complaints) {
  const Node* rows = map.list("covariance", true);
  if (rows == nullptr) return;
  bool square = rows->items.size() == kErrorTerms;
  for (const Node& row : rows->items) square = square && row.items.size() == kErrorTerms;
  if (!square) {
    map.complain("covariance", fmt::format("covariance has {0} rows of {0} numbers", kErrorTerms),
                 "write the file with 'roofbeam calibrate'");
    return;
  }
  for (std::size_t i = 0; i < kErrorTerms * kErrorTerms; ++i) {
    const Node& node = rows->items[i / kErrorTerms].items[i % kErrorTerms];
    calibration.covariance[i] = signed_number(node, complaints);
  }
  for (std::size_t i = 0; i < kErrorTerms; ++i) {
    if (calibration.covariance[i * (kErrorTerms + 1)] >= 0) continue;
    map.complain("covariance", "a variance (on the diagonal) is not negative");
    return;
  }
}

Calibration read_one(const Node& node, std::size_t index, Complaints& complaints) {
  Calibration calibration = uncalibrated({});
  MapReader map(node, fmt::format("calibration {}", index), complaints);
  calibration.runtime = map.required<std::string>("runtime").value;
  calibration.platform = map.required<std::string>("platform").value;
  calibration.engine = map.required<std::string>("engine").value;
  calibration.measurements = map.required<int>("measurements").value;
  read_factors(map, calibration, complaints);
  calibration.network = map.required<double>("network").value;
  calibration.call = map.required<double>("call").value;
  read_covariance(map, calibration, complaints);
  map.finish();
  return calibration;
}

std::vector<Calibration> read_all(const Node& root) {
  Complaints complaints;
  MapReader map(root, "calibration file", complaints);
  std::vector<Calibration> all;
  if (const Node* list = map.list("calibrations", true)) {
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      all.push_back(read_one(list->items[i], i, complaints));
    }
  }
  map.finish();
  complaints.throw_if_any();
  return all;
}

}  // namespace

std::string calibration_text(const std::vector<Calibration>& calibrations) {
  std::string text =
      "# Written by roofbeam calibrate. Factors on the time of kernel calls, by class; `all` is "
      "on\n"
      "# all of them. The covariance is of the factors' logarithms, in the same order.\n"
      "calibrations:\n";
  for (const Calibration& calibration : calibrations) text += one(calibration);
  return text;
}

std::vector<Calibration> read_calibrations(std::string text, const std::string& name) {
  return read_all(config::parse(std::move(text), name));
}

std::vector<Calibration> load_calibrations(const std::string& path) {
  return read_all(config::load(path));
}

}  // namespace roofbeam
