#include "core/rewrites/trace.hpp"

#include <doctest/doctest.h>

#include "core/rewrites/architecture.hpp"
#include "tests/core/rewrites/small_networks.hpp"

namespace roofbeam {
namespace {

// x -> expand 6 x 16 -> depthwise -> gate (pool, squeeze 24, excite) -> project 16
struct Block {
  Sketch sketch;
  TensorId x = sketch.input("x", {1, 3, 8, 8});
  TensorId stem = sketch.add("stem", "Conv", {x, sketch.weight({16, 3, 1, 1})});
  TensorId expand = sketch.add("expand", "Conv", {stem, sketch.weight({96, 16, 1, 1})});
  TensorId active = sketch.add("active", "Relu", {expand});
  TensorId deep = sketch.add("deep", "Conv", {active, sketch.weight({96, 1, 3, 3})},
                             {{"group", 96}, {"pads", Ints{1, 1, 1, 1}}});
  TensorId pool = sketch.add("pool", "GlobalAveragePool", {deep});
  TensorId squeeze = sketch.add("squeeze", "Conv", {pool, sketch.weight({24, 96, 1, 1})});
  TensorId excite = sketch.add("excite", "Conv", {squeeze, sketch.weight({96, 24, 1, 1})});
  TensorId gated = sketch.add("gated", "Mul", {deep, excite});
  TensorId project = sketch.add("project", "Conv", {gated, sketch.weight({16, 96, 1, 1})});
  TensorId sum = sketch.add("sum", "Add", {stem, project});
  TensorId head = sketch.add("head", "Conv", {sum, sketch.weight({80, 16, 1, 1})});
  TensorId last = sketch.add("last", "Relu", {head});
  TensorId features = sketch.add("features", "GlobalAveragePool", {last});
  TensorId flat = sketch.add("flat", "Flatten", {features});
  TensorId logits = sketch.add("logits", "Gemm", {flat, sketch.weight({80, 10})});
  Network network = sketch.build({logits});
  ChannelTrace trace = trace_channels(network);

  [[nodiscard]] std::optional<GroupId> channels(TensorId id) const {
    return trace.groups.single(trace.dims[static_cast<std::size_t>(id)][1]);
  }
};

TEST_CASE("what must be equal is one group") {
  const Block block;
  CHECK(block.channels(block.deep) == block.channels(block.expand));
  CHECK(block.channels(block.excite) == block.channels(block.expand));
  CHECK(block.channels(block.project) == block.channels(block.stem));
  CHECK(block.channels(block.squeeze) != block.channels(block.stem));
  CHECK_FALSE(block.channels(block.logits));  // an output keeps its channels
  CHECK_FALSE(block.channels(block.x));
  CHECK(block.trace.products.size() == 7);
  CHECK(block.trace.depthwise.size() == 1);
}

TEST_CASE("blocks, gates and heads are recognised") {
  const Block block;
  const auto found = recognise(block.network, block.trace);
  CHECK(found.expanded_from.count(*block.channels(block.expand)) == 1);
  CHECK(found.expanded_from.size() == 1);
  CHECK(found.squeezed_from.count(*block.channels(block.squeeze)) == 1);
  CHECK(found.squeezed_from.size() == 1);
  CHECK(found.features.count(*block.channels(block.head)) == 1);
  CHECK(found.features.size() == 1);
}

TEST_CASE("a block keeps its expansion, a gate its share, a head its channels") {
  const auto half = rewritten(Block().network, {"width=0.5"});
  CHECK(made_by(half, "stem") == "1x8x8x8");
  CHECK(made_by(half, "expand") == "1x48x8x8");
  CHECK(read_by(half, "deep", 1) == "48x1x3x3");
  CHECK(made_by(half, "squeeze") == "1x16x1x1");  // a quarter of 48 is 12, rounded to 16
  CHECK(made_by(half, "head") == "1x80x8x8");
  CHECK(made_by(rewritten(Block().network, {"width=2"}), "head") == "1x160x8x8");
}

TEST_CASE("a head that reads activated channels scales") {
  Block block;
  const auto active = block.sketch.add("mid", "Relu", {block.sum});
  const auto head =
      block.sketch.add("head2", "Conv", {active, block.sketch.weight({80, 16, 1, 1})});
  const auto pool = block.sketch.add("pool2", "GlobalAveragePool", {head});
  const auto flat = block.sketch.add("flat2", "Flatten", {pool});
  const auto y = block.sketch.add("y", "Gemm", {flat, block.sketch.weight({80, 10})});
  const auto half = rewritten(block.sketch.build({y}), {"width=0.5"});
  CHECK(made_by(half, "head2") == "1x40x8x8");
}

TEST_CASE("the shape of a tensor follows from the sizes of its groups") {
  const Block block;
  std::vector<std::int64_t> sizes;
  for (const auto& group : block.trace.groups.groups()) sizes.push_back(group.size);
  sizes[static_cast<std::size_t>(*block.channels(block.expand))] = 5;
  CHECK(to_text(*block.trace.shape_with(block.deep, sizes)) == "1x5x8x8");
  CHECK(to_text(*block.trace.shape_with(block.logits, sizes)) == "1x10");
  CHECK_FALSE(block.trace.shape_with(kNoTensor, sizes));
}

}  // namespace
}  // namespace roofbeam
