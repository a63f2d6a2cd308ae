#include <doctest/doctest.h>

#include <limits>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

OneLayer concat(std::vector<Given> inputs, std::int64_t axis) {
  return {"Concat", std::move(inputs), {{"axis", axis}}};
}
OneLayer split(Given x, std::size_t outputs, std::vector<Attribute> attributes = {}) {
  return {"Split", {std::move(x)}, std::move(attributes), 18, outputs};
}
OneLayer split_by_input(Given x, Ints parts, std::size_t outputs) {
  return {"Split", {std::move(x), constant_integers(std::move(parts))}, {}, 13, outputs};
}
OneLayer transpose(Given x, std::vector<Attribute> attributes = {}) {
  return {"Transpose", {std::move(x)}, std::move(attributes)};
}
OneLayer by_integers(std::string op, Given x, Ints integers) {
  return {std::move(op), {std::move(x), constant_integers(std::move(integers))}};
}
OneLayer gather(Given x, Given indices, std::int64_t axis = 0) {
  return {"Gather", {std::move(x), std::move(indices)}, {{"axis", axis}}};
}
OneLayer gather_nd(Shape x, Shape indices, std::int64_t batch_dims = 0) {
  return {"GatherND",
          {data(std::move(x)), data(std::move(indices), ElementType::i64)},
          {{"batch_dims", batch_dims}}};
}
OneLayer blocks(std::string op, Shape x, std::int64_t blocksize) {
  return {std::move(op), {data(std::move(x))}, {{"blocksize", blocksize}}};
}

}  // namespace

TEST_CASE("moving elements is modelled, and computes nothing") {
  const OneLayer rows[] = {
      concat({data({2}), data({3})}, 0),
      split(data({4}), 2),
      transpose(data({2, 3})),
      by_integers("Expand", data({1}), {3}),
      by_integers("Tile", data({2}), {3}),
      gather(data({9, 4}), data({2}, ElementType::i64)),
      gather_nd({2, 3}, {5, 2}),
      blocks("DepthToSpace", {1, 4, 2, 2}, 2),
  };
  for (const OneLayer& layer : rows) {
    CAPTURE(layer.op);
    CHECK(state(layer) == LayerState::modelled);
    CHECK(work(layer).macs == 0);
    for (const double count : work(layer).vector_ops) CHECK(count == 0);
  }
}

TEST_CASE("Concat adds up one dimension; the others agree") {
  CHECK(shape_of(concat({data({2, 3}), data({2, 4}), data({2, 0})}, 1)) == "2x7");
  CHECK(shape_of(concat({data({2, 3}), data({4, 3})}, -2)) == "6x3");
  CHECK(known_integers(concat({constant_integers({1, 2}), constant_integers({3})}, 0)) ==
        Ints{1, 2, 3});
  CHECK(known_reals(concat({constant_reals({1, 2}), constant_reals({0.5})}, 0)) ==
        std::vector<double>{1, 2, 0.5});
  const Given half = constant_integers(Ints(2048, 1));
  CHECK(known_integers(concat({half, half}, 0)) == Ints(4096, 1));
  CHECK(known_integers(concat({half, half, constant_integers({1})}, 0)) == std::nullopt);
  CHECK(totals(infer_one(concat({weight({1, 8}), data({4, 8})}, 0))).parameters == 8);
  const std::string start = "layer 'it' (Concat): ";
  CHECK(complaint(concat({data({2, 3}), data({3, 3})}, 1)) ==
        start +
            "cannot join input 0 'x' (2x3) and input 1 'w' (3x3) along axis 1: the other "
            "dimensions differ");
  CHECK(complaint(concat({data({2, 3}), data({2})}, 0)) ==
        start +
            "cannot join input 0 'x' (2x3) and input 1 'w' (2) along axis 0: the other "
            "dimensions differ");
  CHECK(complaint(concat({data({2})}, 1)) ==
        start + "axis 1 lies outside a tensor of 1 dimensions; it may be -1 to 0");
  CHECK(complaint(concat({data({2}), left_out()}, 0)) ==
        start + "input 1 is required but left out");
}

TEST_CASE("Split gives stated parts, or equal ones of which the last may be smaller") {
  const auto parts = [](const OneLayer& layer, std::size_t axis) {
    Ints found;
    for (std::size_t i = 0; i < layer.outputs; ++i) found.push_back(output_shape(layer, i)[axis]);
    return found;
  };
  CHECK(parts(split(data({6, 2}), 3), 0) == Ints{2, 2, 2});
  CHECK(parts(split(data({2, 6}), 2, {{"axis", -1}}), 1) == Ints{3, 3});
  CHECK(parts(split(data({7}), 3, {{"num_outputs", 3}}), 0) == Ints{3, 3, 1});
  CHECK(parts(split(data({2}), 4, {{"num_outputs", 4}}), 0) == Ints{1, 1, 0, 0});
  CHECK(parts(split(data({6}), 2, {{"split", Ints{4, 2}}}), 0) == Ints{4, 2});
  CHECK(parts(split_by_input(data({6}), {6, 0}, 2), 0) == Ints{6, 0});
  const OneLayer known = split_by_input(constant_integers({1, 2, 3}), {1, 2}, 2);
  CHECK(known_integers(known, 0) == Ints{1});
  CHECK(known_integers(known, 1) == Ints{2, 3});
}

TEST_CASE("a split that cannot be says why") {
  const std::pair<OneLayer, std::string> rows[] = {
      {split(data({7}), 3), "7 do not divide into 3 equal parts"},
      {split(data({6}), 2, {{"num_outputs", 3}}), "it has 2 outputs, but num_outputs is 3"},
      {split(data({6}), 2, {{"num_outputs", 0}}), "it has 2 outputs, but num_outputs is 0"},
      {split_by_input(data({6}), {2, 2, 2}, 2), "it has 2 outputs for 3 parts"},
      {split_by_input(data({6}), {3, 2}, 2),
       "its parts add up to 5, the input has 6 along the axis"},
      {split_by_input(data({6}), {7, -1}, 2), "a part has -1 elements"},
      {split_by_input(data({6}), {kMost, 1}, 2), "its dimensions add up to more than 2^63 - 1"},
  };
  for (const auto& [layer, text] : rows) CHECK(complaint(layer) == "layer 'it' (Split): " + text);
}

TEST_CASE("Transpose permutes dimensions, in reverse order unless it says otherwise") {
  CHECK(shape_of(transpose(data({2, 3, 4}))) == "4x3x2");
  CHECK(shape_of(transpose(data({2, 3, 4}), {{"perm", Ints{0, 2, 1}}})) == "2x4x3");
  CHECK(shape_of(transpose(data({}))) == "scalar");
  CHECK(known_integers(transpose(constant_tensor({2, 3}, {1, 2, 3, 4, 5, 6}))) ==
        Ints{1, 4, 2, 5, 3, 6});
  const std::string once =
      "layer 'it' (Transpose): perm must name every axis of input 0 'x' (2x3) once";
  CHECK(complaint(transpose(data({2, 3}), {{"perm", Ints{0, 0}}})) == once);
  CHECK(complaint(transpose(data({2, 3}), {{"perm", Ints{0}}})) == once);
  CHECK(complaint(transpose(data({2, 3}), {{"perm", Ints{0, 2}}})) ==
        "layer 'it' (Transpose): axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1");
}

TEST_CASE("Expand broadcasts to a shape, both ways") {
  CHECK(shape_of(by_integers("Expand", data({3, 1}), {2, 1, 4})) == "2x3x4");
  CHECK(shape_of(by_integers("Expand", data({3, 4}), {1})) == "3x4");
  CHECK(known_integers(by_integers("Expand", constant_tensor({2, 1}, {1, 2}), {2, 3})) ==
        Ints{1, 1, 1, 2, 2, 2});
  const std::string start = "layer 'it' (Expand): ";
  CHECK(complaint(by_integers("Expand", data({3}), {2})) ==
        start + "shapes 3 and 2 do not broadcast");
  CHECK(complaint(by_integers("Expand", data({1}), {-2})) ==
        start + "its output tensor 'y' (-2) has a negative dimension");
  CHECK(complaint({"Expand", {data({1}), data({1}, ElementType::i64)}}) ==
        start +
            "input 1 'w' (the shape) is not known before the network runs; its shape is unknown "
            "and it is not counted");
}

TEST_CASE("Tile repeats along every dimension") {
  CHECK(shape_of(by_integers("Tile", data({2, 3}), {2, 0})) == "4x0");
  CHECK(known_integers(by_integers("Tile", constant_tensor({2, 2}, {1, 2, 3, 4}), {2, 2})) ==
        Ints{1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4});
  CHECK(known_integers(by_integers("Tile", constant_integers({7}), {4096})) == Ints(4096, 7));
  CHECK(known_integers(by_integers("Tile", constant_integers({7}), {4097})) == std::nullopt);
  const std::string start = "layer 'it' (Tile): ";
  CHECK(complaint(by_integers("Tile", data({2, 3}), {2})) ==
        start + "1 repeats do not match input 0 'x' (2x3)");
  CHECK(complaint(by_integers("Tile", data({2}), {-1})) == start + "a repeat is -1");
  CHECK(complaint(by_integers("Tile", data({2}), {kMost})) ==
        start + "its dimensions multiply to more than 2^63 - 1");
}

TEST_CASE("Gather puts the shape of its indices in place of an axis") {
  const Given six = data({2, 3}, ElementType::i64);
  CHECK(shape_of(gather(data({9, 4}), six)) == "2x3x4");
  CHECK(shape_of(gather(data({5, 9, 4}), six, -2)) == "5x2x3x4");
  CHECK(shape_of(gather(data({9, 4}), constant_scalar(8))) == "4");
  const Given shape = constant_integers({10, 20, 30});
  CHECK(known_integers(gather(shape, constant_scalar(-1))) == Ints{30});
  CHECK(shape_of(gather(shape, constant_scalar(-1))) == "scalar");
  CHECK(known_integers(gather(shape, constant_integers({2, -3}))) == Ints{30, 10});
  // An embedding table is parameters, the indices into it are not.
  const Given indices = constant_tensor({2}, {0, 1}, ElementType::i32);
  CHECK(totals(infer_one(gather(weight({9, 4}), data({2}, ElementType::i64)))).parameters == 36);
  CHECK(totals(infer_one(gather(data({9, 4}), indices))).parameters == 0);
}

TEST_CASE("known indices stay inside") {
  const Given x = data({3, 4});
  for (const std::int64_t index : {std::int64_t{-3}, std::int64_t{2}}) {
    CHECK(complaint(gather(x, constant_integers({index}))) == "");
  }
  CHECK(complaint(gather(x, constant_integers({3}))) ==
        "layer 'it' (Gather): index 3 is outside input 0 'x' (3x4)");
  CHECK(complaint(gather(x, constant_integers({-4}))) ==
        "layer 'it' (Gather): index -4 is outside input 0 'x' (3x4)");
  CHECK(complaint(gather(x, constant_integers({3}), 1)) == "");
  CHECK(complaint(gather(x, constant_integers({0}), 2)) ==
        "layer 'it' (Gather): axis 2 lies outside a tensor of 2 dimensions; it may be -2 to 1");
  CHECK(complaint(gather(data({}), constant_integers({0}))) ==
        "layer 'it' (Gather): axis 0 of a scalar: it has no dimensions");
}

TEST_CASE("GatherElements gives what its indices are like") {
  const auto elements = [](Shape x, Given indices, std::int64_t axis = 0) {
    return OneLayer{"GatherElements", {data(std::move(x)), indices}, {{"axis", axis}}};
  };
  CHECK(shape_of(elements({3, 4}, data({2, 4}, ElementType::i64))) == "2x4");
  CHECK(output(elements({3, 4}, data({2, 4}, ElementType::i64))).element == ElementType::f32);
  CHECK(complaint(elements({3, 4}, data({2}, ElementType::i64))) ==
        "layer 'it' (GatherElements): input 0 'x' (3x4) and input 1 'w' (2) must have as many "
        "dimensions");
  CHECK(complaint(elements({3}, constant_integers({3}))) ==
        "layer 'it' (GatherElements): index 3 is outside input 0 'x' (3)");
}

TEST_CASE("GatherND replaces the dimensions that its indices reach") {
  struct Row {
    Shape x, indices;
    std::int64_t batch_dims;
    std::string result;
  };
  const Row rows[] = {
      {{2, 3, 4}, {5, 2}, 0, "5x4"},        {{2, 3, 4}, {5, 3}, 0, "5"},
      {{2, 3, 4}, {6, 5, 1}, 0, "6x5x3x4"}, {{2, 3, 4}, {2, 5, 1}, 1, "2x5x4"},
      {{2, 3, 4}, {2, 3, 1}, 2, "2x3"},     {{2}, {1}, 0, "scalar"},
  };
  for (const Row& row : rows)
    CHECK(shape_of(gather_nd(row.x, row.indices, row.batch_dims)) == row.result);
  const std::pair<OneLayer, std::string> wrong[] = {
      {gather_nd({2, 3}, {5, 3}), "input 1 'w' (5x3) cannot index input 0 'x' (2x3)"},
      {gather_nd({2, 3}, {5, 0}), "input 1 'w' (5x0) cannot index input 0 'x' (2x3)"},
      {gather_nd({2, 3}, {}), "input 1 'w' (scalar) cannot index input 0 'x' (2x3)"},
      {gather_nd({2, 3}, {2, 2}, 1), "input 1 'w' (2x2) cannot index input 0 'x' (2x3)"},
      {gather_nd({2, 3}, {3, 1}, 1), "input 1 'w' (3x1) cannot index input 0 'x' (2x3)"},
      {gather_nd({2, 3}, {2, 1}, -1), "input 1 'w' (2x1) cannot index input 0 'x' (2x3)"},
      {gather_nd({2, 3}, {1}, 1), "input 1 'w' (1) cannot index input 0 'x' (2x3)"},
  };
  for (const auto& [layer, text] : wrong) {
    CHECK(complaint(layer) == "layer 'it' (GatherND): " + text);
  }
}

TEST_CASE("DepthToSpace and SpaceToDepth undo each other") {
  CHECK(shape_of(blocks("DepthToSpace", {1, 8, 2, 3}, 2)) == "1x2x4x6");
  CHECK(shape_of(blocks("SpaceToDepth", {1, 2, 4, 6}, 2)) == "1x8x2x3");
  const std::pair<OneLayer, std::string> rows[] = {
      {blocks("DepthToSpace", {1, 6, 2, 3}, 2),
       "input 0 'x' (1x6x2x3) does not divide by the block size: 6 is no multiple of 4"},
      {blocks("DepthToSpace", {1, 8, 2}, 2), "input 0 'x' (1x8x2) must have 4 dimensions"},
      {blocks("DepthToSpace", {1, 8, 2, 3}, 0), "blocksize is 0; it must be 1 to 1048576"},
      {blocks("DepthToSpace", {1, 8, 2, 3}, kMost),
       "blocksize is 9223372036854775807; it must be 1 to 1048576"},
  };
  for (const auto& [layer, text] : rows) {
    CHECK(complaint(layer) == "layer 'it' (DepthToSpace): " + text);
  }
  CHECK(complaint(blocks("SpaceToDepth", {1, 2, 4, 5}, 2)) ==
        "layer 'it' (SpaceToDepth): input 0 'x' (1x2x4x5) does not divide by the block size: 5 is "
        "no multiple of 2");
}

}  // namespace roofbeam
