// Operators on texts. An element is a pointer to a text, however long: what is counted is elements.
#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

void require_texts(const LayerView& view, std::size_t i) {
  if (view.input(i).element == ElementType::text) return;
  view.fail(fmt::format("{} must be texts, not {}", describe_input(view, i),
                        to_text(view.input(i).element)));
}

std::vector<TensorType> concat_shape(const LayerView& view) {
  for (const std::size_t i : {0u, 1u}) require_texts(view, i);
  return {{ElementType::text, broadcast_inputs(view, 2), {}}};
}

std::vector<TensorType> match_shape(const LayerView& view) {
  require_texts(view, 0);
  return {{ElementType::boolean, view.shape(0), {}}};
}

// Substrings along a new last dimension, as long as the text with the most of them; and how many.
std::vector<TensorType> split_shape(const LayerView& view) {
  require_texts(view, 0);
  const auto most = view.integer("maxsplit", -1);
  if (most < 0 || most == std::numeric_limits<std::int64_t>::max()) {
    view.fail_unknown(0, "the texts to split");
  }
  auto parts = type_of(view, 0);
  parts.shape.push_back(most + 1);
  return {at_most(parts), {ElementType::i64, view.shape(0), {}}};
}

// A vector or one row of texts without the stop words; one empty text if none is left.
std::vector<TensorType> normalizer_shape(const LayerView& view) {
  require_texts(view, 0);
  auto type = type_of(view, 0);
  const bool row = type.shape.size() == 2 && type.shape[0] == 1;
  if (type.shape.size() != 1 && !row) {
    view.fail(describe_input(view, 0) + " must be a vector or one row");
  }
  type.shape.back() = std::max<std::int64_t>(type.shape.back(), 1);
  const auto* stopwords = attribute<std::vector<std::string>>(view, "stopwords");
  const bool drops = stopwords != nullptr && !stopwords->empty();
  return {drops && type.shape.back() > 1 ? at_most(type) : type};
}

// As many counts per row as the largest index of an n-gram says.
std::int64_t ngrams(const LayerView& view) {
  const Integers indexes = view.integers("ngram_indexes");
  if (indexes.empty()) view.fail("attribute 'ngram_indexes' is required and must not be empty");
  const auto [least, most] = std::ranges::minmax(indexes);
  if (least < 0) view.fail(fmt::format("an index in ngram_indexes is {}", least));
  return checked_sum(view, most, 1);
}

std::vector<TensorType> tfidf_shape(const LayerView& view) {
  Shape shape = view.shape(0);
  if (shape.empty() || shape.size() > 2) {
    view.fail(describe_input(view, 0) + " must have 1 or 2 dimensions");
  }
  shape.back() = ngrams(view);
  return {{ElementType::f32, std::move(shape), {}}};
}

// An n-gram may start at each element, with each length and each distance of its parts.
Work tfidf_work(const LayerView& view) {
  const auto real = [&](std::string_view name, std::int64_t otherwise) {
    return static_cast<double>(view.integer(name, otherwise));
  };
  const double lengths = real("max_gram_length", 1) - real("min_gram_length", 1) + 1;
  const double distances = real("max_skip_count", 0) + 1;
  Work work;
  work.ops(VectorOp::compare) = static_cast<double>(elements(view, view.shape(0))) *
                                std::max(1.0, lengths) * std::max(1.0, distances);
  work.ops(VectorOp::add) = work.ops(VectorOp::compare);
  if (view.text("mode", "TF") != "TF") {
    work.ops(VectorOp::multiply) = static_cast<double>(elements(view, view.output_shape(0)));
  }
  return work;
}

Work one_compare_per_text(const LayerView& view) {
  Work work;
  work.ops(VectorOp::compare) = static_cast<double>(elements(view, view.shape(0)));
  return work;
}

constexpr Operator kRows[] = {
    {.name = "RegexFullMatch",
     .shape = match_shape,
     .work = one_compare_per_text,
     .sentence = "One compare per text, however long."},
    {.name = "StringConcat",
     .shape = concat_shape,
     .work = elementwise<VectorOp::add>,
     .sentence = "One add per text that it makes, however long."},
    {.name = "StringNormalizer",
     .shape = normalizer_shape,
     .work = one_compare_per_text,
     .sentence = "One compare per text, however long."},
    {.name = "StringSplit",
     .shape = split_shape,
     .work = one_compare_per_text,
     .sentence = "One compare per text, however long.",
     .counts_on_stated = true},
    {.name = "TfIdfVectorizer",
     .shape = tfidf_shape,
     .work = tfidf_work,
     .sentence = "Per element, length of n-gram and distance between its parts one compare (it is "
                 "looked up) and one add; unless the mode is TF, one multiply per result."},
};

}  // namespace

std::span<const Operator> strings_rows() { return kRows; }

}  // namespace roofbeam
