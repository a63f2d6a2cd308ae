#include "models/columns/kernel.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace roofbeam::columns {
namespace {

// Unit t of case i takes 1 + t + i % 3 seconds.
std::vector<double> made_units(std::size_t units) {
  std::vector<double> made;
  for (std::size_t t = 0; t < units; ++t) {
    for (std::size_t i = 0; i < kBlock; ++i) made.push_back(static_cast<double>(1 + t + i % 3));
  }
  return made;
}

std::vector<double> exposed(double share) { return std::vector<double>(kBlock, share); }

TEST_CASE("a layer is its compute, its loads and its memory, as far as they overlap") {
  // 2 x 1 compute; 1 x 2 and 0.5 x 3 loads; 2 x 4 memory, in case 0.
  const std::vector<double> coefficients = {2, 1, 0.5, 2};
  const std::vector<std::size_t> units = {0, 1, 2, 3};
  const Run run{0, 1, 2, 1, 1, coefficients.data(), units.data()};
  const auto columns = made_units(4);
  std::vector<double> sum(kBlock, 100);
  add_run<1, 2, 1, Overlap::full>(run, columns.data(), exposed(0).data(), sum.data());
  CHECK(sum[0] == 108);
  add_run<1, 2, 1, Overlap::none>(run, columns.data(), exposed(1).data(), sum.data());
  CHECK(sum[0] == 108 + 2 + 2 + 8);
  add_run<1, 2, 1, Overlap::share>(run, columns.data(), exposed(0.5).data(), sum.data());
  CHECK(sum[0] == 120 + 8 + 0.5 * 3);  // 2 + 0.5 x 2 hides by half behind 8
}

TEST_CASE("runs of one, two and three layers add all of them") {
  const std::vector<double> coefficients = {1, 10, 100};
  const std::vector<std::size_t> units = {0};
  const auto columns = made_units(1);
  for (std::size_t layers = 1; layers <= 3; ++layers) {
    const Run run{0, 1, 0, 0, layers, coefficients.data(), units.data()};
    std::vector<double> sum(kBlock);
    add_run<1, 0, 0, Overlap::full>(run, columns.data(), exposed(0).data(), sum.data());
    const double each = layers == 1 ? 1 : layers == 2 ? 11 : 111;
    CHECK(sum[0] == each);
    CHECK(sum[kBlock - 1] == each * (1 + (kBlock - 1) % 3));
  }
}

template <Overlap O>
void check_any_run(double share) {
  const std::vector<double> coefficients = {2, 3, 1, 0.5, 2, 1, 0.25, 5, 1, 1, 3, 1, 4, 1};
  const std::vector<std::size_t> units = {0, 1, 2, 3, 4, 5, 6};
  const Run run{0, 2, 2, 3, 2, coefficients.data(), units.data()};
  const auto columns = made_units(7);
  std::vector<double> a(kBlock);
  std::vector<double> b(kBlock);
  add_run<2, 2, 3, O>(run, columns.data(), exposed(share).data(), a.data());
  add_any_run<O>(run, columns.data(), exposed(share).data(), b.data());
  for (std::size_t i = 0; i < kBlock; ++i) CHECK(a[i] == doctest::Approx(b[i]).epsilon(1e-14));
}

TEST_CASE("the loop for any number of terms is the loop for so many") {
  check_any_run<Overlap::full>(0);
  check_any_run<Overlap::none>(1);
  check_any_run<Overlap::share>(0.3);
}

// A program of one class that always takes two seconds, and rates that are all zero but these.
struct Block {
  const double constant[1] = {2};
  const unsigned char varies[kByte] = {};
  Program program;
  std::vector<std::vector<double>> rates =
      std::vector<std::vector<double>>(kLevels, std::vector<double>(kBlock));
  std::vector<std::vector<double>> results =
      std::vector<std::vector<double>>(8, std::vector<double>(kBlock));

  Block() {
    program.units = kByte;
    program.varies = varies;
    program.sums = 1;
    program.constant = constant;
    for (const auto slot : {kClock, kIssue, kVectorEfficiency, kOverlap}) set(slot, 1);
  }
  void set(std::size_t slot, double value) { rates[slot].assign(kBlock, value); }
  void evaluate(bool deviations) {
    std::vector<const double*> slots;
    for (const auto& rate : rates) slots.push_back(rate.data());
    std::vector<double> scratch(scratch_size(program));
    BlockOutputs out{results[0].data(), results[1].data(), results[2].data(), results[3].data(),
                     results[4].data(), results[5].data(), results[6].data(), results[7].data()};
    if (!deviations) out.latency_deviation = nullptr;
    evaluate_block(program, slots.data(), scratch.data(), out);
  }
  [[nodiscard]] double latency() const { return results[0][0]; }
  [[nodiscard]] double energy() const { return results[4][0]; }
  [[nodiscard]] double throttle() const { return results[5][0]; }
};

TEST_CASE("work above the budget rests in idle until it is in it") {
  Block block;
  block.program.budgeted = true;
  block.set(kIdle, 1);
  block.set(kActive, 4);  // 5 W for 2 s
  block.set(kBudget, 5);
  block.evaluate(false);
  CHECK(block.throttle() == 1);
  CHECK(block.energy() == 10);
  block.set(kBudget, 3);  // 8 J above idle at 2 W above idle: 4 s
  block.evaluate(false);
  CHECK(block.throttle() == 2);
  CHECK(block.latency() == 4);
  CHECK(block.energy() == 12);
  block.set(kBudget, 1);  // idling alone needs all of it
  block.evaluate(false);
  CHECK(block.throttle() == 1);
  CHECK(block.latency() == 2);
}

TEST_CASE("the overhead's share brings its own error") {
  Block block;
  block.program.dispatches = 2;
  block.set(kDispatch, 1);  // 2 s of overhead beside 2 s of work
  const Covariance covariance[] = {{0, 0, 0.01}, {1, 1, 0.16}, {2, 2, 0.64}};
  block.program.covariance = covariance;
  block.program.covariances = 3;
  block.program.network_variance = 0.04;
  block.evaluate(true);
  CHECK(block.latency() == 4);
  CHECK(block.results[6][0] == doctest::Approx(0.5));  // 0.01 + 0.16 / 4 + 0.64 / 4 + 0.04
}

}  // namespace
}  // namespace roofbeam::columns
