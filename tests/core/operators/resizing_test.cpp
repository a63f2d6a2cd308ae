#include <doctest/doctest.h>

#include <limits>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

using Reals = std::vector<double>;

OneLayer pad(Shape x, Ints pads) {
  return {"Pad", {data(std::move(x)), constant_integers(std::move(pads))}};
}
OneLayer resize_by_scales(Shape x, Reals scales, std::vector<Attribute> attributes = {}) {
  return {"Resize",
          {data(std::move(x)), left_out(), constant_reals(std::move(scales))},
          std::move(attributes),
          18};
}
OneLayer resize_by_sizes(Shape x, Ints sizes, std::vector<Attribute> attributes = {}) {
  return {"Resize",
          {data(std::move(x)), left_out(), left_out(), constant_integers(std::move(sizes))},
          std::move(attributes),
          18};
}

}  // namespace

TEST_CASE("Pad adds at both ends, and crops where a pad is negative") {
  CHECK(shape_of(pad({2, 3}, {0, 1, 0, 2})) == "2x6");
  CHECK(shape_of(pad({2, 3}, {1, -1, 0, -2})) == "3x0");
  CHECK(shape_of({"Pad", {data({2, 3})}, {{"pads", Ints{1, 0, 1, 0}}}, 10}) == "4x3");
  const OneLayer one_axis{
      "Pad",
      {data({2, 3, 4}), constant_integers({1, 2}), left_out(), constant_integers({-1})},
      {},
      18};
  CHECK(shape_of(one_axis) == "2x3x7");
  CHECK(totals(infer_one(pad({2, 3}, {0, 1, 0, 2}))).parameters == 0);
  const std::string start = "layer 'it' (Pad): ";
  CHECK(complaint(pad({2, 3}, {1, 1, 1})) ==
        start + "3 pads do not match the 2 axes of input 0 'x' (2x3), two for each");
  CHECK(complaint(pad({2}, {-2, -1})) ==
        start + "its output tensor 'y' (-1) has a negative dimension");
  CHECK(complaint(pad({2}, {kMost, 0})) == start + "its dimensions add up to more than 2^63 - 1");
  CHECK(complaint({"Pad", {data({2}), data({2}, ElementType::i64)}}) ==
        start +
            "input 1 'w' (the pads) is not known before the network runs; its shape is unknown and "
            "it is not counted");
}

TEST_CASE("Resize takes scales, rounded down, or sizes") {
  CHECK(shape_of(resize_by_scales({1, 1, 3, 5}, {1, 1, 2, 0.5})) == "1x1x6x2");
  CHECK(shape_of(resize_by_sizes({1, 1, 3, 5}, {1, 1, 7, 2})) == "1x1x7x2");
  const Attribute axes{"axes", Ints{3, -2}};
  CHECK(shape_of(resize_by_scales({1, 1, 3, 5}, {2, 3}, {axes})) == "1x1x9x10");
  CHECK(shape_of(resize_by_sizes({1, 1, 3, 5}, {8, 9}, {axes})) == "1x1x9x8");
  const OneLayer at_10{"Resize", {data({1, 4}), constant_reals({1, 2.5})}, {}, 10};
  CHECK(shape_of(at_10) == "1x10");
  // Opset 11 has scales of no elements where sizes count.
  const OneLayer at_11{
      "Resize",
      {data({1, 4}), constant_reals({}), constant_reals({}), constant_integers({1, 7})},
      {},
      11};
  CHECK(shape_of(at_11) == "1x7");
  CHECK(totals(infer_one(at_10)).parameters == 0);
}

TEST_CASE("dimensions are scaled in 32 bits, as runtimes do") {
  // The float next to 5/3 is 1.66666663: 6 times that is a little less than 10, a float has 10.
  const auto five_thirds = static_cast<double>(5.0f / 3.0f);
  CHECK(shape_of(resize_by_scales({6}, {five_thirds})) == "10");
  CHECK(shape_of({"Upsample", {data({6})}, {{"scales", Reals{five_thirds}}}, 7}) == "10");
  // 2^24 - 1 is the last odd number that a float has.
  CHECK(shape_of(resize_by_scales({16777215}, {1})) == "16777215");
}

TEST_CASE("one scale for all axes keeps the aspect ratio") {
  const auto sized = [](const char* policy) {
    return resize_by_sizes({10, 20}, {20, 30}, {{"keep_aspect_ratio_policy", policy}});
  };
  CHECK(shape_of(sized("stretch")) == "20x30");
  CHECK(shape_of(sized("not_larger")) == "15x30");   // times 1.5
  CHECK(shape_of(sized("not_smaller")) == "20x40");  // times 2
  // Times 1.25, to the nearest: 3.75 becomes 4.
  CHECK(shape_of(resize_by_sizes({3, 4}, {100, 5}, {{"keep_aspect_ratio_policy", "not_larger"}})) ==
        "4x5");
  CHECK(complaint(sized("loose")) ==
        "layer 'it' (Resize): keep_aspect_ratio_policy is 'loose'; it must be stretch, not_larger "
        "or not_smaller");
}

TEST_CASE("interpolating counts a multiply and an add per neighbour") {
  const auto ops = [](const char* mode, Reals scales) {
    const Work counted = work(resize_by_scales({1, 1, 2, 2}, std::move(scales), {{"mode", mode}}));
    CHECK(counted.ops(VectorOp::add) == counted.ops(VectorOp::multiply));
    return counted.ops(VectorOp::add);
  };
  CHECK(ops("nearest", {1, 1, 2, 2}) == 0);
  CHECK(ops("linear", {1, 1, 2, 1}) == 8 * 2);
  CHECK(ops("linear", {1, 1, 2, 2}) == 16 * 4);
  CHECK(ops("cubic", {1, 1, 2, 2}) == 16 * 16);
}

TEST_CASE("antialiasing reads as many times more neighbours as the result is smaller") {
  const auto ops = [](std::int64_t antialias, Reals scales) {
    return work(resize_by_scales({1, 1, 8, 8}, std::move(scales),
                                 {{"mode", "linear"}, {"antialias", antialias}}))
        .ops(VectorOp::add);
  };
  CHECK(ops(0, {1, 1, 0.25, 0.5}) == 8 * 4);
  CHECK(ops(1, {1, 1, 0.25, 0.5}) == 8 * 4 * 4 * 2);
  CHECK(ops(1, {1, 1, 2, 2}) == 256 * 4);
}

TEST_CASE("with tf_crop_and_resize scales are of the region of interest") {
  const auto cropped = [](Given region, std::vector<Given> target) {
    OneLayer layer{"Resize",
                   {data({10, 20}), std::move(region)},
                   {{"coordinate_transformation_mode", "tf_crop_and_resize"}},
                   13};
    layer.inputs.insert(layer.inputs.end(), target.begin(), target.end());
    return layer;
  };
  const Given region = constant_reals({0.25, 0, 0.75, 0.5});
  CHECK(shape_of(cropped(region, {constant_reals({2, 2})})) == "10x20");
  CHECK(shape_of(cropped(region, {left_out(), constant_integers({3, 4})})) == "3x4");
  CHECK(complaint(cropped(constant_reals({0, 1}), {constant_reals({2, 2})})) ==
        "layer 'it' (Resize): 2 starts and ends of a region do not match 2 scales");
  CHECK(complaint(cropped(data({4}), {constant_reals({2, 2})})) ==
        "layer 'it' (Resize): input 1 'w' (the region of interest) is not known before the network "
        "runs; its shape is unknown and it is not counted");
}

TEST_CASE("a resize that cannot be says why") {
  const Attribute not_smaller{"keep_aspect_ratio_policy", "not_smaller"};
  const std::pair<OneLayer, std::string> rows[] = {
      {{"Resize", {data({2})}, {}, 18}, "it needs scales or sizes"},
      {resize_by_scales({2, 3}, {2}), "1 scales do not match the 2 axes of input 0 'x' (2x3)"},
      {resize_by_sizes({2, 3}, {2}), "1 sizes do not match the 2 axes of input 0 'x' (2x3)"},
      {resize_by_scales({2}, {0}), "cannot scale 2 by 0"},
      {resize_by_scales({2}, {-1}), "cannot scale 2 by -1"},
      {resize_by_scales({2}, {1e30}), "cannot scale 2 by 1e+30"},
      {resize_by_scales({2}, {1e300}), "cannot scale 2 by 1e+300"},  // no float
      {resize_by_scales({2}, {std::numeric_limits<double>::quiet_NaN()}), "cannot scale 2 by nan"},
      {resize_by_sizes({4, 1}, {1, std::int64_t{1} << 62}, {not_smaller}),
       "cannot scale 4 by 4.611686018427388e+18"},
      {resize_by_sizes({0}, {1}, {not_smaller}), "cannot keep the aspect ratio of an empty input"},
      {resize_by_sizes({2}, {-1}), "its output tensor 'y' (-1) has a negative dimension"},
      {{"Resize", {data({2}), left_out(), data({1})}, {}, 18},
       "input 2 'b' (the scales) is not known before the network runs; its shape is unknown "
       "and it is not counted"},
  };
  for (const auto& [layer, text] : rows) CHECK(complaint(layer) == "layer 'it' (Resize): " + text);
}

TEST_CASE("Upsample has scales as an attribute, from opset 9 on as input 1") {
  CHECK(shape_of({"Upsample", {data({1, 3})}, {{"scales", Reals{1, 2}}}, 7}) == "1x6");
  CHECK(shape_of({"Upsample", {data({1, 3}), constant_reals({1, 2})}, {}, 9}) == "1x6");
  CHECK(complaint({"Upsample", {data({1, 3})}, {}, 7}) == "layer 'it' (Upsample): it needs scales");
}

}  // namespace roofbeam
