// The checks, by file. Each looks at every statement of its kind and adds findings; what they want
// to be true stands beside their names in audit.cpp.
#pragma once

#include <string>
#include <vector>

#include "scenarios/audit/evidence.hpp"
#include "scenarios/audit/finding.hpp"

namespace roofbeam::audit {

using Findings = std::vector<Finding>;

// changes.cpp
void check_changes(const Claims&, Evidence&, Findings&);
void check_bases(const Claims&, Evidence&, Findings&);
// causes.cpp
void check_size_causes(const Claims&, Evidence&, Findings&);
void check_speed_causes(const Claims&, Evidence&, Findings&);
// lists.cpp
void check_sums(const Claims&, Evidence&, Findings&);
void check_ranges(const Claims&, Evidence&, Findings&);
void check_repeated(const Claims&, Evidence&, Findings&);
void check_best(const Claims&, Evidence&, Findings&);
void check_targets(const Claims&, Evidence&, Findings&);
void check_shares(const Claims&, Evidence&, Findings&);
void check_open(const Claims&, Evidence&, Findings&);
// rates.cpp
void check_throughput(const Claims&, Evidence&, Findings&);
void check_power(const Claims&, Evidence&, Findings&);
void check_budget(const Claims&, Evidence&, Findings&);
void check_energy(const Claims&, Evidence&, Findings&);
void check_batches(const Claims&, Evidence&, Findings&);
// roofline.cpp
void check_compute_peak(const Claims&, Evidence&, Findings&);
void check_platform_peak(const Claims&, Evidence&, Findings&);
void check_weight_streaming(const Claims&, Evidence&, Findings&);
void check_forecasts(const Claims&, Evidence&, Findings&);
// sizes.cpp
void check_file_sizes(const Claims&, Evidence&, Findings&);
void check_counts(const Claims&, Evidence&, Findings&);
// memory.cpp
void check_fits(const Claims&, Evidence&, Findings&);
void check_runtime_memory(const Claims&, Evidence&, Findings&);
// scaling.cpp
void check_constant_factor(const Claims&, Evidence&, Findings&);
void check_factors(const Claims&, Evidence&, Findings&);

// "baseline on m1, fp32, batch 32".
[[nodiscard]] std::string describe(const MeasuredClaim& row);

}  // namespace roofbeam::audit
