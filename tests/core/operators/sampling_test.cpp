#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

OneLayer with(OneLayer layer, std::size_t i, Given given) {
  layer.inputs.at(i) = std::move(given);
  return layer;
}

OneLayer grid_sample(Shape image, Shape grid, std::vector<Attribute> attributes = {},
                     int opset = 20) {
  return {
      "GridSample", {data(std::move(image)), data(std::move(grid))}, std::move(attributes), opset};
}

OneLayer affine_grid(Shape theta, Ints size) {
  return {"AffineGrid", {data(std::move(theta)), constant_integers(std::move(size))}, {}, 20};
}

// 7 regions of images of 3 channels, 10x8.
OneLayer roi_align(std::vector<Attribute> attributes) {
  return {"RoiAlign",
          {data({2, 3, 10, 8}), data({7, 4}), data({7}, ElementType::i64)},
          std::move(attributes)};
}

OneLayer roi_pool(std::vector<Attribute> attributes, Shape rois = {7, 5}) {
  return {"MaxRoiPool", {data({2, 3, 10, 8}), data(std::move(rois))}, std::move(attributes)};
}

OneLayer col2im(Shape columns, Ints image, Ints block, std::vector<Attribute> attributes = {}) {
  return {"Col2Im",
          {data(std::move(columns)), constant_integers(std::move(image)),
           constant_integers(std::move(block))},
          std::move(attributes),
          18};
}

OneLayer crop(Ints sizes, std::vector<Attribute> attributes = {}) {
  return {"CenterCropPad",
          {data({20, 10, 3}), constant_integers(std::move(sizes))},
          std::move(attributes),
          18};
}

}  // namespace

TEST_CASE("a grid sample has the image's channels at the places of the grid") {
  CHECK(shape_of(grid_sample({2, 3, 10, 8}, {2, 5, 6, 2})) == "2x3x5x6");
  CHECK(shape_of(grid_sample({2, 3, 4, 10, 8}, {2, 7, 5, 6, 3})) == "2x3x7x5x6");
}

TEST_CASE("an interpolation reads two or four neighbours along each dimension") {
  // 2x5x6 places of two coordinates, 180 results.
  const auto adds = [](std::vector<Attribute> attributes, int opset) {
    return work(grid_sample({2, 3, 10, 8}, {2, 5, 6, 2}, std::move(attributes), opset))
        .ops(VectorOp::add);
  };
  CHECK(adds({}, 20) == 120 + 180 * 4);
  CHECK(adds({}, 16) == 120 + 180 * 4);
  CHECK(adds({{"mode", "bicubic"}}, 16) == 120 + 180 * 16);
  CHECK(adds({{"mode", "nearest"}}, 20) == 120);
  const Work volume = work(grid_sample({1, 1, 4, 4, 4}, {1, 2, 2, 2, 3}));
  CHECK(volume.ops(VectorOp::multiply) == 24 + 8 * 8);
}

TEST_CASE("an affine grid is each place times its matrix") {
  CHECK(shape_of(affine_grid({2, 2, 3}, {2, 3, 5, 6})) == "2x5x6x2");
  CHECK(shape_of(affine_grid({2, 3, 4}, {2, 3, 4, 5, 6})) == "2x4x5x6x3");
  CHECK(work(affine_grid({2, 2, 3}, {2, 3, 5, 6})).macs == 2 * 30 * 2 * 3);
}

TEST_CASE("regions are sampled, or at most the whole image is") {
  const std::vector<Attribute> two = {
      {"output_height", 5}, {"output_width", 4}, {"sampling_ratio", 2}};
  CHECK(shape_of(roi_align(two)) == "7x3x5x4");
  CHECK(work(roi_align(two)).ops(VectorOp::multiply) == 420 * 4 * 2 * 2);
  CHECK(work(roi_align(two)).ops(VectorOp::add) == 420 * 4 * 2 * 2);
  const Work adaptive = work(roi_align({{"output_height", 4}, {"mode", "max"}}));
  CHECK(adaptive.ops(VectorOp::compare) == 7 * 3 * 4 * 4 * 3 * 8);  // ceil(10 / 4) rows, 8 columns
  CHECK(shape_of(roi_pool({{"pooled_shape", Ints{5, 4}}})) == "7x3x5x4");
  CHECK(work(roi_pool({{"pooled_shape", Ints{5, 4}}})).ops(VectorOp::compare) == 7 * 3 * 80);
}

TEST_CASE("blocks are added up to an image") {
  CHECK(shape_of(col2im({1, 5, 5}, {5, 5}, {1, 5})) == "1x1x5x5");
  // 3 rows by 3 columns of blocks: (5 - 1) / 2 + 1 and (5 + 2 - 5) / 1 + 1.
  const std::vector<Attribute> sparse = {{"pads", Ints{0, 1, 0, 1}}, {"strides", Ints{2, 1}}};
  CHECK(shape_of(col2im({1, 10, 9}, {5, 5}, {1, 5}, sparse)) == "1x2x5x5");
  CHECK(work(col2im({1, 5, 5}, {5, 5}, {1, 5})).ops(VectorOp::add) == 25);
}

TEST_CASE("a crop changes the named dimensions only") {
  CHECK(shape_of(crop({10, 7, 3})) == "10x7x3");
  CHECK(shape_of(crop({25}, {{"axes", Ints{-2}}})) == "20x25x3");
}

TEST_CASE("the size of an encoded image is known when the network runs") {
  const OneLayer decoder{"ImageDecoder", {data({100}, ElementType::u8)}, {}, 20};
  CHECK(state(decoder) == LayerState::not_shaped);
  Network stated = network_of(decoder);
  stated.tensor(stated.outputs().at(0)).shape = Shape{4, 5, 3};
  stated = infer(std::move(stated));
  CHECK(stated.layers().at(0).work.ops(VectorOp::multiply) == 120);
}

TEST_CASE("samples that contradict their inputs say so") {
  const std::pair<OneLayer, std::string> rows[] = {
      {grid_sample({2, 3, 10, 8}, {2, 5, 6, 3}),
       "input 1 'w' (2x5x6x3) does not fit input 0 'x' (2x3x10x8): it must be 2, the sizes of the "
       "result, 2"},
      {grid_sample({2, 3, 10, 8}, {2, 5, 6, 2}, {{"mode", "best"}}),
       "mode is 'best'; it must be linear, cubic or nearest"},
      {affine_grid({2, 3, 3}, {2, 3, 5, 6}),
       "input 0 'x' (2x3x3) does not fit the size 2x3x5x6: it must be Nx2x3 for NxCxHxW or Nx3x4 "
       "for NxCxDxHxW"},
      {affine_grid({2, 2, 3}, {}),
       "input 0 'x' (2x2x3) does not fit the size scalar: it must be Nx2x3 for NxCxHxW or Nx3x4 "
       "for NxCxDxHxW"},
      {roi_align({{"output_width", 0}}), "output_width is 0; it must be at least 1"},
      {roi_align({{"sampling_ratio", -1}}), "sampling_ratio is -1; it must not be negative"},
      {with(roi_align({}), 2, data({6}, ElementType::i64)),
       "input 2 'b' (6) must be 7, because there are 7 regions"},
      {roi_pool({}), "pooled_shape must be two positive sizes, not scalar"},
      {roi_pool({{"pooled_shape", Ints{5, 4}}}, {7, 4}),
       "input 1 'w' (7x4) must be regions of 5 numbers each"},
      {col2im({1, 5, 6}, {5, 5}, {1, 5}),
       "input 0 'x' (1x5x6) must be batch, channels times the 5 elements of a block, 5 blocks"},
      {col2im({1, 5, 5}, {5, 5}, {1}),
       "the image 5x5 and the block 1 must have as many sizes, all positive"},
      {col2im({1, 5, 5}, {5, 5}, {1, 6}),
       "a block of 6 reaches over 6 elements, dimension 1 of the padded image has 5"},
      {crop({10, 7}), "2 sizes do not match the 3 axes of input 0 'x' (20x10x3)"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (" + layer.op + "): " + text);
  }
}

}  // namespace roofbeam
