#include "reports/inspection.hpp"

#include <doctest/doctest.h>
#include <algorithm>

#include "core/onnx/import.hpp"
#include "reports/inspect_csv.hpp"
#include "reports/inspect_table.hpp"

using namespace roofbeam;

namespace {

Inspection inspect_file(const std::string& name) {
  return inspect(onnx::import(ROOFBEAM_SOURCE_DIR "/tests/data/" + name));
}

}  // namespace

TEST_CASE("a matrix of 4 by 8 on one row: 32 MACs, all on the critical path") {
  const Inspection inspection = inspect_file("gemm_relu.onnx");
  CHECK(inspection.totals.macs == 32);
  CHECK(inspection.flops == 64);
  CHECK(inspection.totals.parameters == 32);
  CHECK(inspection.critical_path_macs == 32);
  CHECK(inspection.critical_path == std::vector<std::string>{"gemm"});
  REQUIRE(inspection.layers.size() == 2);
  CHECK(inspection.layers[0].macs == 32);
  CHECK(inspection.layers[0].output_shape == Shape{1, 8});
  CHECK_FALSE(inspection.layers[0].rule.empty());
}

TEST_CASE("unknown operators are rows too, without a rule") {
  const Inspection inspection = inspect_file("unknown_operators.onnx");
  REQUIRE(inspection.layers.size() == 4);
  CHECK(inspection.layers[1].op == "com.acme.Twist");
  CHECK(inspection.layers[1].rule.empty());
  CHECK(to_text(inspection.layers[1].state) == "not modelled");
  CHECK_FALSE(inspection.layers[1].macs);  // unknown, not zero
  CHECK(inspection.layers[0].macs == 0);   // known to be none
  CHECK(inspect_document(inspection)
            .text()
            .find("Not modelled, not in any figure: com.acme.Twist (") != std::string::npos);
}

TEST_CASE("CSV has a header and a row per layer") {
  const std::string text = inspect_csv(inspect_file("gemm_relu.onnx"));
  CHECK(text.starts_with(
      "network,layer,op,output_shape,precision,repeat,macs,add_ops,multiply_ops,divide_ops,"
      "compare_ops,square_root_ops,exponential_ops,bytes_read,bytes_written,parameters,"
      "weights_bytes,state,rule\r\n"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
}
