#include "core/rewrites/architecture.hpp"

#include <doctest/doctest.h>

#include "tests/core/rewrites/traced.hpp"

namespace roofbeam {
namespace {

// x -> stem of 8 -> `wide` channels -> depthwise -> `narrow` channels -> output of 10
struct Block {
  Picture p;
  TensorId stem;
  TensorId wide;
  TensorId deep;
  TensorId narrow;
  TensorId y;

  Block(std::int64_t inside, std::int64_t outside, std::int64_t kernel = 1)
      : stem(p.conv("stem", 8)),
        wide(p.sketch.add("wide", "Conv", {stem, p.sketch.weight({inside, 8, kernel, kernel})})),
        deep(p.sketch.add("deep", "Conv", {wide, p.sketch.weight({inside, 1, 1, 1})},
                          {{"group", inside}})),
        narrow(p.sketch.add("narrow", "Conv", {deep, p.sketch.weight({outside, inside, 1, 1})})),
        y(p.sketch.add("y", "Conv", {narrow, p.sketch.weight({10, outside, 2, 2})})) {}

  [[nodiscard]] std::size_t expansions() const {
    const auto network = p.sketch.build({y});
    return recognise(network, trace_channels(network)).expanded_from.size();
  }
};

// A classifier of 10 on `head` channels, made from what `before` makes of a stem of 8.
std::size_t features(const std::string& before, std::int64_t head) {
  Picture p;
  auto at = p.conv("stem", 8);
  if (before == "GlobalAveragePool" || before == "Relu") at = p.sketch.add("b", before, {at});
  at = p.sketch.add("head", "Conv", {at, p.sketch.weight({head, 8, 1, 1})});
  if (before != "GlobalAveragePool") at = p.sketch.add("pool", "GlobalAveragePool", {at});
  at = p.sketch.add("flat", "Flatten", {at});
  const auto y = p.sketch.add("y", "Gemm", {at, p.sketch.weight({head, 10})});
  const auto network = p.sketch.build({y});
  return recognise(network, trace_channels(network)).features.size();
}

TEST_CASE("an expansion makes more channels, which pass one by one and become fewer") {
  CHECK(Block(9, 8).expansions() == 1);
  CHECK(Block(8, 7).expansions() == 0);     // not more than the stem's 8
  CHECK(Block(9, 9).expansions() == 0);     // not fewer afterwards
  CHECK(Block(9, 8, 3).expansions() == 0);  // not a position at a time
}

TEST_CASE("a gate reads pooled channels and leads back to them") {
  const auto gates = [](bool pooled, bool back) {
    Picture p;
    const auto c = p.conv("c", 8);
    const auto in = pooled ? p.sketch.add("pool", "GlobalAveragePool", {c}) : c;
    const auto less = p.sketch.add("less", "Conv", {in, p.sketch.weight({2, 8, 1, 1})});
    const auto more = p.sketch.add("more", "Conv", {less, p.sketch.weight({8, 2, 1, 1})});
    const auto end = back ? p.sketch.add("gated", "Mul", {c, more}) : more;
    const auto y = p.sketch.add("y", "Conv", {end, p.sketch.weight({10, 8, 1, 1})});
    const auto network = p.sketch.build({y});
    return recognise(network, trace_channels(network)).squeezed_from.size();
  };
  CHECK(gates(true, true) == 1);
  CHECK(gates(false, true) == 0);
  CHECK(gates(true, false) == 0);
}

TEST_CASE("features come from a linear bottleneck that widens, or from pooled channels") {
  CHECK(features("", 16) == 1);
  CHECK(features("", 8) == 0);  // no wider than what it reads
  CHECK(features("Relu", 16) == 0);
  CHECK(features("GlobalAveragePool", 16) == 1);
  CHECK(features("GlobalAveragePool", 4) == 1);
}

}  // namespace
}  // namespace roofbeam
