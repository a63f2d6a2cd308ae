#include "reports/csv.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "reports/predict_csv.hpp"
#include "tests/reports/sample.hpp"

using namespace roofbeam;

TEST_CASE("cells are quoted where RFC 4180 asks for it, and only there") {
  CHECK(csv_line({"plain", "two words", ""}) == "plain,two words,\r\n");
  CHECK(csv_line({"a,b", "say \"so\"", "two\nlines"}) ==
        "\"a,b\",\"say \"\"so\"\"\",\"two\nlines\"\r\n");
}

TEST_CASE("numbers have the digits they need") {
  CHECK(csv_number(0.1) == "0.1");
  CHECK(csv_number(1e-9) == "1e-09");
  CHECK(csv_number(0.1 + 0.2) == "0.30000000000000004");
  CHECK(csv_number(std::nan("")).empty());
}

TEST_CASE("the CSV of a prediction has a row per layer") {
  CHECK(predict_csv({sample_prediction()}) ==
        "network,platform,engine,runtime,precision,batch,threads,layer,op,algorithm,macs,"
        "weights_bytes,latency_s,latency_low_80_s,latency_high_80_s,compute_s,overhead_s,energy_j,"
        "energy_operations_j,"
        "energy_traffic_j,energy_power_j,bound,tile_use,cores_used,L1_bytes,L1_time_s,DRAM_bytes,"
        "DRAM_time_s\r\n"
        "tiny,board,cpu,ncnn,int8,1,1,first,Conv+Clip,gemm,1000000,1024,0.001,0.001,0.001,0.001,0,"
        "0.001,0.001,"
        "0,0,compute,1,1,4096,0.0001,2048,0.0002\r\n"
        "tiny,board,cpu,ncnn,int8,1,1,\"second, "
        "\"\"last\"\"\",Gemm,gemm,1000000,1024,0.003,0.003,0.003,0.003,"
        "0,0.001,0.001,0,0,compute,1,1,4096,0.0001,2048,0.0002\r\n");
}

TEST_CASE("levels that a platform does not have are empty cells") {
  Prediction other = sample_prediction();
  other.levels = {"DTCM", "DRAM"};
  const std::string text = predict_csv({sample_prediction(), other});
  CHECK(text.find("L1_bytes,L1_time_s,DRAM_bytes,DRAM_time_s,DTCM_bytes,DTCM_time_s\r\n") !=
        text.npos);
  CHECK(text.find("1,1,,,2048,0.0002,4096,0.0001\r\n") != text.npos);
}
