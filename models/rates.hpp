// The formulas that turn rates into times, on plain doubles in SI units: one place for predict,
// which asks them for one case, and for the columns (models/columns.hpp), which ask for millions.
//
// They are always inlined, because the columns compile them for several instruction sets.
#pragma once

namespace roofbeam::rates {

#define ROOFBEAM_FORMULA [[nodiscard, gnu::always_inline]] inline

// T is a double, or as many of them as a vector register holds.
template <class T>
ROOFBEAM_FORMULA T smaller(T a, T b) {
  return a < b ? a : b;
}
template <class T>
ROOFBEAM_FORMULA T larger(T a, T b) {
  return a > b ? a : b;
}

// Of one core, s: an engine that starts `issue` instructions a cycle runs kernels that fill a share
// `pairing` of the slots beyond the first as if its clock were that much faster.
ROOFBEAM_FORMULA double cycle(double clock, double issue, double pairing) {
  return 1 / (clock * (1 + (issue - 1) * pairing));
}

// Two times of which the shorter one hides behind the longer one but for a share, `exposed`.
template <class T>
ROOFBEAM_FORMULA T overlapped(T a, T b, T exposed) {
  return larger(a, b) + exposed * smaller(a, b);
}

// What a level serves to all cores in use, bytes/s: `instances` such levels at the share of their
// peak that programs sustain, and no more than each core can draw. (MemoryLevel::bandwidth_for)
ROOFBEAM_FORMULA double bandwidth(double peak, double sustained, double instances,
                                  double all_cores_draw) {
  return smaller(peak * sustained * instances, all_cores_draw);
}

// Overhead of one call, s; `forks` is 1 if several threads share its work, else 0.
struct Dispatch {
  double dispatch;
  double launch;
  double cycles;
  double fork;
  double fork_cycles;
};
ROOFBEAM_FORMULA double dispatch(const Dispatch& cost, double forks, double clock) {
  return cost.dispatch + cost.launch + (cost.cycles + forks * cost.fork_cycles) / clock +
         forks * cost.fork;
}

}  // namespace roofbeam::rates
