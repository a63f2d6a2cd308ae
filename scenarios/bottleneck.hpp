// What stands in a forecast's way: how far each layer is from its roof, what it gains if that were
// lifted, and up to where more of a resource pays.
//
// A layer's roof is the longer of its multiply-adds at the engine's peak and its bytes at each
// level's bandwidth (Williams et al., CACM 52(4), 2009): tiles, efficiency, vector work and
// dispatch are what keeps it below. A resource is lifted in copies of the descriptions: compute is
// all work of the cores, a level its bandwidth, dispatch what calls cost apart from their work.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/subject.hpp"

namespace roofbeam {

struct LayerBottleneck {
  LayerPrediction layer;
  double share = 0;        // of the latency
  std::string roof;        // "peak" or a level
  double roof_s = 0;       // time at the roof
  double attainable = 0;   // MAC/s at the roof; 0 without MACs
  double achieved = 0;     // MAC/s
  double unbound_s = 0;    // its latency if what bounds it were infinite
  std::string next_bound;  // what bounds it then

  // 1: the layer is on its roof. Winograd's kernels may be above it.
  [[nodiscard]] double of_roof() const;
};

struct Resource {
  std::string name;                   // "compute", a level, "dispatch", "clock"
  double bounds = 0;                  // share of the latency that it bounds
  double without_s = 0;               // the latency if it were infinite
  double gain = 0;                    // the share of the latency that this takes away
  std::string next_bound;             // what bounds the largest share then
  std::optional<double> pays_until;   // 90 % of the gain are had at so many times as much
  std::optional<double> bound_until;  // the total's bound changes at so many times as much
};

struct Bottlenecks {
  std::vector<LayerBottleneck> layers;  // in the order of execution
  std::vector<Resource> resources;      // the largest gain first
};

[[nodiscard]] Bottlenecks bottlenecks(const Subject& subject);

// A setup with so many times as much of "compute", "dispatch" or a level.
[[nodiscard]] Setup with_more(Setup setup, const std::string& resource, double times);

}  // namespace roofbeam
