#include "scenarios/subject.hpp"

#include <doctest/doctest.h>

#include "models/predict.hpp"
#include "tests/message_of.hpp"
#include "tests/scenarios/subject_support.hpp"

namespace roofbeam {
namespace {

using testing::message_of;
using testing::subject;

TEST_CASE("a forecast without changes is that of predict") {
  const Subject it = subject("cortex-a78");
  const auto network = testing::network("ds_cnn_mlperftiny");
  const Platform platform = load_platform("cortex-a78");
  const Runtime runtime = load_runtime("xnnpack");
  const auto& engine = platform.engines[0];
  const auto plain = predict(lower(*network, runtime, engine), platform, engine, runtime);
  CHECK(it.forecast().latency.si() == plain.latency.si());
  CHECK(it.forecast().energy.total().si() == plain.energy.total().si());
}

TEST_CASE("a change is what --set writes") {
  SubjectOptions options;
  options.platform = "cortex-a78";
  options.platform_settings = {{"memory.DRAM.bandwidth", "1 GB/s"}};
  options.runtime_settings = {{"dispatch", "1 ms"}};
  options.run.batch = 2;
  const Subject set(testing::network("ds_cnn_mlperftiny"), options);
  const Subject plain = subject("cortex-a78");
  const auto changed = plain.forecast({{"platform.memory.DRAM.bandwidth", "1 GB/s"},
                                       {"runtime.dispatch", "1 ms"},
                                       {"run.batch", "2"}});
  CHECK(changed.latency.si() == set.forecast().latency.si());
  CHECK(changed.latency > plain.forecast().latency);
}

TEST_CASE("each change reaches what it names") {
  const Subject it = subject("cortex-a78");
  const double base = it.forecast().latency.si();
  CHECK(it.forecast({{"engines.cpu.clock", "1.21 GHz"}}).latency.si() > 1.2 * base);
  CHECK(it.forecast({{"run.threads", "1"}}).threads == 1);
  CHECK(it.forecast({{"run.precision", "int8"}}).precision == Precision::int8);
  CHECK(it.forecast({{"runtime", "ncnn"}}).runtime == "ncnn");
  CHECK(it.forecast({{"platform", "apple-m1"}}).platform == "apple-m1");
  CHECK(it.forecast({{"platform", "apple-m1"}, {"engine", "gpu"}}).engine == "gpu");
  CHECK(it.forecast({{"engines.cpu.cores", "2"}}).threads == 2);
  CHECK(it.forecast({{"engines.cpu.runtime", "ncnn"}}).runtime == "ncnn");
}

TEST_CASE("another platform takes the changes of its numbers, too") {
  const Subject it = subject("cortex-a78");
  const auto slow = it.forecast(
      {{"platform", "raspberry-pi-5"}, {"engines.cpu.clock", "1 MHz"}, {"run.threads", "1"}});
  CHECK(slow.platform == "raspberry-pi-5");
  CHECK(slow.threads == 1);
  CHECK(slow.latency > it.forecast({{"platform", "raspberry-pi-5"}}).latency * 100.0);
}

TEST_CASE("a network can be rewritten, here and elsewhere") {
  const Subject it = subject("cortex-a78", "mobilenet_v2_1.0_224");
  const double whole = it.forecast().macs;
  CHECK(it.forecast({{"network.resolution", "112"}}).macs < 0.3 * whole);
  CHECK(it.forecast({{"network.width", "0.75"}}).parameters ==
        doctest::Approx(2636458).epsilon(0.02));
  const auto both = it.forecast({{"network.resolution", "112"}, {"platform", "apple-m1"}});
  CHECK(both.platform == "apple-m1");
  CHECK(both.macs < 0.3 * whole);
  CHECK(it.forecast().macs == whole);
}

TEST_CASE("numbers are found at short and at full paths") {
  const Subject it = subject("cortex-a78");
  CHECK(it.number("memory.DRAM.bandwidth")->number == 51.2);
  CHECK(it.number("platform.memory.DRAM.bandwidth")->unit == "GB/s");
  CHECK(it.number("runtime.dispatch")->unit == "us");
  CHECK(it.number("run.threads")->number == 3);
  CHECK_FALSE(it.number("memory.DRAM.banwidth"));
  CHECK(full_path("memory.DRAM.size") == "platform.memory.DRAM.size");
  CHECK(full_path("runtime.dispatch") == "runtime.dispatch");
  CHECK(full_path("run.batch") == "run.batch");
}

TEST_CASE("a change without a place says so") {
  const Subject it = subject("cortex-a78");
  const auto said = [&](const std::string& path, const std::string& value) {
    return message_of([&] { static_cast<void>(it.forecast({{path, value}})); });
  };
  CHECK(said("memory.DRM.size", "1 GB") ==
        "--set memory.DRM.size: there is no 'DRM'; there is: L1, L2, L3, SLC, DRAM; did you mean "
        "'DRAM'?");
  CHECK(said("run.bach", "1") ==
        "run.bach: a run has no 'bach', it has batch, threads, precision, fusion; did you mean "
        "'batch'?");
  CHECK(said("run.batch", "0") == "run.batch: '0' is not a whole number from 1 on");
  CHECK(
      said("run.precision", "fp31") ==
      "run.precision: there is no precision 'fp31', there are fp32, fp16, bf16, int16, int8, int4");
}

}  // namespace
}  // namespace roofbeam
