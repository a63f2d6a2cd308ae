#include "scenarios/loading/includes.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "scenarios/scenario.hpp"
#include "tests/scenarios/support.hpp"

using namespace roofbeam;
using testing::Folder;
using testing::message_of;

TEST_CASE(
    "a file stands above what it includes; networks merge by name, paths stay where they are") {
  const Folder folder;
  folder.file("common/base.yaml",
              "scenario: base\ntitle: Both\nplatforms: [apple-m1]\n"
              "networks: [{name: a, onnx: a.onnx}, {name: b, onnx: b.onnx}]\n");
  const auto path = folder.file("top.yaml",
                                "include: [common/base.yaml]\nscenario: top\n"
                                "networks: [{name: b, accuracy: 0.7}]\n");
  const Scenario scenario = load_scenario(path);
  CHECK(scenario.name == "top");
  CHECK(scenario.title == "Both");
  REQUIRE(scenario.networks.size() == 2);
  CHECK(scenario.networks[1].onnx == folder.path() + "/common/b.onnx");
  CHECK(scenario.networks[1].facts.accuracy == 0.7);
}

TEST_CASE("includes that come back, or go too deep, are errors") {
  const Folder folder;
  const auto a = folder.file("a.yaml", "include: [b.yaml]\n");
  const auto b = folder.file("b.yaml", "include: [a.yaml]\n");
  CHECK(message_of([&] { return load_scenario(a); }) ==
        fmt::format("{1}:1:11: error: include: comes back to where it was\n"
                    "    include: [a.yaml]\n"
                    "              ^\n"
                    "  {0} includes {1} includes {0}",
                    a, b));
  std::string first;
  for (int i = 17; i >= 1; --i) {
    first = folder.file(fmt::format("{}.yaml", i), fmt::format("include: [{}.yaml]\n", i + 1));
  }
  CHECK(message_of([&] {
          return load_scenario(first);
        }).starts_with(folder.path() + "/16.yaml:1:11: error: include: more than 16 files deep\n"));
}

TEST_CASE("a path is seen from its file, unless it is absolute") {
  const config::Mark mark{testing::source("", "a/s.yaml"), 1, 1};
  CHECK(seen_from("n.onnx", mark) == "a/n.onnx");
  CHECK(seen_from("../n.onnx", mark) == "n.onnx");
  CHECK(seen_from("/n.onnx", mark) == "/n.onnx");
  CHECK(seen_from("n.onnx", {}) == "n.onnx");
}
