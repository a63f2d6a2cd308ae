// A workload on a platform as the program that models/columns/kernel.hpp runs.
//
// Calls become layers: few terms, each a coefficient times a unit that differs between cases. What
// is the same in all cases goes into the coefficients; layers that are alike become one.
#pragma once

#include <optional>
#include <vector>

#include "models/calibration.hpp"
#include "models/columns/program.hpp"
#include "models/numbers.hpp"
#include "models/workload.hpp"

namespace roofbeam::columns {

// What the program's pointers point into.
struct Compiled {
  Compiled() = default;
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  std::vector<std::size_t> varied;                  // of Numbers::list
  std::vector<std::optional<std::size_t>> slot_of;  // by index into varied; nothing: no effect
  std::vector<double> rates;  // by slot, kBlock times the value of platform and runtime

  Program program;
  std::vector<Run> runs;
  std::vector<std::vector<double>> coefficients;
  std::vector<std::vector<std::size_t>> units;
  std::vector<unsigned char> varies;
  std::vector<double> instances;
  std::vector<double> constant;
  std::vector<double> bytes;
  std::vector<Covariance> covariance;
};

struct Source {
  const Workload& workload;
  const Platform& platform;
  const Engine& engine;
  const Runtime& runtime;
  const Calibration& belief;
};

// `to.varied` says what differs between cases. Throws InputError for a number that changes more
// than rates.
void compile(const Source& source, Compiled& to);

}  // namespace roofbeam::columns
