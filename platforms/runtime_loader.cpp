// The schema of runtime profiles; docs/runtime_schema.md describes it.
#include <fmt/format.h>

#include <algorithm>

#include "platforms/reading.hpp"
#include "platforms/runtime.hpp"
#include "platforms/shaders_loader.hpp"
#include "platforms/words.hpp"

namespace roofbeam {
namespace {

using config::Complaints;
using config::Node;
using reading::Map;
using reading::Sign;

const std::vector<std::string>& fuse_words() {
  static const std::vector<std::string> words = {
      "conv+batchnorm",  "conv+activation", "conv+add",  "activation+mul",
      "gemm+activation", "add+activation",  "matmul+add"};
  return words;
}

bool multiplies(Algorithm algorithm) { return algorithm <= Algorithm::depthwise; }

template <class Enum>
std::vector<Enum> enumerators(const std::vector<std::size_t>& indices) {
  std::vector<Enum> all;
  for (std::size_t i : indices) all.push_back(static_cast<Enum>(i));
  return all;
}

// "3x3" as the list [3, 3].
Node as_list(const Node& node) {
  if (node.kind != Node::Kind::scalar) return node;
  Node list;
  list.kind = Node::Kind::list;
  list.mark = node.mark;
  for (std::size_t start = 0; start <= node.scalar.size();) {
    const std::size_t end = std::min(node.scalar.find('x', start), node.scalar.size());
    Node item = node;
    item.scalar = node.scalar.substr(start, end - start);
    list.items.push_back(std::move(item));
    start = end + 1;
  }
  return list;
}

std::vector<std::int64_t> read_extent(Map& map) {
  const Node* kernel = map.node.find("kernel");
  if (kernel == nullptr) return {};
  std::vector<std::int64_t> extent;
  for (const Node& item : as_list(*kernel).items) {
    const auto size = config::read_value<long long>(item, "kernel", map.complaints).value;
    reading::check_sign(&item, "kernel", static_cast<double>(size), Sign::positive, map.complaints);
    extent.push_back(size);
  }
  if (kernel->kind == Node::Kind::scalar) {
    (void)map.reader.optional<std::string>("kernel");  // known to the reader now
  } else {
    (void)map.reader.list("kernel");
  }
  return extent;
}

std::optional<std::int64_t> read_count(Map& map, std::string_view key) {
  const auto count = map.optional<long long>(key, Sign::positive);
  if (!count) return std::nullopt;
  return count->value;
}

KernelMatch read_match(const Node& node, std::size_t index, Complaints& complaints) {
  KernelMatch match;
  Map map(node, fmt::format("match of kernel {}", index), complaints);
  match.ops = reading::words(map, "op");
  match.kernel = read_extent(map);
  match.stride = read_count(map, "stride");
  match.grouping =
      enumerator<Grouping>(map.reader.choice("groups", grouping_words())).value_or(Grouping::any);
  match.precisions = enumerators<Precision>(reading::choices(map, "precision", precision_words()));
  match.engines = enumerators<EngineKind>(reading::choices(map, "engine", engine_kind_words()));
  match.min_channels = read_count(map, "min_channels");
  match.packs = read_count(map, "packs");
  match.max_rows = read_count(map, "max_rows");
  map.reader.finish();
  return match;
}

Tile read_tile(const Node* node, Complaints& complaints) {
  static const std::vector<std::string> names = {"m", "n", "k"};
  Tile tile;
  if (node == nullptr) return tile;
  reading::each_number<int>(*node, "tile", names, Sign::positive, complaints,
                            [&](std::size_t i, const Sourced<int>& size) {
                              (i == 0 ? tile.m : i == 1 ? tile.n : tile.k) = size.value;
                            });
  return tile;
}

// The output tiles of Winograd kernels, by size.
void read_outputs(Kernel& kernel, std::size_t index, Map& map, Runtime& runtime) {
  static const std::vector<std::string> words = {"2", "4", "6"};
  for (const std::size_t choice : reading::choices(map, "outputs", words)) {
    kernel.outputs.push_back(2 * (static_cast<int>(choice) + 1));
  }
  const bool winograd = kernel.algorithm == Algorithm::winograd;
  if (!winograd && !kernel.outputs.empty()) {
    map.reader.complain(
        "outputs",
        fmt::format("kernel {}: {} has no output tiles", index, to_text(kernel.algorithm)),
        "'outputs' belongs to algorithm winograd: [2, 4, 6] is F(2x2), F(4x4), F(6x6)");
  }
  if (winograd && kernel.outputs.empty() && map.node.find("outputs") == nullptr) {
    kernel.outputs = {4};
    runtime.assumptions.push_back(
        fmt::format("kernel {} (winograd) states no outputs: F(4x4,3x3) is assumed", index));
  }
}

Kernel read_kernel(const Node& node, std::size_t index, Runtime& runtime, Complaints& complaints) {
  Kernel kernel;
  Map map(node, fmt::format("kernel {}", index), complaints);
  if (const Node* match = map.reader.map("match", true)) {
    kernel.match = read_match(*match, index, complaints);
  }
  kernel.algorithm =
      enumerator<Algorithm>(map.reader.required_choice("algorithm", algorithm_words()))
          .value_or(Algorithm::elementwise);
  kernel.tile = read_tile(map.reader.map("tile"), complaints);
  if (const auto efficiency = map.optional<double>("efficiency", Sign::positive)) {
    kernel.efficiency = *efficiency;
  } else if (multiplies(kernel.algorithm) && map.node.find("efficiency") == nullptr) {
    map.reader.complain(
        "efficiency",
        fmt::format("kernel {}: {} needs an efficiency", index, to_text(kernel.algorithm)),
        "add 'efficiency:' with a share of the engine's peak such as 0.6");
  }
  read_outputs(kernel, index, map, runtime);
  kernel.weights = enumerator<Precision>(map.reader.choice("weights", precision_words()));
  if (const auto passes = map.optional<double>("passes", Sign::not_negative)) {
    kernel.passes = *passes;
  }
  if (const auto cycles = map.optional<double>("cycles", Sign::not_negative)) {
    kernel.cycles = *cycles;
  }
  if (const auto host = map.reader.optional<bool>("host")) kernel.host = host->value;
  map.reader.finish();
  return kernel;
}

bool matches_everything(const KernelMatch& match) {
  return match.ops.empty() && match.kernel.empty() && !match.stride &&
         match.grouping == Grouping::any && match.precisions.empty() && match.engines.empty() &&
         !match.min_channels && !match.packs && !match.max_rows;
}

void read_kernels(const Node* list, Runtime& runtime, Complaints& complaints) {
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    runtime.kernels.push_back(read_kernel(list->items[i], i, runtime, complaints));
  }
  if (!runtime.kernels.empty() && matches_everything(runtime.kernels.back().match)) return;
  Kernel rest;
  rest.algorithm = Algorithm::elementwise;
  runtime.kernels.push_back(rest);
  runtime.assumptions.emplace_back(
      "no kernel matches everything: operators that none matches are taken as elementwise");
}

template <class T>
Sourced<T> read_or_assume(Map& map, std::string_view key, Sign sign, T otherwise,
                          std::string_view sentence, Runtime& runtime) {
  if (const auto value = map.optional<T>(key, sign)) return *value;
  if (map.node.find(key) == nullptr) runtime.assumptions.emplace_back(sentence);
  return {otherwise, {}};
}

void read_costs(Map& map, Runtime& runtime) {
  const Seconds nothing;
  runtime.dispatch = read_or_assume(map, "dispatch", Sign::not_negative, nothing,
                                    "the runtime states no dispatch cost: 0 s", runtime);
  if (const auto bits = map.optional<int>("widest_vector", Sign::positive)) {
    runtime.widest_vector = bits->value;
  }
  if (const auto cycles = map.optional<double>("dispatch_cycles", Sign::not_negative)) {
    runtime.dispatch_cycles = *cycles;
  }
  if (const auto share = map.optional<double>("pairing", Sign::share)) runtime.pairing = *share;
  if (const auto cycles = map.optional<double>("fork_cycles", Sign::not_negative)) {
    runtime.fork_cycles = *cycles;
  }
  runtime.fork = read_or_assume(map, "fork", Sign::not_negative, nothing,
                                "the runtime states no fork cost: 0 s", runtime);
  runtime.serial_share =
      read_or_assume(map, "serial_share", Sign::share, 0.0,
                     "the runtime states no serial_share: all work is shared", runtime);
  runtime.vector_efficiency = read_or_assume(
      map, "vector_efficiency", Sign::positive_share, 1.0,
      "the runtime states no vector_efficiency: vector instructions issue at full rate", runtime);
}

void read_vector_instructions(const Node* node, Runtime& runtime, Complaints& complaints) {
  runtime.vector_instructions.fill(0);
  if (node != nullptr) {
    reading::each_number<double>(*node, "vector_instructions", vector_op_words(), Sign::positive,
                                 complaints, [&](std::size_t i, const Sourced<double>& count) {
                                   runtime.vector_instructions[i] = count.value;
                                 });
  }
  for (std::size_t i = 0; i < kVectorOpKinds; ++i) {
    if (runtime.vector_instructions[i] > 0) continue;
    runtime.vector_instructions[i] = 1;
    runtime.assumptions.push_back(fmt::format(
        "the runtime states no vector_instructions for {}: one is assumed", vector_op_words()[i]));
  }
}

// Each key is a standard deviation of log(measured / predicted).
void read_errors(const Node* node, Runtime& runtime, Complaints& complaints) {
  if (node == nullptr) {
    runtime.errors = ErrorModel::unstated();
    runtime.assumptions.emplace_back(
        "the runtime states no errors: a spread of 40 % between devices, 25 % between kernels");
    return;
  }
  std::vector<std::string> words = {"common", "network", "call"};
  for (std::size_t i = 0; i < kErrorClasses; ++i) words.emplace_back(error_class_name(i));
  reading::each_number<double>(*node, "errors", words, Sign::not_negative, complaints,
                               [&](std::size_t i, const Sourced<double>& deviation) {
                                 ErrorModel& errors = runtime.errors;
                                 (i == 0   ? errors.common
                                  : i == 1 ? errors.network
                                  : i == 2 ? errors.call
                                           : errors.classes[i - 3]) = deviation.value;
                               });
}

void read_abilities(Map& map, Runtime& runtime) {
  runtime.precisions =
      enumerators<Precision>(reading::choices(map, "precisions", precision_words()));
  runtime.engines = enumerators<EngineKind>(reading::choices(map, "engines", engine_kind_words()));
  for (std::size_t i : reading::choices(map, "fuse", fuse_words())) {
    runtime.fuse.push_back(fuse_words()[i]);
  }
  if (map.node.find("precisions") == nullptr) {
    map.reader.complain("precisions", "runtime: key 'precisions' is missing",
                        "add 'precisions:' with a list such as [fp32, int8], the usual one first");
  }
  if (map.node.find("engines") == nullptr) {
    runtime.engines = {EngineKind::cpu, EngineKind::gpu, EngineKind::mcu, EngineKind::npu};
    runtime.assumptions.emplace_back(
        "the runtime states no engines: it is taken to run on all kinds");
  }
}

}  // namespace

Runtime read_runtime(const Node& root) {
  Runtime runtime;
  Complaints complaints;
  Map map(root, "runtime", complaints);
  runtime.name = map.reader.required<std::string>("runtime").value;
  const auto title = map.reader.optional<std::string>("title");
  runtime.title = title ? title->value : runtime.name;
  (void)map.reader.optional<std::string>("extends");  // merged before
  read_abilities(map, runtime);
  read_costs(map, runtime);
  read_vector_instructions(map.reader.map("vector_instructions"), runtime, complaints);
  if (const Node* shaders = map.reader.map("shaders")) {
    runtime.shaders = read_shaders(*shaders, complaints);
  }
  read_errors(map.reader.map("errors"), runtime, complaints);
  read_kernels(map.reader.list("kernels", true), runtime, complaints);
  map.reader.finish();
  complaints.throw_if_any();
  return runtime;
}

}  // namespace roofbeam
