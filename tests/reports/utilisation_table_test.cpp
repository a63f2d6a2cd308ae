#include "reports/utilisation_table.hpp"

#include <doctest/doctest.h>

#include "reports/predict_table.hpp"
#include "tests/reports/sample.hpp"

using namespace roofbeam;

namespace {

// 4 KiB of 16 KiB; caches serve 75 %, DRAM is used by 12 %.
Prediction used() {
  Prediction p = sample_prediction();
  p.unpooled = Bytes::from_si(16384);
  p.utilisation = {0.251, 0.75, {0.02, 0.12}};
  return p;
}

std::string text_of(const std::vector<Prediction>& predictions) {
  Document document;
  add_utilisation(document, predictions);
  return document.text();
}

}  // namespace

TEST_CASE("the whole of what is said of use, pooling and a cold start") {
  Prediction loads = used();
  loads.platform = "console";
  loads.loading = Loading{"NVMe", Seconds::from_si(0.003), Seconds::from_si(0.007),
                          Seconds::from_si(0.005), Bytes::from_si(5120)};
  CHECK(text_of({used(), loads}) ==
        "Use of the engines: shares of their peaks, and of the energy\n"
        "\n"
        "platform  SIMD  caches  bandwidth   energy  operations  traffic  power\n"
        "board     25 %    75 %  DRAM 12 %  4.00 mJ        25 %     50 %   25 %\n"
        "console   25 %    75 %  DRAM 12 %  4.00 mJ        25 %     50 %   25 %\n"
        "\n"
        "Activations in one arena, or each in a place of its own\n"
        "\n"
        "platform  one arena  a place for each  saved\n"
        "board      4.00 KiB          16.0 KiB   75 %\n"
        "console    4.00 KiB          16.0 KiB   75 %\n"
        "\n"
        "Cold start: weights from storage, all first or each call's as it is due\n"
        "\n"
        "platform  storage     load  first result  by sections       RAM  by sections\n"
        "console   NVMe     3.00 ms       7.00 ms      5.00 ms  6.00 KiB     5.00 KiB\n");
}

TEST_CASE("without storage nothing is said of a cold start") {
  CHECK(text_of({used()}).find("Cold start") == std::string::npos);
}

TEST_CASE("what there is not is a dash, never a share of nothing") {
  Prediction p = used();
  p.utilisation.caches.reset();
  p.energy = {};
  p.arena = p.unpooled = Bytes{};
  CHECK(text_of({p}) ==
        "Use of the engines: shares of their peaks, and of the energy\n"
        "\n"
        "platform  SIMD  caches  bandwidth  energy  operations  traffic  power\n"
        "board     25 %       –  DRAM 12 %     0 J           –        –      –\n"
        "\n"
        "Activations in one arena, or each in a place of its own\n"
        "\n"
        "platform  one arena  a place for each  saved\n"
        "board           0 B               0 B    0 %\n");
}

TEST_CASE("of two memories the one whose bandwidth is used more is shown") {
  Prediction p = used();
  p.levels = {"SRAM", "flash"};
  p.activations_in.level = "SRAM";
  p.weights_in.level = "flash";
  CHECK(text_of({p}).find("flash 12 %") != std::string::npos);
  p.utilisation.levels = {0.12, 0.02};
  CHECK(text_of({p}).find("SRAM 12 %") != std::string::npos);
}

TEST_CASE("nothing is said of no predictions") { CHECK(text_of({}).empty()); }

TEST_CASE("a forecast's table has it when asked for") {
  PredictTableOptions options;
  CHECK(predict_document({used()}, options).text().find("Use of the engines") == std::string::npos);
  options.utilisation = true;
  CHECK(predict_document({used()}, options).text().find("Use of the engines") != std::string::npos);
}
