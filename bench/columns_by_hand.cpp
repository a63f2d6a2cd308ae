#include "bench/columns_by_hand.hpp"

#include <algorithm>
#include <cmath>

// Built for the machine that runs it, as the engine is, and with contraction, unlike the engine.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define ROOFBEAM_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define ROOFBEAM_CLONES
#endif

namespace roofbeam::bench {
namespace {

constexpr std::size_t kLanes = 128;

double larger(double a, double b) { return a > b ? a : b; }
double smaller(double a, double b) { return a < b ? a : b; }

}  // namespace

ROOFBEAM_CLONES
void roofs_by_hand(const HandNetwork& network, const HandCases& cases, double* latency) {
  double cycle[kLanes], l1[kLanes], l2[kLanes], dram[kLanes], sum[kLanes];
  for (std::size_t first = 0; first + kLanes <= cases.size(); first += kLanes) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      cycle[i] = 1 / cases.clock[first + i];
      l1[i] = 1 / cases.l1[first + i];
      l2[i] = 1 / cases.l2[first + i];
      dram[i] = 1 / cases.dram[first + i];
      sum[i] = network.overhead;
    }
    for (const HandLayer layer : network.layers) {
      for (std::size_t i = 0; i < kLanes; ++i) {
        sum[i] += larger(larger(layer.cycles * cycle[i], layer.l1 * l1[i]),
                         larger(layer.l2 * l2[i], layer.dram * dram[i]));
      }
    }
    std::copy_n(sum, kLanes, latency + first);
  }
}

ROOFBEAM_CLONES
void shared_roofs_by_hand(const HandNetwork& network, const HandCases& cases, double* latency) {
  double cycle[kLanes], l1[kLanes], l2[kLanes], dram[kLanes], sum[kLanes];
  const double exposed = network.exposed;
  for (std::size_t first = 0; first + kLanes <= cases.size(); first += kLanes) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      cycle[i] = 1 / cases.clock[first + i];
      l1[i] = 1 / cases.l1[first + i];
      l2[i] = 1 / cases.l2[first + i];
      dram[i] = 1 / cases.dram[first + i];
      sum[i] = network.overhead;
    }
    for (const HandLayer layer : network.layers) {
      for (std::size_t i = 0; i < kLanes; ++i) {
        const double compute = layer.cycles * cycle[i];
        const double loads = layer.l1 * l1[i];
        const double kernel = larger(compute, loads) + exposed * smaller(compute, loads);
        const double memory = larger(layer.l2 * l2[i], layer.dram * dram[i]);
        sum[i] += larger(kernel, memory) + exposed * smaller(kernel, memory);
      }
    }
    std::copy_n(sum, kLanes, latency + first);
  }
}

ROOFBEAM_CLONES
void all_by_hand(const HandNetwork& network, const HandCases& cases, double* latency,
                 double* energy, double* latency_deviation, double* energy_deviation) {
  double cycle[kLanes], l1[kLanes], l2[kLanes], dram[kLanes], sum[kLanes];
  double total[kLanes], squares[kLanes];
  for (std::size_t first = 0; first + kLanes <= cases.size(); first += kLanes) {
    const double overhead = network.overhead;
    for (std::size_t i = 0; i < kLanes; ++i) {
      cycle[i] = 1 / cases.clock[first + i];
      l1[i] = 1 / cases.l1[first + i];
      l2[i] = 1 / cases.l2[first + i];
      dram[i] = 1 / cases.dram[first + i];
      total[i] = overhead;
      squares[i] = network.variances.back() * overhead * overhead;
    }
    for (std::size_t c = 0; c < network.classes; ++c) {
      std::fill_n(sum, kLanes, 0.0);
      for (std::size_t l = network.first[c]; l < network.first[c + 1]; ++l) {
        const HandLayer layer = network.layers[l];
        for (std::size_t i = 0; i < kLanes; ++i) {
          sum[i] += larger(larger(layer.cycles * cycle[i], layer.l1 * l1[i]),
                           larger(layer.l2 * l2[i], layer.dram * dram[i]));
        }
      }
      const double variance = network.variances[c + 1];
      for (std::size_t i = 0; i < kLanes; ++i) {
        total[i] += sum[i];
        squares[i] += variance * sum[i] * sum[i];
      }
    }
    const double fixed = network.operations;
    for (std::size_t i = 0; i < kLanes; ++i) {
      const double power = cases.power[first + i] * total[i];
      const double joules = fixed + network.dram_bytes * cases.dram_energy[first + i] + power;
      const double variance = network.variances[0] + squares[i] / (total[i] * total[i]);
      const double deviation = std::sqrt(variance + network.network_variance);
      const double of_power = power / joules * deviation;
      latency[first + i] = total[i];
      energy[first + i] = joules;
      latency_deviation[first + i] = deviation;
      energy_deviation[first + i] =
          std::sqrt(of_power * of_power + network.energy_figures * network.energy_figures);
    }
  }
}

void roofs_naively(const HandNetwork& network, std::vector<NaiveCase>& cases) {
  for (auto& one : cases) {
    one.latency = network.overhead;
    for (const auto& layer : network.layers) {
      const double compute = layer.cycles / one.clock;
      const double memory = std::max({layer.l1 / one.l1, layer.l2 / one.l2, layer.dram / one.dram});
      one.latency += std::max(compute, memory);
    }
  }
}

}  // namespace roofbeam::bench
