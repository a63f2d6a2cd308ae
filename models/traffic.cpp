#include "models/traffic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofbeam {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

std::size_t index(std::int32_t id) { return static_cast<std::size_t>(id); }

double bytes_of(const Workload& workload, const std::vector<BufferId>& ids) {
  double bytes = 0;
  for (const auto id : ids) bytes += static_cast<double>(workload.buffers[index(id)].bytes);
  return bytes;
}

// How far apart calls are, in bytes touched between them.
class ReuseDistances {
 public:
  explicit ReuseDistances(const Workload& workload) : touched_{0} {
    for (const auto& call : workload.calls) {
      const double footprint = bytes_of(workload, call.inputs) + bytes_of(workload, call.outputs) +
                               call.weight_bytes + call.scratch_bytes;
      touched_.push_back(touched_.back() + footprint);
    }
  }
  // Bytes touched by the calls strictly between two, the later one given second.
  [[nodiscard]] double between(std::size_t first, std::size_t second) const {
    return first + 1 < second ? touched_[second] - touched_[first + 1] : 0;
  }
  // Bytes of a whole inference: what lies between two uses of the same weight.
  [[nodiscard]] double whole() const { return touched_.back(); }

 private:
  std::vector<double> touched_;  // by all calls before
};

// When each buffer's memory was last touched, and where it is read next. Views and in-place results
// are touched with what they share.
class Uses {
 public:
  explicit Uses(const Workload& workload)
      : last_(workload.buffers.size(), -1), readers_(workload.buffers.size()) {
    for (std::size_t id = 0; id < workload.buffers.size(); ++id) {
      const auto& shares = workload.buffers[id].shares;  // an earlier buffer: its root is known
      roots_.push_back(shares ? roots_[index(*shares)] : static_cast<BufferId>(id));
    }
    for (std::size_t call = 0; call < workload.calls.size(); ++call) {
      for (const auto input : workload.calls[call].inputs) {
        readers_[index(root(input))].push_back(call);
      }
    }
  }
  [[nodiscard]] std::int64_t last(BufferId id) const { return last_[index(root(id))]; }
  void touch(BufferId id, std::size_t call) {
    last_[index(root(id))] = static_cast<std::int64_t>(call);
  }
  // The next call after this one that reads the buffer, or nothing.
  [[nodiscard]] std::optional<std::size_t> next_reader(BufferId id, std::size_t call) const {
    const auto& readers = readers_[index(root(id))];
    const auto next = std::upper_bound(readers.begin(), readers.end(), call);
    return next == readers.end() ? std::nullopt : std::optional(*next);
  }

 private:
  [[nodiscard]] BufferId root(BufferId id) const { return roots_[index(id)]; }

  std::vector<BufferId> roots_;
  std::vector<std::int64_t> last_;
  std::vector<std::vector<std::size_t>> readers_;
};

class Model {
 public:
  Model(const Workload& workload, const Hierarchy& hierarchy)
      : workload_(workload), hierarchy_(hierarchy), distances_(workload), uses_(workload) {}

  Traffic run() {
    Traffic traffic;
    for (std::size_t call = 0; call < workload_.calls.size(); ++call) {
      traffic.push_back(of_call(call));
    }
    return traffic;
  }

 private:
  std::vector<double> of_call(std::size_t id) {
    const auto& call = workload_.calls[id];
    std::vector<double> bytes(hierarchy_.levels.size());
    const Operands once{bytes_of(workload_, call.inputs), call.weight_bytes,
                        bytes_of(workload_, call.outputs)};
    add_nearest(call, once, bytes);
    add_activations(id, once, bytes);
    add_weights(call, once, bytes);
    for (const auto input : call.inputs) uses_.touch(input, id);
    for (const auto output : call.outputs) uses_.touch(output, id);
    for (double& level : bytes) level *= static_cast<double>(call.repeat);
    return bytes;
  }

  void add_nearest(const KernelCall& call, const Operands& once, std::vector<double>& bytes) const {
    const auto loads = register_traffic(call, once, element_bytes(call));
    bytes[hierarchy_.activation_path.front()] +=
        loads.activations + loads.results + 2 * call.scratch_bytes;
    bytes[hierarchy_.weight_path.front()] += loads.weights;
  }

  void add_activations(std::size_t id, const Operands& once, std::vector<double>& bytes) const {
    const auto& call = workload_.calls[id];
    const auto& path = hierarchy_.activation_path;
    for (std::size_t step = 1; step < path.size(); ++step) {
      const auto capacity = hierarchy_.levels[path[step - 1]].capacity;
      const auto moved = blocked_traffic(call, once, element_bytes(call), capacity);
      const double passes = once.activations > 0 ? moved.activations / once.activations : 0;
      double& level = bytes[path[step]];
      for (const auto input : call.inputs) {
        if (!still_in(input, id, capacity)) level += passes * size_of(input);
      }
      for (const auto output : call.outputs) {
        if (!read_from(output, id, capacity)) level += size_of(output);
      }
      if (call.scratch_bytes > capacity) level += 2 * call.scratch_bytes;
    }
  }

  void add_weights(const KernelCall& call, const Operands& once, std::vector<double>& bytes) const {
    const auto& path = hierarchy_.weight_path;
    for (std::size_t step = 1; step < path.size(); ++step) {
      const auto& before = hierarchy_.levels[path[step - 1]];
      // Every private copy holds all weights, so that much less of each is there.
      const auto capacity = before.capacity / before.instances;
      if (distances_.whole() <= capacity) continue;
      const auto moved = blocked_traffic(call, once, element_bytes(call), capacity);
      bytes[path[step]] += moved.weights * before.instances;
    }
  }

  static double element_bytes(const KernelCall& call) {
    return static_cast<double>(bits(call.precision)) / 8;
  }

  [[nodiscard]] double size_of(BufferId id) const {
    return static_cast<double>(workload_.buffers[index(id)].bytes);
  }

  // Is an input still in a level of this capacity since it was last touched?
  [[nodiscard]] bool still_in(BufferId id, std::size_t call, double capacity) const {
    const auto last = uses_.last(id);
    if (last < 0) return false;  // the network's input comes from outside
    return size_of(id) + distances_.between(static_cast<std::size_t>(last), call) <= capacity;
  }

  // Will an output be read before it has to leave a level of this capacity?
  [[nodiscard]] bool read_from(BufferId id, std::size_t call, double capacity) const {
    const auto reader = uses_.next_reader(id, call);
    const double distance = reader ? distances_.between(call, *reader) : kNever;
    return size_of(id) + distance <= capacity;
  }

  const Workload& workload_;
  const Hierarchy& hierarchy_;
  ReuseDistances distances_;
  Uses uses_;
};

bool is_matrix_product(const KernelCall& call) {
  return call.macs > 0 && call.algorithm != Algorithm::depthwise;
}

double times(double count, std::int64_t extent, int tile) {
  return count * std::ceil(static_cast<double>(extent) / tile);
}

double product(std::int64_t a, std::int64_t b, std::int64_t c) {
  return static_cast<double>(a) * static_cast<double>(b) * static_cast<double>(c);
}

}  // namespace

std::vector<bool> nearest_levels(const Hierarchy& hierarchy) {
  std::vector<bool> nearest(hierarchy.levels.size());
  nearest[hierarchy.activation_path.front()] = true;
  nearest[hierarchy.weight_path.front()] = true;
  return nearest;
}

Traffic find_traffic(const Workload& workload, const Hierarchy& hierarchy) {
  return Model(workload, hierarchy).run();
}

Operands register_traffic(const KernelCall& call, const Operands& once, double element_bytes) {
  const auto& matrix = call.matrix;
  if (call.macs > 0 && call.algorithm == Algorithm::depthwise) {
    const double results = product(matrix.batch, matrix.m, matrix.n);
    return {results * std::sqrt(static_cast<double>(matrix.k)) * element_bytes, once.weights,
            once.results};
  }
  if (!is_matrix_product(call)) return once;
  const double size = element_bytes;
  return {times(product(matrix.batch, matrix.m, matrix.k) * size, matrix.n, call.tile.n),
          times(product(matrix.batch, matrix.n, matrix.k) * size, matrix.m, call.tile.m),
          once.results};
}

Operands blocked_traffic(const KernelCall& call, const Operands& once, double element_bytes,
                         double capacity) {
  if (!is_matrix_product(call)) return once;
  const auto& matrix = call.matrix;
  const auto items = static_cast<double>(matrix.batch);
  const Operands item{once.activations / items, once.weights / items, once.results / items};
  const double row = static_cast<double>(matrix.k) * element_bytes;
  const double row_of_tiles = call.tile.m * (row + static_cast<double>(matrix.n) * element_bytes);
  const double column_of_tiles =
      call.tile.n * (row + static_cast<double>(matrix.m) * element_bytes);
  const bool once_is_enough = item.activations + item.weights + item.results <= capacity ||
                              item.weights + row_of_tiles <= capacity ||
                              item.activations + column_of_tiles <= capacity;
  if (once_is_enough) return once;

  const auto passes = [&](std::int64_t extent, int tile) {
    const double block = std::max(static_cast<double>(tile), std::floor(capacity / 2 / row));
    return std::ceil(static_cast<double>(extent) / block);
  };
  const Operands by_rows{once.activations, once.weights * passes(matrix.m, call.tile.m),
                         once.results};
  const Operands by_columns{once.activations * passes(matrix.n, call.tile.n), once.weights,
                            once.results};
  const bool rows_are_cheaper =
      by_rows.activations + by_rows.weights <= by_columns.activations + by_columns.weights;
  return rows_are_cheaper ? by_rows : by_columns;
}

}  // namespace roofbeam
