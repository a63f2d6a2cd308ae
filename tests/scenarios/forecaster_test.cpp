#include "scenarios/forecaster.hpp"

#include <doctest/doctest.h>

using namespace roofbeam;

TEST_CASE("what is stored in fp16 and calculated in fp32 is fp32 on a CPU and fp16 on a GPU") {
  Measurement row;
  row.precision = "fp16-storage/fp32-arith";
  Engine engine;
  engine.kind = EngineKind::cpu;
  CHECK(run_of(row, engine).precision == Precision::fp32);
  engine.kind = EngineKind::gpu;
  CHECK(run_of(row, engine).precision == Precision::fp16);
}
