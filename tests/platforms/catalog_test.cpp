#include "platforms/catalog.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/config/reader.hpp"
#include "platforms/runtime.hpp"
#include "tests/platforms/folder.hpp"
#include "tests/platforms/support.hpp"

namespace roofbeam {
namespace {

using testing::Folder;
using testing::message_of;
namespace fs = std::filesystem;

std::string file_text(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator(folder)) names.push_back(file.path().stem());
  std::ranges::sort(names);
  return names;
}

TEST_CASE("the program carries the files of the source folder, sorted, byte for byte") {
  const fs::path room = fs::path(ROOFBEAM_SOURCE_DIR) / "platforms";
  for (const Catalog& catalog : {platform_catalog(), core_catalog(), runtime_catalog()}) {
    CHECK(names(catalog) == names_in(room / catalog.folder));
    for (const EmbeddedFile& file : catalog.files) {
      CAPTURE(file.name);
      const fs::path path = room / catalog.folder / (std::string(file.name) + ".yaml");
      CHECK(file.text == file_text(path));
    }
  }
}

TEST_CASE("every platform of the catalogue loads under its own name, and its runtimes exist") {
  for (const std::string& name : catalog_platforms()) {
    CAPTURE(name);
    const Platform platform = load_platform(name);
    CHECK(platform.name == name);
    for (const Engine& engine : platform.engines) {
      const Runtime runtime = load_runtime(engine.runtime);
      CHECK(std::ranges::count(runtime.engines, engine.kind) == 1);
    }
  }
}

TEST_CASE("the platforms that stand for a class leave nothing out and have a picture") {
  for (const char* name : {"apple-m1", "cortex-a78", "cortex-m7", "xbox-series-s"}) {
    CAPTURE(name);
    const Platform platform = load_platform(name);
    CHECK(platform.assumptions == std::vector<std::string>{});
    CHECK(platform.picture.find("+--") != std::string::npos);
    CHECK(platform.picture.find('#') == std::string::npos);
  }
}

TEST_CASE("every other platform leaves out only what it says: energy") {
  for (const std::string& name : catalog_platforms()) {
    CAPTURE(name);
    for (const std::string& assumption : load_platform(name).assumptions) {
      const bool of_energy = assumption.find("energy") != std::string::npos ||
                             assumption.find("power") != std::string::npos;
      CHECK_MESSAGE(of_energy, assumption);
    }
  }
}

TEST_CASE("every device of the measurements is an engine of a platform, and listed once") {
  const fs::path file = fs::path(ROOFBEAM_SOURCE_DIR) / "scenarios/measurements/devices.yaml";
  std::vector<std::string> listed;
  for (const config::Node& device : config::load(file.string()).items) {
    const auto word = [&](const char* key) { return device.find(key)->scalar; };
    CAPTURE(word("device"));
    CHECK_NOTHROW((void)load_platform(word("platform")).engine(word("engine")));
    CHECK(device.entries.size() == 4);
    listed.push_back(word("device") + ", " + word("core"));
  }
  std::ranges::sort(listed);
  CHECK(std::ranges::adjacent_find(listed) == listed.end());
  CHECK(listed.size() >= 45);
}

TEST_CASE("every runtime of the catalogue is complete and ends with a kernel for everything") {
  for (const std::string& name : catalog_runtimes()) {
    CAPTURE(name);
    const Runtime runtime = load_runtime(name);
    CHECK(runtime.name == name);
    CHECK(runtime.assumptions == std::vector<std::string>{});
    CHECK(runtime.kernels.back().match.ops.empty());
    CHECK(runtime.kernels.back().algorithm == Algorithm::elementwise);
    CHECK_FALSE(runtime.precisions.empty());
  }
}

// True if the kernel is for an ordinary, batch 1 call of this operator, whatever its shape.
bool takes_any(const Kernel& kernel, const std::string& op, EngineKind engine,
               Precision precision) {
  const KernelMatch& match = kernel.match;
  const auto holds = [](const auto& list, const auto& item) {
    return list.empty() || std::ranges::count(list, item) > 0;
  };
  return holds(match.ops, op) && holds(match.engines, engine) &&
         holds(match.precisions, precision) && match.kernel.empty() && !match.stride &&
         match.grouping == Grouping::any && !match.min_channels && !match.max_rows;
}

TEST_CASE("every operator with multiply-adds finds a kernel for them at every shape") {
  for (const std::string& name : catalog_runtimes()) {
    const Runtime runtime = load_runtime(name);
    for (const char* op : {"Conv", "ConvTranspose", "Gemm", "MatMul"}) {
      for (EngineKind engine : runtime.engines) {
        for (Precision precision : runtime.precisions) {
          INFO(name, " ", op, " ", to_text(engine), " ", to_text(precision));
          const auto kernel = std::ranges::find_if(runtime.kernels, [&](const Kernel& k) {
            return takes_any(k, op, engine, precision);
          });
          REQUIRE(kernel != runtime.kernels.end());
          CHECK(kernel->algorithm <= Algorithm::depthwise);
        }
      }
    }
  }
}

TEST_CASE("a variant differs from its base only where it says so") {
  const Platform base = load_platform("cortex-m7");
  const Platform variant = load_platform("stm32f746");
  const Engine& a = base.engines[0];
  const Engine& b = variant.engines[0];
  CHECK(b.clock.value.si() == 216e6);
  CHECK(b.core_active.value.si() == doctest::Approx(0.241));
  CHECK(variant.idle.value.si() == doctest::Approx(0.1155));
  CHECK(b.kind == a.kind);
  CHECK(b.name == a.name);
  CHECK(b.pipes.value == a.pipes.value);
  CHECK(b.overlap.value == a.overlap.value);
  CHECK(b.runtime == a.runtime);
  CHECK(b.macs_per_cycle[Precision::int8] == a.macs_per_cycle[Precision::int8]);
  CHECK(b.mac_energy[Precision::int8]->value == a.mac_energy[Precision::int8]->value);

  const double kib[] = {64, 4, 256, 1024};
  REQUIRE(variant.memory.size() == base.memory.size());
  for (std::size_t i = 0; i < base.memory.size(); ++i) {
    CHECK(variant.memory[i].name == base.memory[i].name);
    CHECK(variant.memory[i].energy.value == base.memory[i].energy.value);
    CHECK(variant.memory[i].cached == base.memory[i].cached);
    CHECK(variant.memory[i].size.value.si() == kib[i] * 1024);
  }
  CHECK(load_platform("stm32h7a3").memory[1].size.value == base.memory[1].size.value);
}

TEST_CASE("a setting is written last, through a variant too") {
  const Platform m1 = load_platform(
      "apple-m1", {{"memory.DRAM.bandwidth", "100 GB/s"}, {"engines.p-cluster.cores", "2"}});
  CHECK(m1.memory.back().bandwidth.value.si() == 100e9);
  CHECK(m1.engine("p-cluster").cores.value == 2);
  const Platform f746 = load_platform("stm32f746", {{"engines.cpu.clock", "200 MHz"}});
  CHECK(f746.engine("").clock.value.si() == 200e6);
  CHECK(load_runtime("ncnn", {{"dispatch", "9 us"}}).dispatch.value.si() == doctest::Approx(9e-6));
}

TEST_CASE("a file may extend the catalogue, or another file in its folder") {
  const Folder folder;
  folder.write(
      "a.yaml",
      "# a board\nextends: cortex-m7\nplatform: a\nengines: [{name: cpu, clock: 400 MHz}]\n");
  const std::string b = folder.write("b.yml", "extends: a.yaml\nplatform: b\n");
  const Platform platform = load_platform(b);
  CHECK(platform.name == "b");
  CHECK(platform.picture == "");
  CHECK(platform.engine("").clock.value.si() == 400e6);
  CHECK(load_platform((folder.path / "a.yaml").string()).picture == "a board\n");
}

TEST_CASE("an unknown name says the nearest and the command that lists all") {
  CHECK(
      message_of([] { return load_platform("aple-m1"); }) ==
      "unknown platform 'aple-m1': did you mean 'apple-m1'? 'roofbeam platforms list' names all; a "
      "file needs a '/' or the ending .yaml");
  CHECK(
      message_of([] { return runtime_text("tensorflow"); }) ==
      "unknown runtime 'tensorflow': 'roofbeam runtimes list' names all; a file needs a '/' or the "
      "ending .yaml");
}

TEST_CASE("an unknown base is an error at the word that names it") {
  const Folder folder;
  const std::string file = folder.write("x.yaml", "platform: x\nextends: cortex-m8\n");
  CHECK(folder.anonymous(message_of([&] { return load_platform(file); })) ==
        R"(DIR/x.yaml:2:10: error: extends: unknown platform 'cortex-m8'
    extends: cortex-m8
             ^
  did you mean 'cortex-m4'? 'roofbeam platforms list' names all; a file needs a '/' or the ending .yaml)");
}

TEST_CASE("descriptors that extend each other are an error that shows the chain") {
  const Folder folder;
  const std::string a = folder.write("a.yaml", "extends: b.yaml\nplatform: a\n");
  folder.write("b.yaml", "extends: a.yaml\nplatform: b\n");
  CHECK(folder.anonymous(message_of([&] { return load_platform(a); })) ==
        R"(DIR/b.yaml:1:10: error: extends: the chain comes back to where it was
    extends: a.yaml
             ^
  DIR/a.yaml extends DIR/b.yaml extends DIR/a.yaml)");
}

TEST_CASE("a file that cannot be read says why") {
  const Folder folder;
  CHECK(folder.anonymous(message_of([&] {
    return platform_text((folder.path / "none.yaml").string());
  })) == "cannot read 'DIR/none.yaml': No such file or directory");
  CHECK(folder.anonymous(message_of([&] { return platform_text(folder.path.string() + "/"); })) ==
        "cannot read 'DIR/': it is a directory");
}

}  // namespace
}  // namespace roofbeam
