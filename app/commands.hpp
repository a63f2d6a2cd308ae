// What can be asked on the command line, as plain data, and the functions that answer.
//
// Every `run` writes its result to standard output (or the file asked for) and everything else to
// standard error, and returns the exit status. They throw InputError for wrong input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace roofbeam::app {

// What predict and inspect have in common.
struct ModelOptions {
  std::string model;                  // path of an ONNX file
  std::vector<std::string> dims;      // "NAME=N"
  std::vector<std::string> trips;     // likewise
  std::vector<std::string> rewrites;  // "KEY=VALUE", the value in YAML
  std::string format = "table";       // table, json, csv; predict: markdown and trace, too
  std::string output;                 // a file; empty: standard output
  bool strict = false;                // operators without a model are an error
};

// How a network is run on a platform.
struct RunOptions {
  std::string engine;     // empty: the platform's first
  std::string runtime;    // empty: the engine's
  std::string precision;  // empty: the runtime's first that the engine has
  std::optional<int> batch;
  std::optional<int> threads;
  std::vector<std::string> settings;  // "PATH=VALUE"
  std::string calibration;            // a file that calibrate wrote; empty: none
};

struct Predict : RunOptions {
  ModelOptions model;
  std::vector<std::string> platforms = {"apple-m1", "cortex-a78", "cortex-m7", "xbox-series-s"};
  std::string report;     // an HTML file; empty: none
  std::string layers_of;  // as PredictTableOptions
  std::size_t top = 10;
  std::string annotate;      // a copy of the model with the forecast on its nodes; empty: none
  bool utilisation = false;  // as PredictTableOptions
};

// A chart of one prediction, drawn by gnuplot.
struct PlotPrediction {
  std::string chart;  // roofline, layers, memory
  Predict predict;
  std::size_t top = 30;  // layers
  std::string image;     // a file that ends in .svg, .pdf or .png
  bool keep = false;     // the script and its tables, too
};

struct Inspect {
  ModelOptions model;
};

struct PlatformsList {
  std::string format = "table";
};

struct PlatformsCores {};

struct PlatformsShow {
  std::string name;
  std::string format = "table";
  bool yaml = false;  // the descriptor's text as it stands
};

struct PlatformsCheck {
  std::vector<std::string> files;
};

struct Operators {
  std::string domain;            // empty: all
  std::string format = "table";  // table, json, markdown
};

struct Rewrites {};

struct Schemas {
  std::string name;  // empty: list them
};

struct RuntimesList {};

struct RuntimesShow {
  std::string name;
  bool yaml = false;
};

// What validate, calibrate and scale have in common: measurements, and what their words mean.
struct MeasuredOptions {
  std::vector<std::string> files;
  std::vector<std::string> networks;  // folders
  std::string network;                // one ONNX file for all rows
  std::vector<std::string> devices;   // tables, before Roofbeam's own
  std::string platform;               // for all rows
  std::string engine;
  std::string runtime;
  bool flagged = false;  // rows that their collector warns of, too
  std::string output;
};

struct Validate {
  MeasuredOptions measured;
  std::string calibration;       // a file; empty: none
  std::string format = "table";  // table, json, csv
  std::string report;            // an HTML file; empty: none
  std::size_t outliers = 10;
};

struct PlotValidation {
  Validate validate;
  std::string image;
  bool keep = false;
};

// A chart of cases, as sweep writes them in CSV.
struct PlotCases {
  std::string chart;               // pareto, radar
  std::string cases_from;          // a CSV file, or a scenario
  std::string objectives;          // pareto: two; empty: the scenario's, latency and accuracy
  std::string metrics;             // radar; empty: all that are known
  std::vector<std::size_t> cases;  // radar: their indices; empty: the first few
  std::string image;
  bool keep = false;
};

struct Calibrate {
  MeasuredOptions measured;
};

struct Scale {
  MeasuredOptions measured;
  std::string to;                  // platform
  std::string to_engine;           // empty: its first
  std::string to_measured;         // measurements on it; empty: none
  std::vector<std::string> known;  // networks whose measurement there is used
  std::string format = "table";    // table, markdown, json
  std::string report;              // an HTML file; empty: none
};

// One network on one platform: what solve, explain and compare are about.
struct SubjectArguments : RunOptions {
  ModelOptions model;
  std::string platform;  // empty: apple-m1
};

struct Solve {
  std::string question;  // "latency <= 33 ms"
  SubjectArguments subject;
  std::string vary;  // "PATH[=VALUES]"
  bool smallest = false;
  bool largest = false;
  std::string best;  // an objective; empty: the value next to those that fail
  double sure = 90;  // per cent
  int digits = 4;
  std::size_t points = 61;
  std::string report;  // an HTML file; empty: none
};

// Numbers to audit without a file; empty: not stated.
struct AuditStatement {
  std::string flops, macs, parameters, size, precision, onnx;
  std::string latency, energy, compute, bandwidth, budget, platform;
  std::string before, after, stated, as, from, to;
  std::string needs, room;

  bool operator==(const AuditStatement&) const = default;
  [[nodiscard]] bool any() const { return *this != AuditStatement{}; }
};

struct Audit {
  std::vector<std::string> files;
  AuditStatement statement;
  std::string format = "table";  // table, json, csv, markdown
  std::string output;
  bool all = false;     // the table shows what holds, too
  std::string report;   // an HTML file; empty: none
  bool checks = false;  // list the checks instead
  bool strict = false;  // kDoesNotHold if something does not
};
struct Explain {
  SubjectArguments subject;
  std::string report;  // an HTML file; empty: none
  std::size_t top = 12;
};

// B is as A but for what is stated of it.
struct Compare {
  SubjectArguments a;  // a model, or forecasts as predict --format json writes them
  std::string b;       // likewise; empty: A's model
  std::string b_platform;
  std::string b_engine;
  std::string b_runtime;
  std::string b_precision;
  std::optional<int> b_batch;
  std::optional<int> b_threads;
  std::vector<std::string> b_settings;
  std::vector<std::string> b_rewrites;
  std::vector<std::string> fail_on;
  std::string report;  // an HTML file; empty: none
  std::size_t top = 10;
};

// Exit statuses but 0. A check is one that the command line asks for: compare --fail-on, audit
// --strict. That nothing meets a question of solve or recommend is an answer, so 0.
inline constexpr int kWrongInput = 1;
inline constexpr int kWrongUsage = 2;
inline constexpr int kDoesNotHold = 3;

// Every case of a scenario.
struct Sweep {
  std::string scenario;  // a scenario file, or a network to vary
  bool dry_run = false;
  bool keep_all = false;
  std::string shard;               // "2/4": the second of four; empty: all
  std::vector<std::string> merge;  // files that shards wrote; none: forecast
  std::string resume;              // a file to go on from and to keep what is done in; empty: none
  std::optional<std::size_t> threads;  // of this machine; absent: all
  std::string format = "table";        // table, markdown, csv, json, columns
  std::string output;
  std::string objectives;                 // empty: the scenario's
  std::vector<std::string> requirements;  // besides the scenario's
  std::vector<std::string> settings;      // "PATH=VALUE", for every case
  std::vector<std::string> vary;          // "PATH=VALUES"
  std::vector<std::string> platforms;     // instead of the scenario's, unless empty
  std::string calibration;                // a file that calibrate wrote; empty: none
  std::string report;                     // an HTML file; empty: none
  std::size_t top = 20;
};

// The frontier of a table that anybody wrote.
struct FrontierOf {
  std::string file;
  std::string objectives;              // "min latency_s, max accuracy"
  std::vector<std::string> reference;  // of the hypervolume; none: the worst of all rows
  std::vector<std::uint64_t> rows;     // whose dominators are wanted, from 1
  bool hypervolume = false;            // however long it takes
  std::size_t top = 20;
  std::string format = "table";  // table, markdown, json, csv
  std::string report;            // an HTML file; empty: none
  std::string output;
};

// Which case to choose.
struct Recommend {
  std::string scenario;  // a scenario file; empty: `table`
  std::string table;     // CSV, as sweep writes it
  std::vector<std::string> requirements;
  std::vector<std::string> settings;  // "PATH=VALUE", for every case
  std::string calibration;            // a file that calibrate wrote; empty: none
  std::string wanted = "balanced";    // or a metric
  std::string weights;                // "latency=2,accuracy=1"
  std::string order;                  // "accuracy,latency"
  std::string tolerance = "0 %";      // of --order
  std::string each;                   // an axis
  std::size_t top = 5;
  std::size_t missed = 5;
  std::string format = "table";  // table, markdown, json
  std::string report;            // an HTML file; empty: none
  std::string output;
};

[[nodiscard]] int run(const Predict& command);
[[nodiscard]] int run(const Inspect& command);
[[nodiscard]] int run(const PlotPrediction& command);
[[nodiscard]] int run(const PlotValidation& command);
[[nodiscard]] int run(const PlotCases& command);
[[nodiscard]] int run(const Operators& command);
[[nodiscard]] int run(const PlatformsList& command);
[[nodiscard]] int run(const PlatformsCores& command);
[[nodiscard]] int run(const PlatformsShow& command);
[[nodiscard]] int run(const PlatformsCheck& command);
[[nodiscard]] int run(const Rewrites& command);
[[nodiscard]] int run(const Schemas& command);
[[nodiscard]] int run(const RuntimesList& command);
[[nodiscard]] int run(const RuntimesShow& command);
[[nodiscard]] int run(const Validate& command);
[[nodiscard]] int run(const Calibrate& command);
[[nodiscard]] int run(const Scale& command);
[[nodiscard]] int run(const Solve& command);
[[nodiscard]] int run(const Audit& command);
[[nodiscard]] int run(const Explain& command);
[[nodiscard]] int run(const Compare& command);
[[nodiscard]] int run(const Sweep& command);
[[nodiscard]] int run(const FrontierOf& command);
[[nodiscard]] int run(const Recommend& command);

}  // namespace roofbeam::app
