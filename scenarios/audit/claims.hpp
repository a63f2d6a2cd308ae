// What a report states, in a form that can be checked (docs/claims_schema.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/rewrites/rewrite.hpp"
#include "platforms/precision.hpp"
#include "scenarios/audit/stated.hpp"

namespace roofbeam::audit {

// Where a statement stands.
struct Origin {
  std::string where;  // in the report: "Table 4"; empty: not said
  std::string place;  // in the claims file: "claims.yaml:12"
};

struct NetworkClaim {
  std::string name;
  std::string onnx;               // path, as seen from the working folder; empty: none
  std::vector<Rewrite> rewrites;  // of it (core/rewrites), in the file's order
  std::optional<Stated> parameters;
  std::optional<Stated> trainable;  // of the parameters
  std::optional<Stated> macs;
  std::optional<Stated> flops;
  std::optional<Stated> size;  // of the file
  std::optional<Precision> precision;
  PerPrecision<Stated> stored;   // parameters that are stored at another precision than `precision`
  std::string format;            // of the file: keras, tflite, onnx, pytorch; empty: not said
  std::string optimizer;         // whose state the file may hold: adam, momentum, sgd, none
  std::optional<Stated> memory;  // at run time, one inference
  std::optional<Stated> activations;  // the part of it that activations take
  std::optional<Stated> accuracy;
  Origin origin;
};

struct MachineClaim {
  std::string name;
  std::string platform;           // for load_platform; empty: none
  std::string engine;             // of it; empty: any
  std::string runtime;            // for load_runtime; empty: the engine's
  std::optional<Stated> compute;  // FLOP/s or MAC/s
  std::optional<Stated> bandwidth;
  std::optional<Stated> clock;
  std::optional<Stated> cache;
  std::optional<Stated> memory;
  std::optional<Stated> flash;
  std::optional<Stated> budget;
  PerPrecision<Stated> energy_per_mac;
  Origin origin;
};

struct MeasuredClaim {
  std::string network;
  std::string machine;
  std::string runtime;  // for load_runtime; empty: the machine's
  std::optional<Precision> precision;
  int batch = 1;
  std::optional<int> threads;
  std::optional<Stated> latency;  // of the whole batch
  std::optional<Stated> energy;   // likewise
  std::optional<Stated> power;
  std::optional<Stated> throughput;
  std::optional<Stated> memory;
  std::optional<Stated> size;
  std::optional<Stated> accuracy;
  std::optional<Stated> utilisation;
  bool estimated = false;  // the report says so itself
  Origin origin;
};

// How a change may be meant; `any` tries what fits its unit.
enum class ChangeAs { any, reduction, increase, speed_up, kept, points, difference };

struct ChangeClaim {
  std::string what;
  Stated before;
  Stated after;
  std::optional<Stated> stated;  // "33 %", "9.08x", "20.92 MB"
  std::string word;              // or faster, slower, smaller, larger, same
  ChangeAs as = ChangeAs::any;
  std::optional<Precision> from;  // what is said to cause it: a change of precision
  std::optional<Precision> to;
  std::string network;  // of `networks`, whose change it is
  std::string machine;  // of `machines`, on which both were
  std::string runtime;  // for load_runtime, that ran it afterwards
  Origin origin;
};

// Parts that are added, multiplied or averaged.
struct SumClaim {
  std::string what;
  std::vector<Stated> parts;
  std::optional<Stated> total;  // absent: 100 % of shares that are added
  Origin origin;
};

// What a column of the measured rows is: all rows of a machine, one metric.
struct ColumnClaim {
  std::string machine;
  std::string metric;
};

struct RangeClaim {
  std::string what;
  Stated stated;
  std::vector<Stated> of;
  std::optional<ColumnClaim> column;  // or these
  Origin origin;
};

struct RepeatClaim {
  std::string what;
  std::vector<Stated> values;
  Origin origin;
};

struct FitClaim {
  std::string what;
  std::optional<Stated> needs;
  std::optional<Stated> room;  // key `in`
  std::string machine;         // whose flash may hold the weights
  std::string network;         // whose activations then need the room
  bool fits = true;            // what the report says
  Origin origin;
};

struct ScaleClaim {
  std::string from;
  std::string to;
  std::optional<Stated> factor;
  Origin origin;
};

struct BestClaim {
  std::string what;
  std::string network;
  std::optional<Precision> precision;
  ColumnClaim column;
  Origin origin;
};

struct TargetClaim {
  std::string what;
  Stated value;
  Stated limit;
  bool met = true;  // what the report says
  Origin origin;
};

struct ShareClaim {
  std::string what;
  Stated stated;
  Origin origin;
};

struct OpenClaim {
  std::string what;
  std::string needs;
  Origin origin;
};

struct Claims {
  std::string name;
  std::string title;
  std::string source;
  std::vector<NetworkClaim> networks;
  std::vector<MachineClaim> machines;
  std::vector<MeasuredClaim> measured;
  std::vector<ChangeClaim> changes;
  std::vector<SumClaim> sums;
  std::vector<SumClaim> products;
  std::vector<SumClaim> means;
  std::vector<RangeClaim> ranges;
  std::vector<RepeatClaim> repeated;
  std::vector<FitClaim> fits;
  std::vector<ScaleClaim> scaled;
  std::vector<BestClaim> best;
  std::vector<TargetClaim> targets;
  std::vector<ShareClaim> shares;
  std::vector<OpenClaim> open;

  [[nodiscard]] const NetworkClaim* network(const std::string& called) const;
  [[nodiscard]] const MachineClaim* machine(const std::string& called) const;
};

// Of a row, by the name of a metric: latency, energy, power, throughput, memory, size, accuracy.
[[nodiscard]] const std::optional<Stated>& metric_of(const MeasuredClaim& row,
                                                     const std::string& metric);

// Throws InputError with all complaints: what MapReader and parse_stated complain about, names of
// networks and machines that are not there, statements that say nothing to check, more than 1000
// networks, 64 machines or 10,000 statements of a kind. Paths of networks and descriptors are seen
// from the file's folder.
[[nodiscard]] Claims read_claims(std::string text, const std::string& name);
[[nodiscard]] Claims load_claims(const std::string& path);

}  // namespace roofbeam::audit
