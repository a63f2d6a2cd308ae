// ai.onnx.ml: linear models, support vector machines and trees. What they learned is in attributes.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/operators/families.hpp"
#include "core/operators/learning/learning.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// ---- What they have in common

// Class labels are texts, else integers; no list of integers has the same name everywhere.
std::int64_t labels(const LayerView& view) {
  return std::max({listed(view, "classlabels_strings"), listed(view, "classlabels_ints"),
                   listed(view, "classlabels_int64s")});
}

std::int64_t some_labels(const LayerView& view) {
  if (labels(view) == 0) view.fail("it needs class labels");
  return labels(view);
}

// One label per row, and its scores.
std::vector<TensorType> classified(const LayerView& view, std::int64_t scores) {
  const auto rows = table(view, 0).rows;
  const auto label = listed(view, "classlabels_strings") > 0 ? ElementType::text : ElementType::i64;
  return {{label, {rows}, {}}, {ElementType::f32, {rows, scores}, {}}};
}

std::int64_t targets(const LayerView& view, std::string_view name) {
  const auto count = view.integer(name, 1);
  if (count < 1) view.fail(fmt::format("{} is {}; it must be at least 1", name, count));
  return count;
}

bool is_transformed(const LayerView& view) {
  if (attribute<std::int64_t>(view, "post_transform") != nullptr) {  // TreeEnsemble numbers them
    return view.integer("post_transform", 0) != 0;
  }
  return view.text("post_transform", "NONE") != "NONE";
}

// What happens to `scores` numbers at the end, and finding the largest of a classifier's.
void add_post_transform(const LayerView& view, double scores, Work& work) {
  if (labels(view) > 0) work.ops(compare) += scores;
  if (!is_transformed(view)) return;
  for (const auto op : {exponential, add, divide}) work.ops(op) += scores;
}

double count(const LayerView& view, std::int64_t a, std::int64_t b) {
  return static_cast<double>(checked_product(view, a, b));
}

// ---- Linear models

// How many rows of coefficients there are: one per intercept, else as many as the features allow.
std::int64_t linear_models(const LayerView& view) {
  if (const auto intercepts = listed(view, "intercepts")) return intercepts;
  const auto columns = table(view, 0).columns;
  const auto coefficients = listed(view, "coefficients");
  if (columns == 0 || coefficients == 0 || coefficients % columns != 0) {
    view.fail(fmt::format("{} coefficients do not divide into rows for the {} columns of {}",
                          coefficients, columns, describe_input(view, 0)));
  }
  return coefficients / columns;
}

// A single model tells two classes apart; it scores both.
std::vector<TensorType> linear_classifier_shape(const LayerView& view) {
  const auto models = linear_models(view);
  return classified(view, models == 1 && some_labels(view) == 2 ? 2 : models);
}

Work linear_work(const LayerView& view, std::int64_t models) {
  const auto [rows, columns] = table(view, 0);
  Work work = matrix_product(view, {.batch = 1, .m = rows, .n = models, .k = columns});
  const double scores = count(view, rows, models);
  if (listed(view, "intercepts") > 0) work.ops(add) += scores;
  add_post_transform(view, scores, work);
  return work;
}

Work linear_classifier_work(const LayerView& view) {
  return linear_work(view, linear_models(view));
}

std::vector<TensorType> linear_regressor_shape(const LayerView& view) {
  return {{ElementType::f32, {table(view, 0).rows, targets(view, "targets")}, {}}};
}

Work linear_regressor_work(const LayerView& view) {
  return linear_work(view, targets(view, "targets"));
}

// ---- Support vector machines

std::int64_t support_vectors(const LayerView& view) {
  std::int64_t sum = view.integer("n_supports", 0);  // of a regressor
  for (const auto vectors : view.integers("vectors_per_class")) {
    if (vectors < 0) view.fail(fmt::format("vectors_per_class has the entry {}", vectors));
    sum = checked_sum(view, sum, vectors);
  }
  if (sum < 0) view.fail(fmt::format("n_supports is {}", sum));
  return sum;
}

std::int64_t pairs(const LayerView& view, std::int64_t classes) {
  return checked_product(view, classes, classes - 1) / 2;
}

// Classes are scored with probabilities or without support vectors; pairs of them otherwise.
std::vector<TensorType> svm_classifier_shape(const LayerView& view) {
  const auto classes = some_labels(view);
  const bool by_class = listed(view, "prob_a") > 0 || support_vectors(view) == 0;
  if (by_class) return classified(view, classes);
  return classified(view, classes > 2 ? pairs(view, classes) : 2);
}

std::vector<TensorType> svm_regressor_shape(const LayerView& view) {
  (void)support_vectors(view);
  return {{ElementType::f32, {table(view, 0).rows, 1}, {}}};
}

// Every row meets every support vector, and every machine adds up what comes of it.
Work svm_work(const LayerView& view, std::int64_t machines) {
  const auto [rows, columns] = table(view, 0);
  const auto vectors = support_vectors(view);
  const auto products = vectors > 0 ? vectors : machines;
  Work work = matrix_product(view, {.batch = 1, .m = rows, .n = products, .k = columns});
  const auto kernel = view.text("kernel_type", "LINEAR");
  if (kernel != "LINEAR") work.ops(exponential) += count(view, rows, products);
  if (kernel == "RBF") work.ops(add) += count(view, rows, checked_product(view, products, columns));
  if (vectors > 0) {
    const double weighted = count(view, rows, checked_product(view, vectors, machines));
    work.ops(multiply) += weighted;
    work.ops(add) += weighted;
  }
  return work;
}

Work svm_classifier_work(const LayerView& view) {
  const auto rows = table(view, 0).rows;
  const auto classes = some_labels(view);
  const bool linear = support_vectors(view) == 0;
  Work work = svm_work(view, linear ? classes : std::max<std::int64_t>(classes - 1, 1));
  if (listed(view, "prob_a") > 0) {
    work.ops(exponential) += count(view, rows, pairs(view, classes));
  }
  add_post_transform(view, static_cast<double>(elements(view, view.output_shape(1))), work);
  return work;
}

Work svm_regressor_work(const LayerView& view) {
  Work work = svm_work(view, 1);
  add_post_transform(view, static_cast<double>(table(view, 0).rows), work);
  return work;
}

// ---- Trees

struct Forest {
  double trees = 0;
  double leaves = 0;
};

// Until version 4 leaves were nodes among others: with two branches at each of the rest, half of
// them and one more per tree.
Forest forest(const LayerView& view) {
  if (view.has("tree_roots")) {
    return {static_cast<double>(listed(view, "tree_roots")),
            static_cast<double>(listed(view, "leaf_targetids"))};
  }
  auto ids = view.integers("nodes_treeids");
  const auto nodes = static_cast<double>(ids.size());
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const auto trees = static_cast<double>(ids.size());
  return {trees, (nodes + trees) / 2};
}

std::vector<TensorType> tree_classifier_shape(const LayerView& view) {
  return classified(view, some_labels(view));
}

std::vector<TensorType> tree_regressor_shape(const LayerView& view) {
  return {{ElementType::f32, {table(view, 0).rows, targets(view, "n_targets")}, {}}};
}

std::vector<TensorType> tree_ensemble_shape(const LayerView& view) {
  auto types = tree_regressor_shape(view);
  types[0].element = view.input(0).element;
  return types;
}

Work tree_work(const LayerView& view) {
  const auto [trees, leaves] = forest(view);
  const double walks = static_cast<double>(table(view, 0).rows) * trees;
  const double height = trees > 0 ? std::ceil(std::log2(std::max(2.0, leaves / trees))) : 0;
  Work work;
  work.ops(compare) = walks * height;
  work.ops(add) = walks;
  const std::size_t scores = view.has_output(1) ? 1 : 0;
  add_post_transform(view, static_cast<double>(elements(view, view.output_shape(scores))), work);
  return work;
}

// Trained parameters are attributes, not inputs.
constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = 0,
          .domain = kLearning};
}

constexpr std::string_view kLinear =
    "MACs are rows times models times features; an intercept is one add per score; a post "
    "transform one exponential, one add and one divide per score, choosing a class one compare.";
constexpr std::string_view kMachine =
    "MACs are rows times support vectors times features; per row and support vector one "
    "exponential unless the kernel is linear, one add per feature for RBF, and one multiply and "
    "one add per machine; probabilities are one exponential per pair of classes; a post transform "
    "and choosing a class as LinearClassifier.";
constexpr std::string_view kTrees =
    "Per row and tree as many compares as a balanced tree of its leaves is high, and one add; a "
    "post transform and choosing a class as LinearClassifier.";

constexpr Operator kRows[] = {
    row("LinearClassifier", linear_classifier_shape, linear_classifier_work, kLinear),
    row("LinearRegressor", linear_regressor_shape, linear_regressor_work, kLinear),
    row("SVMClassifier", svm_classifier_shape, svm_classifier_work, kMachine),
    row("SVMRegressor", svm_regressor_shape, svm_regressor_work, kMachine),
    row("TreeEnsemble", tree_ensemble_shape, tree_work, kTrees),
    row("TreeEnsembleClassifier", tree_classifier_shape, tree_work, kTrees),
    row("TreeEnsembleRegressor", tree_regressor_shape, tree_work, kTrees),
};

}  // namespace

std::span<const Operator> learning_model_rows() { return kRows; }

}  // namespace roofbeam
