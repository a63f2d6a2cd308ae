// How long the frontier of a table takes, on one core, beside what one would write in its stead: in
// two objectives sorting all cases and scanning them, in more comparing each case with the frontier
// so far.
//
// "uniform" cases are independent in each objective, as most of a sweep is. Of "hard" ones none
// beats another: they lie on a sphere around the ideal. `front` is the size of the result.
#include "scenarios/frontier.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>

namespace roofbeam::bench {
namespace {

using Table = std::vector<std::vector<double>>;

Table uniform(std::size_t cases, std::size_t objectives) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> share(0, 1);
  Table table(objectives, std::vector<double>(cases));
  for (auto& column : table)
    std::generate(column.begin(), column.end(), [&] { return share(random); });
  return table;
}

Table hard(std::size_t cases, std::size_t objectives) {
  std::mt19937_64 random(2);
  std::normal_distribution<double> normal;
  Table table(objectives, std::vector<double>(cases));
  for (std::size_t i = 0; i < cases; ++i) {
    double square = 0;
    for (auto& column : table) {
      column[i] = std::abs(normal(random));
      square += column[i] * column[i];
    }
    for (auto& column : table) column[i] = 1 - column[i] / std::sqrt(square);
  }
  return table;
}

std::size_t ours(const Table& table) {
  const std::vector<std::span<const double>> columns(table.begin(), table.end());
  return frontier(columns, std::vector<Sense>(table.size(), Sense::smaller)).size();
}

std::size_t sort_and_scan(const Table& table) {
  std::vector<std::pair<double, double>> points(table[0].size());
  for (std::size_t i = 0; i < points.size(); ++i) points[i] = {table[0][i], table[1][i]};
  std::sort(points.begin(), points.end());
  std::size_t found = 0;
  double least = std::numeric_limits<double>::infinity();
  for (const auto& [x, y] : points) {
    if (y >= least) continue;
    least = y;
    ++found;
  }
  return found;
}

// Block-nested loops (Boerzsoenyi, Kossmann and Stocker, ICDE 2001), all in memory.
std::size_t nested_loops(const Table& table) {
  std::vector<std::size_t> found;
  const auto at_most = [&](std::size_t a, std::size_t b) {
    return std::all_of(table.begin(), table.end(),
                       [&](const std::vector<double>& column) { return column[a] <= column[b]; });
  };
  for (std::size_t i = 0; i < table[0].size(); ++i) {
    if (std::any_of(found.begin(), found.end(), [&](std::size_t f) { return at_most(f, i); }))
      continue;
    std::erase_if(found, [&](std::size_t f) { return at_most(i, f); });
    found.push_back(i);
  }
  return found.size();
}

using Make = Table (*)(std::size_t, std::size_t);
using Find = std::size_t (*)(const Table&);

void add(const std::string& name, Make make, std::size_t cases, std::size_t objectives, Find find) {
  const auto run = [=](benchmark::State& state) {
    const Table table = make(cases, objectives);
    std::size_t front = 0;
    for (auto _ : state) benchmark::DoNotOptimize(front = find(table));
    state.counters["front"] = static_cast<double>(front);
    state.counters["cases_per_s"] = benchmark::Counter(
        static_cast<double>(cases), benchmark::Counter::kIsIterationInvariantRate);
  };
  benchmark::RegisterBenchmark((name + "/" + std::to_string(objectives)).c_str(), run)
      ->Unit(benchmark::kMillisecond)
      ->Iterations(3);
}

}  // namespace
}  // namespace roofbeam::bench

int main(int argc, char** argv) {
  using namespace roofbeam::bench;
  constexpr std::size_t kMillion = 1'000'000;
  add("uniform_10M", uniform, 10 * kMillion, 2, ours);
  add("uniform_10M_sort_and_scan", uniform, 10 * kMillion, 2, sort_and_scan);
  add("uniform_10M", uniform, 10 * kMillion, 3, ours);
  add("uniform_10M", uniform, 10 * kMillion, 4, ours);
  add("hard_1M", hard, kMillion, 2, ours);
  add("hard_1M_sort_and_scan", hard, kMillion, 2, sort_and_scan);
  add("hard_1M", hard, kMillion, 3, ours);
  add("hard_1M", hard, kMillion, 4, ours);
  for (const std::size_t objectives : {3, 4}) {
    add("hard_10k", hard, 10'000, objectives, ours);
    add("hard_10k_nested_loops", hard, 10'000, objectives, nested_loops);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
