#include "models/lower.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "core/input_error.hpp"
#include "core/operators/convolution.hpp"
#include "core/operators/stored_precision.hpp"
#include "core/operators/totals.hpp"
#include "models/activations.hpp"
#include "models/footprint.hpp"
#include "models/fusion.hpp"
#include "models/kernel_choice.hpp"
#include "models/layer_precision.hpp"
#include "models/winograd.hpp"

namespace roofbeam {
namespace {

template <class Range, class ToText>
std::string words(const Range& range, ToText to_word) {
  std::vector<std::string> list;
  for (const auto& item : range) list.emplace_back(to_word(item));
  return fmt::format("{}", fmt::join(list, ", "));
}

void check_engine(const Runtime& runtime, const Engine& engine) {
  const auto& kinds = runtime.engines;
  if (std::find(kinds.begin(), kinds.end(), engine.kind) != kinds.end()) return;
  throw InputError(fmt::format(
      "runtime '{}' does not run on engine '{}', which is a {}; it runs on: {}", runtime.name,
      engine.name, to_text(engine.kind), words(kinds, [](EngineKind k) { return to_text(k); })));
}

std::vector<Precision> common_precisions(const Runtime& runtime, const Engine& engine) {
  std::vector<Precision> common;
  for (const auto precision : runtime.precisions) {
    if (engine.macs_per_cycle[runtime.arithmetic(precision)]) common.push_back(precision);
  }
  return common;
}

Precision choose_precision(const Runtime& runtime, const Engine& engine,
                           std::optional<Precision> wanted) {
  const auto common = common_precisions(runtime, engine);
  if (common.empty()) {
    throw InputError(fmt::format("runtime '{}' and engine '{}' have no precision in common",
                                 runtime.name, engine.name));
  }
  if (!wanted) return common.front();
  if (std::find(common.begin(), common.end(), *wanted) != common.end()) return *wanted;
  throw InputError(
      fmt::format("precision {} is not to be had from runtime '{}' on engine '{}'; there are: {}",
                  to_text(*wanted), runtime.name, engine.name,
                  words(common, [](Precision p) { return to_text(p); })));
}

// What a stored type runs as, if it is an integer of at most 16 bits.
std::optional<Precision> integer_precision(ElementType element) {
  if (!is_integer(element)) return std::nullopt;
  switch (bits(element)) {
    case 16:
      return Precision::int16;
    case 8:
      return Precision::int8;
    case 4:
      return Precision::int4;
    default:
      return std::nullopt;
  }
}

int choose_threads(const Engine& engine, std::optional<int> wanted,
                   std::vector<std::string>& assumptions) {
  const int cores = engine.cores;
  if (engine.kind == EngineKind::gpu || engine.kind == EngineKind::npu || !wanted) return cores;
  if (*wanted < 1) throw InputError(fmt::format("threads must be at least 1, not {}", *wanted));
  if (*wanted > cores) {
    assumptions.push_back(
        fmt::format("engine '{}' has {} cores: {} of the {} threads asked for work", engine.name,
                    cores, cores, *wanted));
  }
  return std::min(*wanted, cores);
}

// Turns fused groups into kernel calls.
class Lowering {
 public:
  Lowering(const Network& network, const Runtime& runtime, const Engine& engine,
           Precision precision, std::vector<Precision> available, int batch)
      : network_(network),
        runtime_(runtime),
        engine_(engine),
        precision_(precision),
        available_(std::move(available)),
        batch_(batch),
        groups_(fuse(network, runtime)),
        converts_(has_own_precisions(network)),
        memory_(activation_precisions(network, precision)),
        activations_(find_activations(network, groups_, memory_, batch)) {}

  void fill(Workload& workload) {
    for (const auto& group : groups_) workload.calls.push_back(call_for(group));
    workload.buffers = std::move(activations_.buffers);
    reuse_in_place(workload.buffers, workload.calls);
    workload.plan = plan_memory(workload.buffers);
    add_stored(workload);
    for (const auto& call : workload.calls) workload.macs += call.macs;
    workload.precision = most_used(workload);
    for (const auto& [precision, calls] : without_kernels_) {
      workload.assumptions.push_back(
          fmt::format("kernel calls stored as {} that run as {}, because runtime '{}' has no "
                      "kernels for that on "
                      "engine '{}': {}",
                      to_text(precision), to_text(precision_), runtime_.name, engine_.name, calls));
    }
  }

 private:
  // The precision of most MACs; without any, that of the float layers.
  [[nodiscard]] Precision most_used(const Workload& workload) const {
    std::map<Precision, double> macs = {{precision_, 0}};
    for (const auto& call : workload.calls) macs[call.precision] += call.macs;
    Precision most = precision_;
    for (const auto& [precision, count] : macs) {
      if (count > macs[most]) most = precision;
    }
    return most;
  }

  KernelCall call_for(const FusedGroup& group) {
    const auto& leader = network_.layer(group.layers.front());
    KernelCall call;
    call.name = leader.name;
    call.op = label(group);
    call.layers = group.layers;
    call.precision = precision_of(leader);
    call.repeat = leader.repeat;
    add_work(call, leader);
    choose(call, leader);
    add_weights(call, group);
    connect(call, group);
    add_scratch(call);
    if (converts_) add_conversions(call, group);
    add_compression(call, group);
    return call;
  }

  // Folded into its weights: costs nothing at run time.
  [[nodiscard]] bool is_folded(const FusedGroup& group, LayerId id) const {
    return id != group.layers.front() && fusion_class(network_.layer(id)) == "batchnorm";
  }

  [[nodiscard]] std::string label(const FusedGroup& group) const {
    std::vector<std::string> ops;
    for (const auto id : group.layers) {
      if (!is_folded(group, id)) ops.push_back(network_.layer(id).op);
    }
    return fmt::format("{}", fmt::join(ops, "+"));
  }

  // A larger batch is more rows where there is a weight, and more products where there is none.
  void add_work(KernelCall& call, const Layer& leader) const {
    call.matrix = leader.work.matrix;
    auto& scaled = has_weight(leader) ? call.matrix.m : call.matrix.batch;
    scaled *= batch_;
    call.macs = static_cast<double>(leader.work.macs) * runs(leader);
  }

  [[nodiscard]] double runs(const Layer& layer) const {
    return static_cast<double>(layer.repeat) * batch_;
  }

  // Layers that the file stores as integers run as integers, where there are kernels for that.
  [[nodiscard]] Precision precision_of(const Layer& leader) {
    const auto stored = integer_precision(stored_precision(network_, leader).activations);
    if (!stored && leader.precision.arithmetic) return own_precision(leader);
    if (!stored || stored == precision_) return precision_;
    if (std::ranges::find(available_, *stored) == available_.end()) {
      ++without_kernels_[*stored];
      return precision_;
    }
    return *stored;
  }

  // What the layer itself asks for.
  [[nodiscard]] Precision own_precision(const Layer& leader) {
    const auto wanted = roofbeam::precision_of(*leader.precision.arithmetic).value_or(precision_);
    if (wanted == precision_) return precision_;
    const bool available = std::ranges::find(available_, wanted) != available_.end();
    if (available && (!leader.precision.where_available || has_kernel(leader, wanted))) {
      return wanted;
    }
    if (leader.precision.where_available) {
      ++without_kernels_[wanted];
      return precision_;
    }
    throw InputError(fmt::format(
        "precision {}, which {} asks for, is not to be had from runtime '{}' on engine '{}'; there "
        "are: {}",
        to_text(wanted), describe(leader), runtime_.name, engine_.name,
        words(available_, [](Precision p) { return to_text(p); })));
  }

  // A kernel for this operator at this precision, not one that takes everything.
  [[nodiscard]] bool has_kernel(const Layer& leader, Precision precision) const {
    const auto rows = leader.work.matrix.m * batch_;
    const auto* kernel =
        choose_kernel(runtime_, query_for(network_, leader, precision, engine_.kind, rows));
    return kernel != nullptr && !kernel->match.ops.empty();
  }

  [[nodiscard]] bool has_weight(const Layer& layer) const {
    return std::any_of(layer.inputs.begin(), layer.inputs.end(), [&](TensorId id) {
      return id != kNoTensor && network_.tensor(id).constant;
    });
  }

  void choose(KernelCall& call, const Layer& leader) const {
    const auto rows = call.matrix.m;
    const auto* kernel =
        choose_kernel(runtime_, query_for(network_, leader, call.precision, engine_.kind, rows));
    if (kernel == nullptr) {
      throw InputError(
          fmt::format("runtime '{}' has no kernel for {} at {}; end its list of kernels "
                      "with one that matches everything",
                      runtime_.name, describe(leader), to_text(call.precision)));
    }
    call.kernel = static_cast<int>(kernel - runtime_.kernels.data());
    call.algorithm = kernel->algorithm;
    call.tile = kernel->tile;
    call.efficiency = kernel->efficiency;
    call.passes = kernel->passes;
    call.cycles = kernel->cycles;
    call.host = kernel->host;
    if (call.algorithm == Algorithm::winograd) enter_winograd(call, leader, kernel->outputs);
  }

  // From the convolution's own product to those in the Winograd domain.
  void enter_winograd(KernelCall& call, const Layer& leader,
                      const std::vector<int>& outputs) const {
    const auto& shape = *network_.tensor(leader.outputs.front()).shape;
    WinogradLayer layer;
    layer.results = call.matrix.n;
    layer.channels = call.matrix.k / 9;
    layer.width = spatial_extent(leader, shape, 1);
    layer.height = spatial_extent(leader, shape, 0);
    layer.images = std::max<std::int64_t>(1, call.matrix.m / (layer.height * layer.width));
    const double direct = product(call.matrix);
    const auto groups = call.matrix.batch;
    call.matrix = winograd_products(layer, cheapest_output(layer, outputs));
    call.matrix.batch *= groups;
    if (direct > 0) call.mac_factor = product(call.matrix) / direct;
  }

  [[nodiscard]] std::int64_t spatial_extent(const Layer& leader, const Shape& shape,
                                            std::size_t axis) const {
    const bool last = convolution_inputs(LayerView(network_, leader)).channels_last;
    return std::max<std::int64_t>(1, shape[axis + (last ? 1 : 2)]);
  }

  static double product(const MatrixWork& matrix) {
    return static_cast<double>(matrix.batch) * static_cast<double>(matrix.m) *
           static_cast<double>(matrix.n) * static_cast<double>(matrix.k);
  }

  void add_weights(KernelCall& call, const FusedGroup& group) {
    for (const auto id : group.layers) {
      const auto& layer = network_.layer(id);
      if (is_folded(group, id)) {
        call.weight_bytes += folded_bias(group, call.precision);
        continue;
      }
      for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
        call.vector_ops[kind] += layer.work.vector_ops[kind] * runs(layer);
      }
      for (const auto input : layer.inputs) {
        call.weight_bytes += read_weight(layer, input, stored_at(call));
      }
    }
  }

  // A batch norm leaves a bias behind where the convolution before it had none.
  double folded_bias(const FusedGroup& group, Precision precision) {
    const auto& leader = network_.layer(group.layers.front());
    const LayerView view(network_, leader);
    if (view.has_input(convolution_inputs(view).bias)) return 0;
    const auto& shape = *network_.tensor(leader.outputs.front()).shape;
    const int bias_bits = is_integer(precision) ? 32 : bits(precision);
    const double bytes = static_cast<double>(shape.size() > 1 ? shape[1] : 1) * bias_bits / 8;
    stored_[-1 - group.layers.front()] = {bytes, 0, 0};
    return bytes;
  }

  [[nodiscard]] Precision stored_at(const KernelCall& call) const {
    const auto& own = network_.layer(call.layers.front()).precision.weights;
    if (own) return roofbeam::precision_of(*own).value_or(call.precision);
    const auto& weights = runtime_.kernels[static_cast<std::size_t>(call.kernel)].weights;
    return weights.value_or(call.precision);
  }

  // Bytes of a constant that the layer reads. An embedding table is read where it is asked only.
  double read_weight(const Layer& layer, TensorId input, Precision precision) {
    if (input == kNoTensor || !network_.tensor(input).constant) return 0;
    const auto& tensor = network_.tensor(input);
    const auto bytes = weight_bytes(tensor, precision);
    const bool is_matrix = tensor.shape && tensor.shape->size() > 1;
    stored_[input] = {bytes, scale_bytes(tensor, layer, precision),
                      is_matrix ? static_cast<double>(element_count(*tensor.shape)) : 0};
    if (kernel_name(layer) != "Gather") return bytes;
    return std::min(bytes, activation_bytes(network_.tensor(layer.outputs.front()), precision));
  }

  void add_stored(Workload& workload) const {
    const auto& treatment = network_.notes().treatment;
    double masked = 0;
    for (const auto& [id, weight] : stored_) {
      workload.weight_bytes += weight.bytes;
      workload.stored_bytes += weight.bytes + weight.scales;
      masked += weight.matrix_elements / 8 -
                (weight.matrix_elements > 0 ? weight.bytes * treatment.zero_weights : 0);
    }
    if (treatment.zero_weights <= 0) return;
    const auto sparse = workload.stored_bytes + masked;
    workload.assumptions.push_back(fmt::format(
        "sparsity: {:g} % of the weights are zero; runtime '{}' has no sparse kernels, so time, "
        "energy and memory are those of all; a bit a weight and what is not zero take {} instead "
        "of "
        "{}{}",
        treatment.zero_weights * 100, runtime_.name, to_text(Bytes::from_si(sparse)),
        to_text(Bytes::from_si(workload.stored_bytes)),
        treatment.bitmask ? ", and are what is stored" : ""));
    if (treatment.bitmask) workload.stored_bytes = sparse;
  }

  // ---- precisions that meet, and compression

  void add(KernelCall& call, const Conversion& conversion, double runs_of_it) const {
    for (std::size_t kind = 0; kind < kVectorOpKinds; ++kind) {
      call.vector_ops[kind] += conversion.vector_ops[kind] * runs_of_it;
    }
    call.scratch_bytes += conversion.scratch_bytes * batch_;
  }

  void add_conversions(KernelCall& call, const FusedGroup& group) const {
    const auto& leader = network_.layer(group.layers.front());
    const auto& last = network_.layer(group.layers.back());
    add(call, convert_inputs(network_, leader, memory_, call.precision), runs(leader));
    add(call, convert_outputs(network_, last, memory_, call.precision), runs(leader));
    const auto stored = stored_at(call);
    if (!leader.precision.weights || !is_integer(stored) || is_integer(call.precision)) return;
    for (const auto input : leader.inputs) {
      const auto found = stored_.find(input);
      if (input == kNoTensor || found == stored_.end() || found->second.matrix_elements == 0)
        continue;
      const auto& weight = found->second;
      const auto share = std::min(1.0, call.weight_bytes / std::max(weight.bytes, 1.0));
      add(call, dequantize_weights(weight.matrix_elements * share),
          static_cast<double>(leader.repeat));
      call.weight_bytes += weight.scales * share;
    }
  }

  void add_compression(KernelCall& call, const FusedGroup& group) const {
    Conversion work;
    const auto count = [&](TensorId id, double compares) {
      if (id == kNoTensor || !is_compressed(network_, id) || !network_.tensor(id).shape) return;
      if (!activations_.of_tensor[static_cast<std::size_t>(id)]) return;
      const auto elements = static_cast<double>(element_count(*network_.tensor(id).shape));
      work.vector_ops[static_cast<std::size_t>(VectorOp::add)] += elements;
      work.vector_ops[static_cast<std::size_t>(VectorOp::compare)] += compares * elements;
    };
    for (const auto id : group.layers) {
      for (const auto input : network_.layer(id).inputs) count(input, 0);
    }
    for (const auto output : network_.layer(group.layers.back()).outputs) count(output, 1);
    add(call, work, runs(network_.layer(group.layers.front())));
  }

  void connect(KernelCall& call, const FusedGroup& group) const {
    std::set<TensorId> inside;
    for (const auto id : group.layers) {
      const auto& layer = network_.layer(id);
      for (const auto input : layer.inputs) {
        const bool outside = input != kNoTensor && inside.count(input) == 0;
        if (outside) append(call.inputs, input);
      }
      inside.insert(layer.outputs.begin(), layer.outputs.end());
    }
    for (const auto output : network_.layer(group.layers.back()).outputs) {
      if (output != kNoTensor) append(call.outputs, output);
    }
  }

  void append(std::vector<BufferId>& list, TensorId tensor) const {
    const auto buffer = activations_.of_tensor[static_cast<std::size_t>(tensor)];
    if (buffer) list.push_back(*buffer);
  }

  // im2col writes every patch and reads it again; so does Winograd with the operands and results of
  // its products.
  static void add_scratch(KernelCall& call) {
    const auto element_bytes = static_cast<double>(bits(call.precision)) / 8;
    const auto& matrix = call.matrix;
    const auto rows = static_cast<double>(matrix.batch) * static_cast<double>(matrix.m);
    if (call.algorithm == Algorithm::im2col) {
      call.scratch_bytes = rows * static_cast<double>(matrix.k) * element_bytes;
    } else if (call.algorithm == Algorithm::winograd) {
      call.scratch_bytes = rows * static_cast<double>(matrix.k + matrix.n) * element_bytes;
    }
  }

  const Network& network_;
  const Runtime& runtime_;
  const Engine& engine_;
  Precision precision_;  // of what the file does not store as integers
  std::vector<Precision> available_;
  int batch_;
  std::vector<FusedGroup> groups_;
  bool converts_;                  // some layer has a precision of its own
  std::vector<Precision> memory_;  // of activations, by tensor
  Activations activations_;
  struct StoredWeight {
    double bytes = 0;
    double scales = 0;           // bytes
    double matrix_elements = 0;  // 0 for a vector
  };
  // Every weight that must be stored, by tensor; folded biases by -1 - leader.
  std::map<std::int64_t, StoredWeight> stored_;
  std::map<Precision, int> without_kernels_;  // calls stored at a precision that is not to be had
};

}  // namespace

Workload lower(const Network& network, const Runtime& runtime, const Engine& engine,
               const LowerOptions& options) {
  if (options.batch < 1) {
    throw InputError(fmt::format("batch must be at least 1, not {}", options.batch));
  }
  check_engine(runtime, engine);
  Workload workload;
  workload.network = network.name();
  workload.runtime = runtime.name;
  const auto precision = choose_precision(runtime, engine, options.precision);
  workload.batch = options.batch;
  workload.threads = choose_threads(engine, options.threads, workload.assumptions);
  auto sums = totals(network);
  workload.parameters = static_cast<double>(sums.parameters);
  workload.not_modelled = std::move(sums.not_modelled);
  workload.not_shaped = std::move(sums.not_shaped);
  workload.assumptions.insert(workload.assumptions.end(), network.assumptions().begin(),
                              network.assumptions().end());
  Runtime used = runtime;
  if (!options.fuse || !network.notes().treatment.fuse) {
    used.fuse.clear();
    workload.assumptions.push_back(
        "fusion is off: every layer is a call of its own, batch norms too");
  }
  if (network.notes().treatment.activation_share < 1) {
    workload.assumptions.push_back(
        fmt::format("activations between calls are compressed to {:g} %: per element one compare "
                    "and one add to "
                    "write, one add to read",
                    network.notes().treatment.activation_share * 100));
  }
  Lowering(network, used, engine, precision, common_precisions(runtime, engine), options.batch)
      .fill(workload);
  if (options.batch > 1) {
    workload.assumptions.push_back(fmt::format(
        "batch {} repeats the network's own batch: activations and work grow with it, weights do "
        "not",
        options.batch));
  }
  return workload;
}

}  // namespace roofbeam
