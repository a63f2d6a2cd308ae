// The protocols of docs/accuracy.md: what a fit may see, and what it is judged on.
#pragma once

#include <string>
#include <vector>

#include "bench/accuracy/profile_fit.hpp"
#include "scenarios/statistics.hpp"

namespace roofbeam::accuracy {

// Forecasts of one device's rows.
struct Judged {
  std::string device;
  std::vector<Pair> pairs;
};

struct Protocol {
  std::string name;
  std::vector<Judged> devices;
};

struct Summary {
  std::size_t devices = 0;
  std::size_t rows = 0;
  double median = 0;  // over devices, of mean absolute errors
  double mean = 0;
  double rank_median = 0;
  double rank_worst = 0;
  double within_10 = 0;
  double within_20 = 0;
  double coverage_80 = 0;
  double coverage_95 = 0;
};
[[nodiscard]] Summary summarise(const Protocol& protocol);

struct Judgement {
  Protocol unseen;    // device unseen by the fit of the profile and of its errors
  Protocol three;     // and three networks measured on it
  Protocol others;    // all networks but the tested one
  ErrorModel errors;  // fitted to all devices' unseen residuals
};

// `known` networks are measured on a device in Judgement::three. The errors are the profile's own
// where there are too few devices to fit them.
[[nodiscard]] Judgement judge(const Runtime& runtime, const std::vector<Row>& rows,
                              const ProfileFit& fit, std::size_t known = 3);

// Everything measured on A, three networks on B.
struct ScaleJudgement {
  Protocol model;
  Protocol ratio;  // the constant ratio that people use by hand
};
[[nodiscard]] ScaleJudgement judge_scaling(const Runtime& runtime, const std::vector<Row>& rows,
                                           const ProfileFit& fit, const ErrorModel& errors);

}  // namespace roofbeam::accuracy
