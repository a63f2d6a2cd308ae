// Losses of classifications: scores of batch, classes and any further dimensions, and a class for
// each of the others.
#include <fmt/core.h>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

constexpr std::size_t kScores = 0;
constexpr std::size_t kTargets = 1;
constexpr std::size_t kWeights = 2;

std::string_view reduction(const LayerView& view) {
  const auto reduction = view.text("reduction", "mean");
  if (reduction == "mean" || reduction == "sum" || reduction == "none") return reduction;
  view.fail(fmt::format("reduction is '{}'; it must be mean, sum or none", reduction));
}

std::vector<TensorType> loss_shape(const LayerView& view) {
  require_rank(view, 2);
  require_inputs(view, 2);
  const Shape& scores = view.shape(kScores);
  Shape targets = scores;
  targets.erase(targets.begin() + 1);
  require_shape(view, kTargets, targets,
                fmt::format("the scores ({}) have their classes in dimension 1", to_text(scores)));
  require_shape(view, kWeights, {scores[1]}, fmt::format("there are {} classes", scores[1]));
  if (reduction(view) != "none") targets.clear();
  return {{view.input(kScores).element, std::move(targets), {}}};
}

// Loss and logarithms of the probabilities.
std::vector<TensorType> cross_entropy_shape(const LayerView& view) {
  auto types = loss_shape(view);
  types.push_back(type_of(view, kScores));
  return types;
}

double targets(const LayerView& view) {
  return static_cast<double>(elements(view, view.shape(kTargets)));
}

Work loss_work(const LayerView& view) {
  const auto how = reduction(view);
  const bool weighted_mean = how == "mean" && view.has_input(kWeights);
  Work work;
  work.ops(multiply) = targets(view);
  if (how != "none") work.ops(add) = targets(view) * (weighted_mean ? 2 : 1);
  if (how == "mean") work.ops(divide) = 1;
  return work;
}

Work cross_entropy_work(const LayerView& view) {
  const auto all = static_cast<double>(elements(view, view.shape(kScores)));
  Work work = loss_work(view);
  work.ops(compare) += all;
  work.ops(add) += all * 3;
  work.ops(exponential) += all + targets(view);
  return work;
}

constexpr Operator kRows[] = {
    {.name = "NegativeLogLikelihoodLoss",
     .shape = loss_shape,
     .work = loss_work,
     .sentence = "Per target one multiply (sign or weight), an add unless nothing is reduced and "
                 "another one for a weighted mean; one divide for a mean.",
     .parameter_inputs = 0},
    {.name = "SoftmaxCrossEntropyLoss",
     .shape = cross_entropy_shape,
     .work = cross_entropy_work,
     .sentence = "Per score one compare, three adds and one exponential, per target one more "
                 "exponential (a LogSoftmax), and a NegativeLogLikelihoodLoss.",
     .parameter_inputs = 0},
};

}  // namespace

std::span<const Operator> loss_rows() { return kRows; }

}  // namespace roofbeam
