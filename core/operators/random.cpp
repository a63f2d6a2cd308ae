// Random numbers.
#include <fmt/core.h>

#include <cmath>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

ElementType element_or(const LayerView& view, ElementType otherwise) {
  return view.has("dtype") ? stated_element(view, "dtype") : otherwise;
}

std::vector<TensorType> random_shape(const LayerView& view) {
  if (!view.has("shape")) view.fail("it needs a shape");
  return {{element_or(view, ElementType::f32), view.integers("shape"), {}}};
}

std::vector<TensorType> random_like_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  type.element = element_or(view, type.element);
  return {type};
}

// A batch of distributions over classes, and samples of each.
std::vector<TensorType> multinomial_shape(const LayerView& view) {
  const Shape& shape = view.shape(0);
  if (shape.size() != 2) {
    view.fail(fmt::format("{} must have 2 dimensions: batch and classes", describe_input(view, 0)));
  }
  const auto samples = view.integer("sample_size", 1);
  if (samples < 1) view.fail(fmt::format("sample_size is {}; it must be at least 1", samples));
  return {{element_or(view, ElementType::i32), {shape[0], samples}, {}}};
}

double results(const LayerView& view) {
  return static_cast<double>(elements(view, view.output_shape(0)));
}

// Random bits by Philox4x32-10: four numbers in ten rounds of two multiplies and four exclusive
// ors, counted as adds. J. Salmon et al., Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011.
Work random_bits(double count) {
  Work work;
  work.ops(multiply) = 5 * count;
  work.ops(add) = 10 * count;
  return work;
}

Work uniform_work(const LayerView& view) {
  Work work = random_bits(results(view));
  work.ops(multiply) += results(view);
  work.ops(add) += results(view);
  return work;
}

// Two numbers share a logarithm and a square root, each takes a sine or cosine: G. E. P. Box and
// M. E. Muller, Annals of Mathematical Statistics 29 (1958) 610.
Work normal_work(const LayerView& view) {
  Work work = uniform_work(view);
  work.ops(multiply) += results(view);
  work.ops(exponential) = 1.5 * results(view);
  work.ops(square_root) = 0.5 * results(view);
  return work;
}

Work bernoulli_work(const LayerView& view) {
  Work work = random_bits(results(view));
  work.ops(compare) = results(view);
  return work;
}

// Sums of the classes' probabilities, searched for each sample.
Work multinomial_work(const LayerView& view) {
  const auto probabilities = static_cast<double>(elements(view, view.shape(0)));
  const auto classes = static_cast<double>(view.shape(0)[1]);
  Work work = random_bits(results(view));
  work.ops(multiply) += results(view);
  work.ops(exponential) = probabilities;
  work.ops(add) += probabilities;
  work.ops(compare) = results(view) * (classes < 2 ? 1 : std::ceil(std::log2(classes)));
  return work;
}

constexpr std::string_view kUniform =
    "Per element random bits (five multiplies and ten adds), one multiply and one add.";
constexpr std::string_view kNormal =
    "Per element random bits (five multiplies and ten adds), two multiplies, one add, one and a "
    "half exponentials (logarithm, sine or cosine) and half a square root.";

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = 0,
          .random = true};
}

constexpr Operator kRows[] = {
    row("Bernoulli", random_like_shape, bernoulli_work,
        "Per element random bits (five multiplies and ten adds) and one compare."),
    row("Multinomial", multinomial_shape, multinomial_work,
        "Per probability one exponential and one add; per sample random bits (five multiplies and "
        "ten adds), one multiply and a binary search of compares among the classes."),
    row("RandomNormal", random_shape, normal_work, kNormal),
    row("RandomNormalLike", random_like_shape, normal_work, kNormal),
    row("RandomUniform", random_shape, uniform_work, kUniform),
    row("RandomUniformLike", random_like_shape, uniform_work, kUniform),
};

}  // namespace

std::span<const Operator> random_rows() { return kRows; }

}  // namespace roofbeam
