// The formulas of models/columns.hpp for one kind of platform, written out by hand: what a
// programmer would write who has this one question. The column engine is judged beside them.
#pragma once

#include <cstddef>
#include <vector>

namespace roofbeam::bench {

// One layer: latency = overlapped(overlapped(cycles / clock, L1 time), max(L2 time, DRAM time)).
struct HandLayer {
  double cycles;
  double l1;  // bytes
  double l2;
  double dram;
};

// A network of such layers, by columns too.
struct HandNetwork {
  std::vector<HandLayer> layers;
  std::size_t classes = 1;         // layers are sorted by class
  std::vector<std::size_t> first;  // layer of each class, and the number of layers
  double overhead = 0;             // seconds of all dispatches
  double exposed = 0;              // 1 - overlap
  double operations = 0;           // J
  double l1_bytes = 0, l2_bytes = 0, dram_bytes = 0;  // all layers
  std::vector<double> variances;                      // common, by class, overhead
  double network_variance = 0;
  double energy_figures = 0;
};

// Rates of many cases; energies per byte and power of each case too.
struct HandCases {
  std::vector<double> clock, l1, l2, dram;  // Hz, bytes/s
  std::vector<double> dram_energy, power;   // J/B, W
  [[nodiscard]] std::size_t size() const { return clock.size(); }
};

// Cases are the lanes, layers the loop; full overlap. Latencies of all cases.
void roofs_by_hand(const HandNetwork& network, const HandCases& cases, double* latency);
// The same with a share of the shorter time exposed.
void shared_roofs_by_hand(const HandNetwork& network, const HandCases& cases, double* latency);
// Latency, energy and their deviations, full overlap.
void all_by_hand(const HandNetwork& network, const HandCases& cases, double* latency,
                 double* energy, double* latency_deviation, double* energy_deviation);

// An array of structures, one case after another.
struct NaiveCase {
  double clock, l1, l2, dram;
  double latency;
};
void roofs_naively(const HandNetwork& network, std::vector<NaiveCase>& cases);

}  // namespace roofbeam::bench
