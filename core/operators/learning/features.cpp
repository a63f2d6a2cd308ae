// ai.onnx.ml: operators that prepare features and name results.
#include <fmt/core.h>

#include <algorithm>

#include "core/operators/families.hpp"
#include "core/operators/learning/learning.hpp"
#include "core/operators/rules.hpp"
#include "core/operators/sequence.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// The same shape, as real numbers.
std::vector<TensorType> reals_shape(const LayerView& view) {
  return {{ElementType::f32, view.shape(0), {}}};
}

// ---- Choosing and joining columns

// A vector is one row, as runtimes have it.
std::vector<TensorType> extractor_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  if (type.shape.empty()) view.fail(describe_input(view, 0) + " must have a dimension");
  if (type.shape.size() == 1) type.shape.insert(type.shape.begin(), 1);
  type.shape.back() = elements(view, view.shape(1));
  return {type};
}

// Columns that an input adds: as many as `inputdimensions` states, else as it has.
std::int64_t columns_of(const LayerView& view, std::size_t i,
                        const std::vector<std::int64_t>& stated) {
  if (i >= stated.size()) return table(view, i).columns;
  if (stated[i] < 0) view.fail(fmt::format("inputdimensions has the entry {}", stated[i]));
  return stated[i];
}

std::vector<TensorType> vectorizer_shape(const LayerView& view) {
  const auto rows = table(view, 0).rows;
  const auto stated = view.integers("inputdimensions");
  std::int64_t columns = 0;
  for (std::size_t i = 0; i < view.input_count(); ++i) {
    if (table(view, i).rows != rows) {
      view.fail(fmt::format("{} and {} must have as many rows", describe_input(view, 0),
                            describe_input(view, i)));
    }
    columns = checked_sum(view, columns, columns_of(view, i, stated));
  }
  return {{ElementType::f32, {rows, columns}, {}}};
}

// ---- Maps: one row of named values

const Tensor& map(const LayerView& view) {
  const Tensor& tensor = view.any_input(0);
  if (tensor.container == Container::map) return tensor;
  view.fail(fmt::format("input 0 '{}' is {}; a map was expected", tensor.name,
                        to_text(tensor.container)));
}

ElementType cast_element(const LayerView& view) {
  const auto to = view.text("cast_to", "TO_FLOAT");
  if (to == "TO_FLOAT") return ElementType::f32;
  if (to == "TO_INT64") return ElementType::i64;
  if (to == "TO_STRING") return ElementType::text;
  view.fail(fmt::format("cast_to is '{}'; it must be TO_FLOAT, TO_INT64 or TO_STRING", to));
}

// One row, as runtimes have it: as many values as the map has or, if sparse, as are stated.
std::vector<TensorType> cast_map_shape(const LayerView& view) {
  const Tensor& input = map(view);
  const auto form = view.text("map_form", "DENSE");
  if (form != "DENSE" && form != "SPARSE") {
    view.fail(fmt::format("map_form is '{}'; it must be DENSE or SPARSE", form));
  }
  const auto count = form == "SPARSE" ? view.integer("max_map", 1) : elements(view, *input.shape);
  return {{cast_element(view), {1, count}, {}}};
}

// One row with a place for every word of the vocabulary.
std::vector<TensorType> dictionary_shape(const LayerView& view) {
  const auto words = std::max(listed(view, "string_vocabulary"), listed(view, "int64_vocabulary"));
  if (words == 0) view.fail("it needs string_vocabulary or int64_vocabulary");
  return {{map(view).element, {1, words}, {}}};
}

std::vector<TensorType> zip_map_shape(const LayerView& view) {
  const auto [rows, columns] = table(view, 0);
  const auto labels =
      std::max(listed(view, "classlabels_strings"), listed(view, "classlabels_int64s"));
  if (labels != columns) {
    view.fail(fmt::format("{} class labels do not name the {} columns of {}", labels, columns,
                          describe_input(view, 0)));
  }
  const TensorType row{
      .element = ElementType::f32, .shape = {columns}, .container = Container::map};
  return {sequence_of(rows, row)};
}

// ---- Categories and labels

// Texts become integers, integers texts.
std::vector<TensorType> mapper_shape(const LayerView& view) {
  auto type = type_of(view, 0);
  type.element = type.element == ElementType::text ? ElementType::i64 : ElementType::text;
  return {type};
}

// Values are lists since version 2, tensors of any type since version 4.
std::vector<TensorType> label_encoder_shape(const LayerView& view) {
  if (view.has("classes_strings")) return mapper_shape(view);
  auto type = type_of(view, 0);
  if (const auto* values = view.tensor("values_tensor")) {
    type.element = values->element;
  } else if (view.has("values_strings")) {
    type.element = ElementType::text;
  } else if (view.has("values_int64s")) {
    type.element = ElementType::i64;
  } else if (view.has("values_floats")) {
    type.element = ElementType::f32;
  } else {
    view.fail("it needs values_tensor, values_strings, values_int64s or values_floats");
  }
  return {type};
}

std::vector<TensorType> one_hot_shape(const LayerView& view) {
  const auto categories = std::max(listed(view, "cats_strings"), listed(view, "cats_int64s"));
  if (categories == 0) view.fail("it needs cats_strings or cats_int64s");
  Shape shape = view.shape(0);
  shape.push_back(categories);
  return {{ElementType::f32, std::move(shape), {}}};
}

Work one_compare_per_input(const LayerView& view) {
  Work work;
  work.ops(compare) = static_cast<double>(elements(view, view.shape(0)));
  return work;
}

// ---- Normalizer

std::vector<TensorType> normalizer_shape(const LayerView& view) {
  const auto norm = view.text("norm", "MAX");
  if (norm != "MAX" && norm != "L1" && norm != "L2") {
    view.fail(fmt::format("norm is '{}'; it must be MAX, L1 or L2", norm));
  }
  (void)table(view, 0);
  return reals_shape(view);
}

Work normalizer_work(const LayerView& view) {
  const auto norm = view.text("norm", "MAX");
  if (norm == "MAX") return elementwise<compare, divide>(view);
  if (norm == "L1") return elementwise<compare, add, divide>(view);
  Work work = elementwise<multiply, add, divide>(view);
  work.ops(square_root) = static_cast<double>(table(view, 0).rows);
  return work;
}

constexpr std::string_view kMoved = "No arithmetic: its cost is the bytes it reads and writes.";
constexpr std::string_view kLookedUp = "One compare per element, which is looked up.";

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = 0b1,
          .domain = kLearning};
}

constexpr Operator kRows[] = {
    row("ArrayFeatureExtractor", extractor_shape, only_bytes, kMoved),
    row("Binarizer", same_as_input, elementwise<compare>, "One compare per element."),
    row("CastMap", cast_map_shape, elementwise<add>,
        "One conversion per element, counted as an add."),
    row("CategoryMapper", mapper_shape, elementwise<compare>, kLookedUp),
    row("DictVectorizer", dictionary_shape, elementwise<compare>,
        "One compare per word of the vocabulary, which is looked up."),
    row("FeatureVectorizer", vectorizer_shape, elementwise<add>,
        "One conversion per element, counted as an add."),
    row("Imputer", same_as_input, elementwise<compare>, "One compare per element."),
    row("LabelEncoder", label_encoder_shape, elementwise<compare>, kLookedUp),
    row("Normalizer", normalizer_shape, normalizer_work,
        "Per element one divide and, for MAX, one compare; for L1 one compare (absolute value) and "
        "one add; for L2 one multiply and one add, and one square root per row."),
    row("OneHotEncoder", one_hot_shape, one_compare_per_input,
        "One compare per input element, which is looked up."),
    row("Scaler", reals_shape, elementwise<add, multiply>,
        "One add (offset) and one multiply (scale) per element."),
    row("ZipMap", zip_map_shape, only_bytes, kMoved),
};

}  // namespace

std::span<const Operator> learning_feature_rows() { return kRows; }

Table table(const LayerView& view, std::size_t i) {
  const Shape& shape = view.shape(i);
  if (shape.size() == 1) return {1, shape[0]};
  if (shape.size() == 2) return {shape[0], shape[1]};
  view.fail(describe_input(view, i) + " must have 1 or 2 dimensions");
}

std::int64_t listed(const LayerView& view, std::string_view name) {
  if (const auto* texts = attribute<std::vector<std::string>>(view, name))
    return std::ssize(*texts);
  if (const auto* reals = attribute<std::vector<double>>(view, name)) return std::ssize(*reals);
  if (const auto* tensor = attribute<TensorType>(view, name)) return elements(view, tensor->shape);
  return std::ssize(view.integers(name));
}

}  // namespace roofbeam
