#include "reports/annotation.hpp"

#include <fmt/format.h>

#include "core/quantity/text.hpp"

namespace roofbeam {
namespace {

class Notes {
 public:
  Notes(const Network& network, std::string platform)
      : network_(network), platform_(std::move(platform)) {}

  void add(LayerId layer, std::string_view key, std::string value) {
    for (const auto output : network_.layer(layer).outputs) {
      if (output == kNoTensor) continue;
      notes_[network_.tensor(output).name].emplace_back(
          fmt::format("roofbeam.{}.{}", platform_, key), value);
      return;  // one of its tensors is enough to know it by
    }
  }

  [[nodiscard]] onnx::NodeNotes take() && { return std::move(notes_); }

 private:
  const Network& network_;
  std::string platform_;
  onnx::NodeNotes notes_;
};

void add_call(Notes& notes, const LayerPrediction& call, Seconds total) {
  if (call.members.empty()) return;
  const LayerId leader = call.members.front();
  const double share = total > Seconds{} ? call.latency / total : 0;
  const auto range = call.latency_error.interval_80(call.latency);
  notes.add(leader, "latency",
            fmt::format("{} ({:.1f} %), 80 % between {} and {}", to_text(call.latency), 100 * share,
                        to_text(range.low), to_text(range.high)));
  notes.add(leader, "energy", to_text(call.energy.total()));
  notes.add(leader, "bound", call.bound);
  notes.add(leader, "kernel",
            fmt::format("{} {}", to_text(call.algorithm), to_text(call.precision)));
  for (std::size_t i = 1; i < call.members.size(); ++i) {
    notes.add(call.members[i], "part_of", call.name);
  }
}

onnx::NodeNotes notes_of(const Network& network, const Prediction& prediction) {
  Notes notes(network, prediction.platform);
  for (const auto& call : prediction.layers) add_call(notes, call, prediction.latency);
  for (LayerId id = 0; id < static_cast<LayerId>(network.layers().size()); ++id) {
    if (network.layer(id).state == LayerState::view) notes.add(id, "bound", "view");
    if (network.layer(id).state == LayerState::not_modelled) notes.add(id, "bound", "not modelled");
  }
  return std::move(notes).take();
}

}  // namespace

onnx::NodeNotes node_notes(const Network& network, const std::vector<Prediction>& predictions) {
  onnx::NodeNotes all;
  for (const auto& prediction : predictions) {
    for (auto& [tensor, notes] : notes_of(network, prediction)) {
      auto& list = all[tensor];
      list.insert(list.end(), notes.begin(), notes.end());
    }
  }
  return all;
}

}  // namespace roofbeam
