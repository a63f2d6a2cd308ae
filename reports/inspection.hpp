// What `inspect` shows of a network, gathered once from the graph and the catalogue; the views
// (inspect_table, inspect_json, inspect_csv) only write it down.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/network.hpp"
#include "core/operators/totals.hpp"

namespace roofbeam {

struct Inspection {
  struct Port {  // a network input or output
    std::string name;
    std::string element;  // "float32"
    std::optional<Shape> shape;
    bool upper_bound = false;  // the shape depends on data: at most this
    std::vector<std::string> symbols =
        {};  // how the file writes its dimensions, if not all in numbers
  };
  struct Row {
    std::string name;
    std::string op;                     // "Conv", "com.acme.Foo"
    std::optional<Shape> output_shape;  // of the first output
    std::optional<std::int64_t> macs;   // empty if it is not known: not modelled or not shaped
    std::array<double, kVectorOpKinds> vector_ops{};  // of one run, as the MACs are
    double bytes_read = 0;
    double bytes_written = 0;
    std::int64_t repeat = 1;  // how often it runs
    std::string precision;    // as stored: "float32", "float32, int4 weights"
    std::int64_t parameters = 0;
    std::int64_t weight_bytes = 0;
    LayerState state = LayerState::unseen;
    std::string_view rule;  // how its work is counted, in English; empty if not in the catalogue
  };

  std::string network;
  std::vector<Port> inputs;
  std::vector<Port> outputs;
  Totals totals;
  double flops = 0;                        // two per MAC
  std::vector<std::string> critical_path;  // names of the layers with the most MACs in a chain
  double critical_path_macs = 0;
  std::int64_t depth = 0;   // layers in the longest chain
  std::vector<Row> layers;  // in execution order
  std::vector<std::string> assumptions;
};

[[nodiscard]] Inspection inspect(const Network& network);

// "add", "multiply", "divide", "compare", "square_root", "exponential".
[[nodiscard]] std::string_view to_text(VectorOp op);

// "modelled", "view", "not modelled", "not shaped", "unseen".
[[nodiscard]] std::string_view to_text(LayerState state);

}  // namespace roofbeam
