#include "scenarios/threshold.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

using testing::message_of;

LayerPrediction layer(const std::string& name, double ms) {
  LayerPrediction made;
  made.name = name;
  made.op = name == "fresh" ? "Gemm" : "Conv";
  made.latency = Seconds::from_si(ms / 1e3);
  return made;
}

Prediction prediction(std::vector<LayerPrediction> layers) {
  Prediction made;
  made.layers = std::move(layers);
  for (const auto& one : made.layers) made.latency += one.latency;
  made.energy.power = Joules::from_si(1);
  return made;
}

// 10 ms become 10.5: one layer is slower by 30 %, one new, one gone.
Comparison sample() {
  return compare(prediction({layer("first", 2), layer("second", 5), layer("gone", 3)}),
                 prediction({layer("first", 2.6), layer("second", 5), layer("fresh", 2.9)}));
}

std::string why(const std::string& threshold) {
  return failure(parse_threshold(threshold), sample());
}

TEST_CASE("a bound is a share, a change or a value, by its sign") {
  CHECK(parse_threshold("latency > +5 %").kind == Threshold::Kind::share);
  CHECK(parse_threshold("latency > +5 %").bound == doctest::Approx(0.05));
  CHECK(parse_threshold("latency > -5%").bound == doctest::Approx(-0.05));
  CHECK(parse_threshold("latency >= +2 ms").kind == Threshold::Kind::change);
  CHECK(parse_threshold("memory>64 MiB").kind == Threshold::Kind::value);
  CHECK(parse_threshold("memory>64 MiB").bound == 64.0 * 1024 * 1024);
  CHECK(parse_threshold("throughput < 30").relation == Relation::less);
  CHECK(parse_threshold("layer latency > +20 %").layer);
}

TEST_CASE("totals fail on the far side of the bound only") {
  CHECK(why("latency > +5.1 %").empty());
  CHECK(why("latency > +4.9 %") == "latency > +4.9 %: it went from 10.0 ms to 10.5 ms, +5.0 %");
  CHECK(why("latency > +0.6 ms").empty());
  CHECK(why("latency > +0.4 ms") == "latency > +0.4 ms: it went from 10.0 ms to 10.5 ms, +5.0 %");
  CHECK(why("latency > 10.6 ms").empty());
  CHECK(why("latency > 10.4 ms") == "latency > 10.4 ms: it went from 10.0 ms to 10.5 ms, +5.0 %");
  CHECK(why("throughput < -4 %") == "throughput < -4 %: it went from 100/s to 95/s, -4.8 %");
  CHECK(why("energy > +0 %").empty());
}

TEST_CASE("layers fail by the worst of them; new ones have no change") {
  CHECK(why("layer latency > +31 %").empty());
  CHECK(why("layer latency > +29 %") ==
        "layer latency > +29 %: first went from 2.00 ms to 2.60 ms, +30.0 %");
  CHECK(why("layer latency > 2.8 ms") ==
        "layer latency > 2.8 ms: 2 layers, the most fresh, which went new, 2.90 ms");
}

TEST_CASE("what is wrong with a bound is told") {
  const auto said = [](const char* text) {
    return message_of([&] { static_cast<void>(parse_threshold(text)); });
  };
  CHECK(said("latency") ==
        "--fail-on 'latency': expected METRIC > CHANGE, such as latency > +5 %, "
        "or METRIC > VALUE");
  CHECK(said("latency > 5 %") == "--fail-on 'latency > 5 %': a share needs a sign: +5 % or -5 %");
  CHECK(said("latncy > +5 %") ==
        "--fail-on 'latncy > +5 %': there is no 'latncy', there are latency, energy, memory, size, "
        "power, throughput, macs, parameters, arena; did you mean 'latency'?");
  CHECK(said("layer memory > +5 %") ==
        "--fail-on 'layer memory > +5 %': there is no 'memory' of layers, there are latency, "
        "energy, size, macs");
  CHECK(said("latency > 5 parsecs")
            .starts_with("--fail-on 'latency > 5 parsecs': latency: '5 parsecs' is not a time"));
}

}  // namespace
}  // namespace roofbeam
