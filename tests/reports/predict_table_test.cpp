#include "reports/predict_table.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "core/input_error.hpp"
#include "tests/reports/sample.hpp"

using namespace roofbeam;

TEST_CASE("the whole table of a prediction") {
  CHECK(predict_document({sample_prediction()}).text() ==
        "tiny: 2.00 M MACs, 2.05 k parameters, batch 1\n"
        "\n"
        "platform  engine  runtime  prec.  cores  latency  80 % between   energy  bound by\n"
        "board     cpu     ncnn     int8       1  4.00 ms  3.52–4.55 ms  4.00 mJ  compute 75 %\n"
        "\n"
        "platform  peak memory  activations                weights                    fits\n"
        "board        6.00 KiB  4.00 KiB of 2.00 KiB DRAM  2.00 KiB of 2.00 KiB DRAM  no\n"
        "\n"
        "Does not fit:\n"
        "  board: activations need 4.00 KiB, DRAM has 2.00 KiB\n"
        "\n"
        "Costliest layers on board (2 of 2, 100 % of the latency)\n"
        "\n"
        "layer           operators  kernel    MACs  latency  share   energy  bound by\n"
        "second, \"last\"  Gemm       gemm    1.00 M  3.00 ms   75 %  1.00 mJ  compute\n"
        "first           Conv+Clip  gemm    1.00 M  1.00 ms   25 %  1.00 mJ  compute\n"
        "\n"
        "Assumed for board\n"
        "\n"
        "  1. no launch cost\n"
        "\n"
        "Not modelled, not in any figure: com.acme.Twist (2)\n");
}

TEST_CASE("as many layers as asked for, of the platform asked for") {
  Prediction other = sample_prediction();
  other.platform = "other";
  PredictTableOptions options;
  options.top = 1;
  options.layers_of = "other";
  const std::string text = predict_document({sample_prediction(), other}, options).text();
  CHECK(text.find("Costliest layers on other (1 of 2, 75 % of the latency)") != text.npos);
  options.top = 0;
  CHECK(predict_document({other}, options).text().find("Costliest") == std::string::npos);
}

TEST_CASE("a platform without a prediction has no layers to show") {
  PredictTableOptions options;
  options.layers_of = "bord";
  CHECK_THROWS_WITH_AS(static_cast<void>(predict_document({sample_prediction()}, options).text()),
                       "no layers of 'bord' to show: the predictions are for board", InputError);
}

TEST_CASE("what takes no time has no power and no shares") {
  Prediction p = sample_prediction();
  p.latency = Seconds{};
  p.layers.clear();
  const std::string text = predict_document({p}).text();
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("inf") == std::string::npos);
}

TEST_CASE("no line is wider than 100 columns, whatever the names") {
  Prediction p = sample_prediction();
  p.platform = std::string(200, 'p');
  p.runtime = std::string(200, 'r');
  p.layers[0].name = std::string(300, 'n');
  p.layers[0].op = std::string(300, 'o');
  p.fits_reason = "one two three four five six seven eight nine ten eleven twelve thirteen";
  p.platform = "board";
  std::istringstream lines(predict_document({p}).text());
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 100);
}

TEST_CASE("the same tables as Markdown") {
  CHECK(
      predict_document({sample_prediction()})
          .markdown()
          .find(
              "| second, \"last\" | Gemm | gemm | 1.00 M | 3.00 ms | 75 % | 1.00 mJ | compute |") !=
      std::string::npos);
}
