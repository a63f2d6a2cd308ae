// How the families of operators are followed. Only trace*.cpp include this.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/operators/operator.hpp"
#include "core/rewrites/trace.hpp"

namespace roofbeam {

using Dims = std::vector<Extent>;

// One layer among the extents found so far.
class LayerTrace {
 public:
  LayerTrace(const Network& network, LayerId id, ChannelTrace& trace)
      : network_(network), id_(id), trace_(trace), view_(network, network.layer(id)) {}

  [[nodiscard]] LayerId id() const { return id_; }
  [[nodiscard]] const Layer& layer() const { return network_.layer(id_); }
  [[nodiscard]] const LayerView& view() const { return view_; }
  [[nodiscard]] ChannelTrace& trace() { return trace_; }
  [[nodiscard]] ChannelGroups& groups() { return trace_.groups; }

  // Extents of an input; those of a constant begin as groups of their own.
  [[nodiscard]] const Dims& in(std::size_t i);
  [[nodiscard]] const Shape& shape_in(std::size_t i) const { return view_.shape(i); }
  [[nodiscard]] const Shape& shape_out(std::size_t i) const { return view_.output_shape(i); }
  [[nodiscard]] bool is_constant(std::size_t i) const {
    return network_.tensor(layer().inputs[i]).constant;
  }
  // The output's extents; what does not have the output's size is fixed there.
  void out(std::size_t i, Dims dims);
  // A weight's extent of output channels: what may be given another size.
  [[nodiscard]] Extent made(std::size_t input, std::size_t axis);
  void tie(const Extent& a, const Extent& b) { groups().tie(a, b); }
  // Extents of the broadcast of several; those of one dimension are tied.
  [[nodiscard]] Dims broadcast(std::span<const Dims> all, const Shape& result);
  // Nothing about this layer ever changes.
  void fix_all();

 private:
  const Network& network_;
  LayerId id_;
  ChannelTrace& trace_;
  LayerView view_;
};

struct TraceRow {
  std::string_view op;
  void (*follow)(LayerTrace&);
};
// Operators of the standard domain, by the name of the operator that they act like.
[[nodiscard]] std::span<const TraceRow> product_traces();
[[nodiscard]] std::span<const TraceRow> elementwise_traces();
[[nodiscard]] std::span<const TraceRow> movement_traces();

}  // namespace roofbeam
