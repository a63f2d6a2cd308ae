#include <doctest/doctest.h>

#include "tests/core/operators/one_layer.hpp"

namespace roofbeam {

TEST_CASE("random numbers have the stated shape and type, or those of the input") {
  CHECK(shape_of({"RandomNormal", {}, {{"shape", Ints{2, 3}}}}) == "2x3");
  CHECK(output({"RandomUniform", {}, {{"shape", Ints{2}}}}).element == ElementType::f32);
  CHECK(output({"RandomUniform", {}, {{"shape", Ints{2}}, {"dtype", 11}}}).element ==
        ElementType::f64);
  const OneLayer like{"RandomNormalLike", {data({2, 3}, ElementType::f16)}};
  CHECK(shape_of(like) == "2x3");
  CHECK(output(like).element == ElementType::f16);
  CHECK(output({"Bernoulli", {data({2})}, {{"dtype", 9}}}).element == ElementType::boolean);
  const OneLayer samples{"Multinomial", {data({4, 9})}, {{"sample_size", 5}}};
  CHECK(shape_of(samples) == "4x5");
  CHECK(output(samples).element == ElementType::i32);
}

TEST_CASE("random bits, and what makes a distribution of them") {
  const Work uniform = work({"RandomUniformLike", {data({10})}});
  CHECK(uniform.ops(VectorOp::multiply) == 60);
  CHECK(uniform.ops(VectorOp::add) == 110);
  const Work normal = work({"RandomNormalLike", {data({10})}});
  CHECK(normal.ops(VectorOp::exponential) == 15);
  CHECK(normal.ops(VectorOp::square_root) == 5);
  CHECK(work({"Bernoulli", {data({10})}}).ops(VectorOp::compare) == 10);
  const Work samples = work({"Multinomial", {data({4, 9})}, {{"sample_size", 5}}});
  CHECK(samples.ops(VectorOp::exponential) == 36);
  CHECK(samples.ops(VectorOp::compare) == 20 * 4);  // 9 classes: 4 steps
  CHECK(work({"Multinomial", {data({4, 8})}}).ops(VectorOp::compare) == 4 * 3);
  CHECK(work({"Multinomial", {data({4, 1})}}).ops(VectorOp::compare) == 4);
}

TEST_CASE("random numbers without a size say so") {
  CHECK(complaint({"RandomNormal", {}}) == "layer 'it' (RandomNormal): it needs a shape");
  CHECK(complaint({"Multinomial", {data({4})}}) ==
        "layer 'it' (Multinomial): input 0 'x' (4) must have 2 dimensions: batch and classes");
  CHECK(complaint({"Multinomial", {data({4, 9})}, {{"sample_size", 0}}}) ==
        "layer 'it' (Multinomial): sample_size is 0; it must be at least 1");
}

}  // namespace roofbeam
