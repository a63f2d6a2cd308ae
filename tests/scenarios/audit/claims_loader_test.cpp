#include <doctest/doctest.h>

#include "scenarios/audit/claims.hpp"
#include "tests/message_of.hpp"
#include "tests/scenarios/support.hpp"

namespace roofbeam::audit {
namespace {

using testing::message_of;

Claims read(const std::string& text) {
  return read_claims("claims: test\n" + text, "reports/c.yaml");
}
std::string wrong(const std::string& text) {
  return message_of([&] { (void)read(text); });
}

TEST_CASE("everything that a report may state is read") {
  const Claims claims = read(
      "title: A report\n"
      "source: somewhere\n"
      "networks:\n"
      "  net: {onnx: ../net.onnx, parameters: 2 M, trainable: 1 M, flops: 6 M, size: 8 MB, "
      "precision: fp32,\n"
      "        stored: {int8: 1 M}, format: keras, optimizer: adam, memory: 9 MB, activations: 1 "
      "MB,\n"
      "        accuracy: 88 %, where: Table 1}\n"
      "machines:\n"
      "  - {name: m, platform: cortex-m7, engine: cpu, runtime: cmsis-nn, compute: 1 GFLOPS, "
      "bandwidth: 2 GB/s,\n"
      "     clock: 480 MHz, cache: 16 KB, memory: 512 KB, flash: 2 MB, budget: 100 mW, "
      "energy_per_mac: {int8: 1 nJ}}\n"
      "measured:\n"
      "  - {network: net, machine: m, runtime: tflm, precision: int8, batch: 2, threads: 1, "
      "latency: 5 ms,\n"
      "     energy: 6 mJ, power: 1 W, throughput: 400 /s, memory: 1 MB, size: 2 MB, accuracy: 80 "
      "%,\n"
      "     utilisation: 30 %, how: estimated, where: Table 2}\n"
      "fits: [{what: it, needs: 1 MB, in: 2 MB, stated: does not fit, machine: m, network: "
      "net}]\n");
  CHECK(claims.name == "test");
  CHECK(claims.title == "A report");
  const NetworkClaim& net = *claims.network("net");
  CHECK(net.onnx == "net.onnx");  // as seen from here
  CHECK(net.parameters->value == 2e6);
  CHECK(net.stored[Precision::int8]->value == 1e6);
  CHECK(net.optimizer == "adam");
  CHECK(net.origin.where == "Table 1");
  CHECK(net.origin.place == "reports/c.yaml:5");
  const MachineClaim& m = *claims.machine("m");
  CHECK(m.platform == "cortex-m7");
  CHECK(m.energy_per_mac[Precision::int8]->value == doctest::Approx(1e-9));
  const MeasuredClaim& row = claims.measured[0];
  CHECK(row.batch == 2);
  CHECK(row.precision == Precision::int8);
  CHECK(row.estimated);
  CHECK(metric_of(row, "throughput")->value == 400);
  CHECK_FALSE(metric_of(row, "nothing"));
  CHECK_FALSE(claims.fits[0].fits);
  CHECK(claims.network("other") == nullptr);
}

TEST_CASE("a change is meant as it says") {
  const auto as = [](const std::string& word) {
    return read("changes: [{what: it, before: 1 ms, after: 2 ms, stated: 1x" + word + "}]\n")
        .changes[0]
        .as;
  };
  CHECK(as("") == ChangeAs::any);
  CHECK(as(", as: reduction") == ChangeAs::reduction);
  CHECK(as(", as: increase") == ChangeAs::increase);
  CHECK(as(", as: speed-up") == ChangeAs::speed_up);
  CHECK(as(", as: kept") == ChangeAs::kept);
  CHECK(as(", as: points") == ChangeAs::points);
  CHECK(as(", as: difference") == ChangeAs::difference);
}

TEST_CASE("complaints name the place, what was expected and the nearest name") {
  CHECK(wrong("network: {}\n") ==
        "reports/c.yaml:2:1: error: claims: unknown key 'network'\n    network: {}\n    ^\n  did "
        "you mean 'networks'?");
  CHECK(wrong("networks: {net: {size: 5 ms}}\n") ==
        "reports/c.yaml:2:24: error: size: '5 ms' has the wrong unit\n    networks: {net: {size: 5 "
        "ms}}\n"
        "                           ^\n  write a size such as 26.4 MB");
  CHECK(wrong("networks: {net: {}}\nmeasured: [{network: nut, latency: 5 ms}]\n") ==
        "reports/c.yaml:3:22: error: network: 'nut' is not under 'networks'\n"
        "    measured: [{network: nut, latency: 5 ms}]\n                         ^\n  did you mean "
        "'net'?");
  CHECK(wrong("machines: {m: {platform: aple-m1}}\n") ==
        "reports/c.yaml:2:26: error: platform: no 'aple-m1' is in the catalogue\n"
        "    machines: {m: {platform: aple-m1}}\n                             ^\n  did you mean "
        "'apple-m1'?");
  CHECK(wrong("changes: [{what: it, before: 1 ms, after: 2 MB, stated: 2x}]\n") ==
        "reports/c.yaml:2:43: error: 'before' and 'after' have different units\n"
        "    changes: [{what: it, before: 1 ms, after: 2 MB, stated: 2x}]\n"
        "                                              ^");
  CHECK(wrong("changes: [{what: it, before: 1 ms, after: 2 ms}]\n") ==
        "reports/c.yaml:2:11: error: there is nothing to check\n"
        "    changes: [{what: it, before: 1 ms, after: 2 ms}]\n              ^\n"
        "  add 'stated:' such as 33 % or 2.8x");
  CHECK(wrong("targets: [{what: it, value: 1 ms, limit: 2 ms}]\n") ==
        "reports/c.yaml:2:42: error: is no limit\n    targets: [{what: it, value: 1 ms, limit: 2 "
        "ms}]\n"
        "                                             ^\n  write it as '< 2 %' or '>= 4x'");
}

TEST_CASE("FLOPS and FLOPs are what their key wants") {
  CHECK(read("networks: {net: {flops: 5 MFLOPS}}\n").networks[0].flops->kind == Kind::flops);
  CHECK(read("machines: {m: {compute: 5 GFLOPs}}\n").machines[0].compute->kind ==
        Kind::flops_per_second);
  CHECK(wrong("networks: {net: {flops: 5 MFLOP/s}}\n").find("has the wrong unit") !=
        std::string::npos);
}

TEST_CASE("rewrites are those that there are") {
  CHECK(read("networks: {net: {onnx: a.onnx, rewrite: {width: 0.75}}}\n")
            .networks[0]
            .rewrites[0]
            .key == "width");
  CHECK(wrong("networks: {net: {onnx: a.onnx, rewrite: {with: 0.75}}}\n")
            .ends_with("did you mean 'width'?"));
  CHECK(
      wrong("networks: {net: {rewrite: {width: 0.75}}}\n").find("there is no network to rewrite") !=
      std::string::npos);
}

TEST_CASE("a number with commas needs quotes inside braces") {
  CHECK(wrong("networks: {net: {parameters: 1,528,106}}\n") ==
        "reports/c.yaml:2:32: error: a number with commas stands inside braces\n"
        "    networks: {net: {parameters: 1,528,106}}\n                                   ^\n"
        "  put it in quotes: \"1,528,106\"");
  CHECK(read("networks: {net: {parameters: '1,528,106'}}\n").networks[0].parameters->value ==
        1528106);
  CHECK(read("networks:\n  net:\n    parameters: 1,528,106\n").networks[0].parameters->value ==
        1528106);
}

TEST_CASE("wrong shapes are complaints, not crashes") {
  for (const char* text :
       {"networks: 5\n", "networks: [5]\n", "networks: {net: 5}\n", "measured: {}\n",
        "measured: [5]\n", "changes: [{}]\n", "sums: [{what: it}]\n",
        "sums: [{what: it, parts: [[1]]}]\n", "ranges: [{what: it, stated: 5 ms}]\n",
        "networks: {net: {stored: {int9: 5}}}\n", "networks: {net: {size: [1]}}\n",
        "networks: {net: {size: {a: 1}}}\n", "networks: {net: {size: }}\n",
        "measured: [{network: }]\n", "scaled: [{from: a, to: b}]\n", "best: [{}]\n",
        "open: [{what: it}]\n", "measured: [{network: net, batch: 0}]\n"}) {
    CAPTURE(text);
    CHECK(wrong(text) != "no error");
  }
}

TEST_CASE("a file is no larger than it can be checked") {
  std::string machines = "machines:\n";
  for (int i = 0; i < 64; ++i) machines += "  m" + std::to_string(i) + ": {}\n";
  CHECK(wrong(machines) == "no error");
  CHECK(wrong(machines + "  m64: {}\n").find("machines: 65 are more than 64") != std::string::npos);
}

TEST_CASE("a file that is not there is an error") {
  CHECK(message_of([] { (void)load_claims("none.yaml"); }).find("none.yaml") != std::string::npos);
}

}  // namespace
}  // namespace roofbeam::audit
