#include <doctest/doctest.h>

#include "scenarios/readers/readers.hpp"
#include "tests/scenarios/samples.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::kYaml;
using testing::message_of;
using testing::source;

namespace {

Measurements read(const std::string& text) { return readers::read_yaml(source(text, "m.yaml")); }
std::string complaint(const std::string& text) {
  return message_of([&] { return read(text); });
}

}  // namespace

TEST_CASE("a map has the keys of a measurement, with units") {
  const auto found = read(kYaml);
  REQUIRE(found.rows.size() == 2);
  const auto& first = found.rows[0];
  CHECK(first.network == "mobilenet_v2");
  CHECK(first.resolution == "224");
  CHECK(first.device == "Board");
  CHECK(first.clock == Hertz::from_si(2.4e9));
  CHECK(first.platform == "cortex-a78");
  CHECK(first.engine == "cpu");
  CHECK(first.runtime == "ncnn");
  CHECK(first.threads == 4);
  CHECK(first.precision == "fp16");
  CHECK(first.batch == 2);
  CHECK(first.latency->si() == doctest::Approx(0.0123));
  CHECK(first.latency_kind == "median of 30");
  CHECK(first.energy->si() == doctest::Approx(0.04));
  CHECK(first.peak_ram == Bytes::from_si(12 << 20));
  CHECK(first.flash == Bytes::from_si(7e6));
  CHECK(first.source == "own");
  CHECK(first.date == "2026-01-02");
  CHECK(first.place == "m.yaml:2");
  REQUIRE(first.layers.size() == 2);
  CHECK(first.layers[0].name == "conv1");
  CHECK(first.layers[0].op == "Conv");
  CHECK(first.layers[1].op.empty());
  CHECK(first.layers[1].time.si() == doctest::Approx(0.0005));

  CHECK(found.rows[1].network == "resnet8");
  CHECK(found.rows[1].batch == 1);
  CHECK_FALSE(found.rows[1].latency);
  CHECK(found.rows[1].place == "m.yaml:22");
}

TEST_CASE("all that is wrong is told with its place") {
  CHECK(complaint("- {network: a, latency: 12.3}\n"
                  "- {network: b, latency: 0 ms, threads: 0}\n"
                  "- {latency_ms: 1}\n") ==
        "m.yaml:1:25: error: latency: '12.3' is not a time: its unit is missing\n"
        "    - {network: a, latency: 12.3}\n"
        "                            ^\n"
        "  write a time such as 2.5 us\n"
        "m.yaml:2:40: error: threads: '0' must be more than zero\n"
        "    - {network: b, latency: 0 ms, threads: 0}\n"
        "                                           ^\n"
        "m.yaml:2:25: error: latency: '0 ms' must be more than zero\n"
        "    - {network: b, latency: 0 ms, threads: 0}\n"
        "                            ^\n"
        "m.yaml:3:3: error: measurement 3: key 'network' is missing\n"
        "    - {latency_ms: 1}\n"
        "      ^\n"
        "  add 'network:' with a word\n"
        "m.yaml:3:3: error: measurement 3: keys 'latency' and 'energy' are both missing\n"
        "    - {latency_ms: 1}\n"
        "      ^\n"
        "  add one of them\n"
        "m.yaml:3:4: error: measurement 3: unknown key 'latency_ms'\n"
        "    - {latency_ms: 1}\n"
        "       ^\n"
        "  did you mean 'latency'?");
}

TEST_CASE("a map alone is no list") {
  CHECK(complaint("network: a\nlatency: 1 ms\n") ==
        "m.yaml:1:1: error: a list of measurements was expected\n"
        "    network: a\n"
        "    ^\n"
        "  begin each with '- network: NAME'");
}

TEST_CASE("a list that speaks of networks is YAML of ours") {
  CHECK(readers::is_yaml(kYaml));
  CHECK(readers::is_yaml("---\n# x\n- network: a\n"));
  CHECK(readers::is_yaml("[{\"network\": \"a\", \"latency\": \"1 ms\"}]"));
  CHECK_FALSE(readers::is_yaml("network: a\n"));
  CHECK_FALSE(readers::is_yaml("- name: a\n"));
  CHECK_FALSE(readers::is_yaml(""));
}
