#include "models/activations.hpp"

#include <algorithm>
#include <cmath>

#include "models/footprint.hpp"

namespace roofbeam {
namespace {

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

class Finder {
 public:
  Finder(const Network& network, const std::vector<FusedGroup>& groups,
         const std::vector<Precision>& precisions, int batch)
      : network_(network), groups_(groups), precisions_(precisions), batch_(batch) {
    found_.of_tensor.resize(network.tensors().size());
    note_groups();
  }

  Activations run() {
    for (const auto input : network_.inputs()) make(input, -1);
    for (std::size_t id = 0; id < network_.layers().size(); ++id) visit(static_cast<LayerId>(id));
    const auto end = static_cast<std::int32_t>(groups_.size());
    for (const auto output : network_.outputs()) read(output, end);
    return std::move(found_);
  }

 private:
  // The call of every layer: its group's, or, for layers without one, the next call to come.
  void note_groups() {
    call_of_.resize(network_.layers().size());
    ends_call_.resize(network_.layers().size());
    has_call_.resize(network_.layers().size());
    for (std::size_t call = 0; call < groups_.size(); ++call) {
      for (const auto layer : groups_[call].layers) {
        call_of_[index(layer)] = static_cast<std::int32_t>(call);
        has_call_[index(layer)] = true;
      }
      ends_call_[index(groups_[call].layers.back())] = true;
    }
    auto next = static_cast<std::int32_t>(groups_.size()) - 1;
    for (std::size_t id = network_.layers().size(); id-- > 0;) {
      if (ends_call_[id]) next = call_of_[id];
      if (!has_call_[id]) call_of_[id] = std::max(next, 0);
    }
  }

  void visit(LayerId id) {
    const auto& layer = network_.layer(id);
    const auto call = call_of_[index(id)];
    for (const auto input : layer.inputs) read(input, call);
    if (layer.state == LayerState::view) {
      make_view(layer, call);
    } else if (!has_call_[index(id)] || ends_call_[index(id)]) {
      for (const auto output : layer.outputs) make(output, call);
    }
  }

  void make_view(const Layer& layer, std::int32_t call) {
    const auto source = layer.inputs.empty() ? kNoTensor : layer.inputs.front();
    for (const auto output : layer.outputs) {
      const auto viewed = source == kNoTensor ? std::nullopt : found_.of_tensor[index(source)];
      const auto made = make(output, viewed ? found_.buffers[index(*viewed)].born : call);
      if (made && viewed) found_.buffers[index(*made)].shares = viewed;
    }
  }

  std::optional<BufferId> make(TensorId id, std::int32_t born) {
    if (id == kNoTensor || network_.tensor(id).constant) return std::nullopt;
    const auto& tensor = network_.tensor(id);
    const auto bytes = activation_bytes(tensor, precisions_[index(id)]) * batch_ * share_of(id);
    const auto buffer = static_cast<BufferId>(found_.buffers.size());
    found_.buffers.push_back(
        {tensor.name, static_cast<std::int64_t>(std::ceil(bytes)), born, born, {}});
    found_.of_tensor[index(id)] = buffer;
    return buffer;
  }

  [[nodiscard]] double share_of(TensorId id) const {
    return is_compressed(network_, id) ? network_.notes().treatment.activation_share : 1;
  }

  void read(TensorId id, std::int32_t call) {
    if (id == kNoTensor) return;
    const auto buffer = found_.of_tensor[index(id)];
    if (!buffer) return;
    auto& dies = found_.buffers[index(*buffer)].dies;
    dies = std::max(dies, call);
  }

  const Network& network_;
  const std::vector<FusedGroup>& groups_;
  const std::vector<Precision>& precisions_;
  int batch_;
  Activations found_;
  std::vector<std::int32_t> call_of_;
  std::vector<bool> ends_call_;
  std::vector<bool> has_call_;
};

// Blocks of buffers that share memory, and when the last of each is read.
class Blocks {
 public:
  explicit Blocks(const std::vector<Buffer>& buffers) : roots_(buffers.size()) {
    for (std::size_t id = 0; id < buffers.size(); ++id) {
      const auto& shares = buffers[id].shares;
      roots_[id] = shares ? roots_[index(*shares)] : static_cast<BufferId>(id);
      dies_.push_back(buffers[id].dies);
      join(static_cast<BufferId>(id), roots_[id]);
    }
  }
  [[nodiscard]] BufferId root(BufferId id) const {
    while (roots_[index(id)] != id) id = roots_[index(id)];
    return id;
  }
  [[nodiscard]] std::int32_t dies(BufferId id) const { return dies_[index(root(id))]; }
  void join(BufferId id, BufferId into) {
    const auto from = root(id);
    const auto target = root(into);
    dies_[index(target)] = std::max(dies_[index(target)], dies_[index(from)]);
    roots_[index(from)] = target;
  }

 private:
  std::vector<BufferId> roots_;
  std::vector<std::int32_t> dies_;
};

}  // namespace

Activations find_activations(const Network& network, const std::vector<FusedGroup>& groups,
                             const std::vector<Precision>& precisions, int batch) {
  return Finder(network, groups, precisions, batch).run();
}

bool is_compressed(const Network& network, TensorId id) {
  if (network.notes().treatment.activation_share >= 1) return false;
  if (std::ranges::find(network.outputs(), id) != network.outputs().end()) return false;
  while (id != kNoTensor && network.tensor(id).producer) {
    const auto& layer = network.layer(*network.tensor(id).producer);
    if (layer.state != LayerState::view || layer.inputs.empty()) return true;
    id = layer.inputs.front();
  }
  return false;
}

void reuse_in_place(std::vector<Buffer>& buffers, const std::vector<KernelCall>& calls) {
  Blocks blocks(buffers);
  for (std::size_t call = 0; call < calls.size(); ++call) {
    if (calls[call].algorithm != Algorithm::elementwise || calls[call].outputs.size() != 1) {
      continue;
    }
    const auto result = calls[call].outputs.front();
    for (const auto input : calls[call].inputs) {
      const bool read_later = blocks.dies(input) > static_cast<std::int32_t>(call);
      const bool users_own = buffers[index(blocks.root(input))].born < 0;
      if (read_later || users_own || buffers[index(input)].bytes != buffers[index(result)].bytes) {
        continue;
      }
      buffers[index(result)].shares = input;
      blocks.join(result, input);
      break;
    }
  }
}

}  // namespace roofbeam
