#include "scenarios/layer_match.hpp"

#include <doctest/doctest.h>

namespace roofbeam {
namespace {

LayerPrediction layer(const std::string& name, const std::string& op, double macs) {
  LayerPrediction made;
  made.name = name;
  made.op = op;
  made.macs = macs;
  return made;
}

using Pairs = std::vector<LayerPair>;

TEST_CASE("equal networks match layer by layer") {
  const std::vector<LayerPrediction> net = {layer("a", "Conv", 10), layer("b", "Conv", 10),
                                            layer("c", "Relu", 0)};
  CHECK(match_layers(net, net) == Pairs{{0, 0}, {1, 1}, {2, 2}});
  CHECK(match_layers({}, {}).empty());
  CHECK(match_layers(net, {}) == Pairs{{0, {}}, {1, {}}, {2, {}}});
}

TEST_CASE("a new layer does not set off the numbers behind it") {
  const std::vector<LayerPrediction> a = {layer("Conv_1", "Conv", 10), layer("Conv_2", "Conv", 20),
                                          layer("Conv_3", "Conv", 30)};
  const std::vector<LayerPrediction> b = {layer("Conv_1", "Conv", 10), layer("Conv_2", "Conv", 99),
                                          layer("Conv_3", "Conv", 20), layer("Conv_4", "Conv", 30)};
  CHECK(match_layers(a, b) == Pairs{{0, 0}, {{}, 1}, {1, 2}, {2, 3}});
  CHECK(match_layers(b, a) == Pairs{{0, 0}, {1, {}}, {2, 1}, {3, 2}});
}

TEST_CASE("other widths are matched by name") {
  const std::vector<LayerPrediction> a = {layer("x", "Conv+Clip", 10), layer("y", "Conv", 20)};
  const std::vector<LayerPrediction> b = {layer("x", "Conv", 5), layer("y", "Conv", 10)};
  CHECK(match_layers(a, b) == Pairs{{0, 0}, {1, 1}});
}

TEST_CASE("another operator is another layer, whatever its name") {
  CHECK(match_layers({layer("x", "Conv", 10)}, {layer("x", "Gemm", 10)}) ==
        Pairs{{0, {}}, {{}, 0}});
}

TEST_CASE("a layer that moved is found by its name") {
  const std::vector<LayerPrediction> a = {layer("x", "Relu", 0), layer("y", "Conv", 20),
                                          layer("z", "Conv", 30)};
  const std::vector<LayerPrediction> b = {layer("y", "Conv", 20), layer("z", "Conv", 30),
                                          layer("x", "Relu", 0)};
  CHECK(match_layers(a, b) == Pairs{{1, 0}, {2, 1}, {0, 2}});
}

}  // namespace
}  // namespace roofbeam
