// Rewritten networks have the parameters and MACs of the published ones.
#include <doctest/doctest.h>

#include <string>

#include "core/onnx/import.hpp"
#include "core/operators/totals.hpp"
#include "core/rewrites/rewrite.hpp"

namespace roofbeam {
namespace {

Totals totals_of(const std::string& name, const std::vector<std::string>& rewrites = {}) {
  std::vector<Rewrite> all;
  for (const auto& text : rewrites) all.push_back(parse_rewrite("--rewrite", text));
  const auto path = std::string(ROOFBEAM_SOURCE_DIR) + "/networks/" + name + ".onnx";
  return totals(rewrite(onnx::import(path), all));
}

void check_same(const std::string& from, const std::vector<std::string>& rewrites,
                const std::string& published) {
  CAPTURE(published);
  const auto made = totals_of(from, rewrites);
  const auto expected = totals_of(published);
  CHECK(made.macs == expected.macs);
  CHECK(made.parameters == expected.parameters);
}

TEST_CASE("MobileNetV2 1.0 at 224 becomes 0.75 at 160 as published") {
  const auto made = totals_of("mobilenet_v2_1.0_224", {"width=0.75", "resolution=160"});
  CHECK(made.macs == 107'295'200);
  CHECK(made.parameters == 2'636'424);
}

TEST_CASE("MobileNetV2 has its published sizes at every width and resolution") {
  for (const std::string width : {"0.35", "0.5", "0.75"}) {
    for (const std::string resolution : {"128", "160", "224"}) {
      check_same("mobilenet_v2_1.0_224", {"width=" + width, "resolution=" + resolution},
                 "mobilenet_v2_" + width + "_" + resolution);
      check_same("mobilenet_v2_1.0_224_c10", {"resolution=" + resolution, "width=" + width},
                 "mobilenet_v2_" + width + "_" + resolution + "_c10");
    }
    for (const std::string resolution : {"96", "192"}) {
      check_same("mobilenet_v2_1.0_224", {"width=" + width, "resolution=" + resolution},
                 "tensorflow/mobilenet_v2_" + width + "_" + resolution);
    }
  }
  check_same("mobilenet_v2_1.0_224", {"width=1.3"}, "tensorflow/mobilenet_v2_1.3_224");
  check_same("mobilenet_v2_1.0_224", {"width=1.4"}, "tensorflow/mobilenet_v2_1.4_224");
}

TEST_CASE("MobileNetV1 has its published sizes at every width and resolution") {
  for (const std::string width : {"0.25", "0.5", "0.75"}) {
    for (const std::string resolution : {"128", "160", "192", "224"}) {
      check_same("mobilenet_v1_1.0_224", {"width=" + width, "resolution=" + resolution},
                 "tensorflow/mobilenet_v1_" + width + "_" + resolution);
    }
  }
  check_same("mobilenet_v1_1.0_224", {"resolution=192"}, "tensorflow/mobilenet_v1_1.0_192");
}

TEST_CASE("MobileNetV3 and MnasNet have their published sizes") {
  check_same("mobilenet_v3_large", {"width=0.75"}, "tensorflow/mobilenet_v3_large_0.75_224");
  check_same("mobilenet_v3_small", {"width=0.75"}, "tensorflow/mobilenet_v3_small_0.75_224");
  check_same("torchvision/mnasnet1_0", {"width=0.5"}, "torchvision/mnasnet0_5");
  check_same("torchvision/mnasnet1_0", {"width=0.75"}, "torchvision/mnasnet0_75");
  // torchvision's MnasNet keeps its last 1280 even where it gets wider.
  check_same("torchvision/mnasnet1_0", {"width={times: 1.3, keep: head}"},
             "torchvision/mnasnet1_3");
}

TEST_CASE("other classes and lengths are those of the networks that have them") {
  check_same("mobilenet_v2_1.0_224", {"classes=10"}, "mobilenet_v2_1.0_224_c10");
  check_same("mobilenet_v2_0.35_160_c10", {"classes=1000"}, "mobilenet_v2_0.35_160");
  check_same("squeezenet1_1", {"classes=5", "resolution=128"}, "st/squeezenet1_1_128_c5");
  check_same("bert_large_s384", {"sequence=512"}, "bert_large_s512");
  check_same("bert_large_s512", {"sequence=384"}, "bert_large_s384");
}

}  // namespace
}  // namespace roofbeam
