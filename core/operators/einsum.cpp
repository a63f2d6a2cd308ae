// Einsum: an equation of labels, one label per dimension, as in "bij,bjk->bik".
#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// A letter, or -1 for the last of the dimensions that an ellipsis stands for, -2 for the one before
// it: so ellipses of different lengths meet at the right, and sort before letters.
using Label = int;
using Labels = std::vector<Label>;

struct Equation {
  std::vector<Labels> inputs;
  Labels output;
  std::map<Label, std::int64_t> sizes;
};

constexpr std::string_view kEllipsis = "...";

// The equation without spaces: left side and, after "->", right side.
struct Sides {
  std::string left;
  std::string right;
  bool has_right = false;
};

Sides read_sides(const LayerView& view) {
  std::string text(view.text("equation", ""));
  std::erase(text, ' ');
  const auto arrow = text.find("->");
  if (arrow == std::string::npos) return {text, "", false};
  return {text.substr(0, arrow), text.substr(arrow + 2), true};
}

std::vector<std::string_view> split_terms(std::string_view left) {
  std::vector<std::string_view> terms;
  for (std::size_t comma = left.find(','); comma != std::string_view::npos;
       comma = left.find(',')) {
    terms.push_back(left.substr(0, comma));
    left.remove_prefix(comma + 1);
  }
  terms.push_back(left);
  return terms;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The labels of a term whose ellipsis, if it has one, stands for `hidden` dimensions.
Labels labels_of(const LayerView& view, std::string_view term, std::int64_t hidden) {
  Labels labels;
  bool seen = false;
  for (std::size_t i = 0; i < term.size(); ++i) {
    if (is_letter(term[i])) {
      labels.push_back(term[i]);
    } else if (!seen && term.substr(i).starts_with(kEllipsis)) {
      for (auto place = static_cast<Label>(hidden); place > 0; --place) labels.push_back(-place);
      i += kEllipsis.size() - 1;
      seen = true;
    } else {
      view.fail(fmt::format(
          "the term '{}' of its equation may hold letters and one ellipsis (...) only", term));
    }
  }
  return labels;
}

// How many dimensions of input `i` the ellipsis of its term stands for.
std::int64_t hidden_dimensions(const LayerView& view, std::size_t i, std::string_view term) {
  const auto letters = std::ranges::count_if(term, is_letter);
  const auto rank = std::ssize(view.shape(i));
  const bool elastic = term.find(kEllipsis) != std::string_view::npos;
  if (elastic ? rank >= letters : rank == letters) return rank - letters;
  view.fail(fmt::format("the term '{}' of its equation has {} labels, {} has {} dimensions", term,
                        letters, describe_input(view, i), rank));
}

// Dimensions of 1 are broadcast.
void note_sizes(const LayerView& view, std::size_t i, Equation& equation) {
  const Shape& shape = view.shape(i);
  for (std::size_t d = 0; d < shape.size(); ++d) {
    const Label label = equation.inputs[i][d];
    auto& size = equation.sizes.try_emplace(label, shape[d]).first->second;
    if (size == 1) size = shape[d];
    if (size == shape[d] || shape[d] == 1) continue;
    const auto name = label < 0 ? std::string(kEllipsis) : std::string(1, static_cast<char>(label));
    view.fail(fmt::format("label '{}' of its equation is {} in {}, but {} before", name, shape[d],
                          describe_input(view, i), size));
  }
}

// Without a right side: the ellipsis, then all labels that occur once, in alphabetical order.
Labels implicit_output(const Equation& equation) {
  std::map<Label, int> occurrences;
  for (const Labels& labels : equation.inputs) {
    for (const Label label : labels) ++occurrences[label];
  }
  Labels output;
  for (const auto& [label, count] : occurrences) {
    if (label < 0 || count == 1) output.push_back(label);
  }
  return output;
}

void check_output(const LayerView& view, const Equation& equation, std::string_view right) {
  for (const Label label : equation.output) {
    if (equation.sizes.contains(label) && std::ranges::count(equation.output, label) == 1) continue;
    view.fail(
        fmt::format("the result '{}' of its equation must name labels of the inputs, once", right));
  }
}

Equation read_equation(const LayerView& view) {
  const Sides sides = read_sides(view);
  const auto terms = split_terms(sides.left);
  if (terms.size() != view.input_count()) {
    view.fail(fmt::format("its equation '{}' has {} terms, the layer {} inputs",
                          view.text("equation", ""), terms.size(), view.input_count()));
  }
  Equation equation;
  std::int64_t most_hidden = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto hidden = hidden_dimensions(view, i, terms[i]);
    most_hidden = std::max(most_hidden, hidden);
    equation.inputs.push_back(labels_of(view, terms[i], hidden));
    note_sizes(view, i, equation);
  }
  equation.output =
      sides.has_right ? labels_of(view, sides.right, most_hidden) : implicit_output(equation);
  check_output(view, equation, sides.right);
  return equation;
}

std::vector<TensorType> einsum_shape(const LayerView& view) {
  const Equation equation = read_equation(view);
  TensorType type{view.input(0).element, {}, {}};
  for (const Label label : equation.output) type.shape.push_back(equation.sizes.at(label));
  return {type};
}

// ---- Work: operands are joined from left to right

// Multiplies operands together, each with its labels sorted and without those of size 1.
class Contraction {
 public:
  Contraction(const LayerView& view, const Equation& equation) : view_(view), equation_(equation) {
    for (std::size_t i = 0; i < equation.inputs.size(); ++i) {
      for (const Label label : equation.inputs[i]) last_use_[label] = i;
    }
    for (const Label label : equation.output) last_use_[label] = equation.inputs.size();
  }

  Work count() {
    Labels joined = operand(0);
    for (std::size_t i = 1; i < equation_.inputs.size(); ++i) joined = join(joined, operand(i), i);
    (void)sum_up(joined, equation_.inputs.size() - 1, {});
    return work_;
  }

 private:
  Labels operand(std::size_t i) const {
    Labels labels;
    for (std::size_t d = 0; d < view_.shape(i).size(); ++d) {
      if (view_.shape(i)[d] != 1) labels.push_back(equation_.inputs[i][d]);
    }
    std::ranges::sort(labels);
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    return labels;
  }

  std::int64_t size(const Labels& labels) const {
    Shape dims;
    for (const Label label : labels) dims.push_back(equation_.sizes.at(label));
    return elements(view_, dims);
  }

  bool needed_after(Label label, std::size_t i) const { return last_use_.at(label) > i; }

  // Sums over the labels that neither the other operand nor anything after operand `i` has.
  Labels sum_up(const Labels& labels, std::size_t i, const Labels& other) {
    Labels kept;
    std::ranges::copy_if(labels, std::back_inserter(kept), [&](Label label) {
      return needed_after(label, i) || std::ranges::binary_search(other, label);
    });
    if (kept != labels) work_.ops(add) += static_cast<double>(size(labels));
    return kept;
  }

  // The operands joined so far times operand `i`: a product of matrices if labels are summed over,
  // otherwise each element times each.
  Labels join(Labels a, Labels b, std::size_t i) {
    a = sum_up(a, i, b);
    b = sum_up(b, i, a);
    Labels shared;
    Labels rows;
    Labels columns;
    std::ranges::set_intersection(a, b, std::back_inserter(shared));
    std::ranges::set_difference(a, b, std::back_inserter(rows));
    std::ranges::set_difference(b, a, std::back_inserter(columns));
    const auto middle = std::stable_partition(shared.begin(), shared.end(),
                                              [&](Label label) { return needed_after(label, i); });
    const Labels summed(middle, shared.end());
    shared.erase(middle, shared.end());
    add_product({size(shared), size(rows), size(columns), size(summed)}, !summed.empty());
    return result_of(shared, rows, columns);
  }

  // The matrix is the largest of them, the MACs are those of all.
  void add_product(const MatrixWork& matrix, bool sums) {
    const Work product = matrix_product(view_, matrix);
    if (!sums) {
      work_.ops(multiply) += static_cast<double>(product.macs);
      return;
    }
    if (product.macs > largest_) work_.matrix = matrix;
    largest_ = std::max(largest_, product.macs);
    work_.macs = checked_sum(view_, work_.macs, product.macs);
  }

  static Labels result_of(Labels labels, const Labels& rows, const Labels& columns) {
    labels.insert(labels.end(), rows.begin(), rows.end());
    labels.insert(labels.end(), columns.begin(), columns.end());
    std::ranges::sort(labels);
    return labels;
  }

  const LayerView& view_;
  const Equation& equation_;
  std::map<Label, std::size_t> last_use_;  // the last operand; the number of operands: the output
  std::int64_t largest_ = 0;
  Work work_;
};

Work einsum_work(const LayerView& view) {
  const Equation equation = read_equation(view);
  return Contraction(view, equation).count();
}

constexpr Operator kRows[] = {
    {.name = "Einsum",
     .shape = einsum_shape,
     .work = einsum_work,
     .sentence =
         "Operands are joined from left to right: a pair with labels to sum over takes as many "
         "MACs as the sizes of all its labels multiply to, one without as many multiplies; a label "
         "of one operand alone that the result lacks is summed first, one add per element."},
};

}  // namespace

std::span<const Operator> einsum_rows() { return kRows; }

}  // namespace roofbeam
