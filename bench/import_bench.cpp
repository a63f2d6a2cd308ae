// How long an import takes, and how much memory, beside what any importer that looks at every byte
// would need at the least.
//
// Time is one warm import in process, from path to inferred Network. `peak_mb` and `private_mb` are
// those of one first import in a process of its own (peak_memory.hpp).
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <protozero/pbf_message.hpp>
#include <stdexcept>
#include <string>

#include "bench/made_models.hpp"
#include "bench/peak_memory.hpp"
#include "core/onnx/import.hpp"
#include "core/onnx/mapped_file.hpp"

namespace roofbeam::bench {
namespace {

constexpr std::int64_t kHeavyMebibytes = 512;

using WhileHeld = std::function<void()>;
using Work = std::function<void(const WhileHeld&)>;

void nothing() {}

void add(const std::string& name, const Work& work) {
  const Memory memory = memory_of(work);
  const auto run = [work, memory](benchmark::State& state) {
    for (auto _ : state) work(nothing);
    state.counters["peak_mb"] = memory.peak_mb;
    state.counters["private_mb"] = memory.private_mb;
  };
  benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond);
}

Work import_file(const std::string& path) {
  return [path](const WhileHeld& while_held) {
    const Network network = onnx::import(path);
    benchmark::DoNotOptimize(network.layers().data());
    while_held();
  };
}

// What a protobuf parser must at the least do: have all bytes in memory.
Work read_file(const std::string& path) {
  return [path](const WhileHeld& while_held) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const std::streamsize size = file.tellg();
    const std::unique_ptr<char[]> bytes(new char[static_cast<std::size_t>(size)]);
    file.seekg(0);
    if (!file.read(bytes.get(), size)) throw std::runtime_error("cannot read " + path);
    benchmark::DoNotOptimize(bytes.get());
    while_held();
  };
}

// The least that anybody can do: hop over the fields of every node and tensor.
int hop(protozero::data_view bytes, int depth) {
  int fields = 0;
  for (protozero::pbf_reader reader(bytes); reader.next(); ++fields) {
    const bool inner = reader.wire_type() == protozero::pbf_wire_type::length_delimited;
    const bool graph = depth == 0 && reader.tag() == 7;
    const bool part = depth == 1 && (reader.tag() == 1 || reader.tag() == 5);
    if (inner && (graph || part)) {
      fields += hop(reader.get_view(), depth + 1);
    } else {
      reader.skip();
    }
  }
  return fields;
}

Work walk_file(const std::string& path) {
  return [path](const WhileHeld& while_held) {
    const onnx::MappedFile file(path);
    benchmark::DoNotOptimize(hop({file.bytes().data(), file.bytes().size()}, 0));
    while_held();
  };
}

Work import_chain(int nodes) {
  const std::string model = chain(nodes);
  return [model](const WhileHeld& while_held) {
    const Network network = onnx::import_bytes(model, "chain");
    benchmark::DoNotOptimize(network.layers().data());
    while_held();
  };
}

void add_all() {
  const std::string networks = ROOFBEAM_SOURCE_DIR "/networks/";
  const std::string heavy = ROOFBEAM_BENCH_DIR "/heavy.onnx";
  write_heavy(heavy, kHeavyMebibytes);

  add("import/resnet50", import_file(networks + "resnet50.onnx"));
  add("import/mobilenet_v2", import_file(networks + "mobilenet_v2_1.0_224.onnx"));
  add("import/heavy_512MiB", import_file(heavy));
  add("alternative/walk_heavy_512MiB", walk_file(heavy));
  add("alternative/read_heavy_512MiB", read_file(heavy));
  for (const int nodes : {1000, 5000, 20000}) {
    add("import/chain_" + std::to_string(nodes), import_chain(nodes));
  }
}

}  // namespace
}  // namespace roofbeam::bench

int main(int argc, char** argv) {
  roofbeam::bench::add_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
