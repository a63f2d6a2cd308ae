// Fourier transforms, and the windows and filters that go with them.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/operators/families.hpp"
#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using enum VectorOp;

// The one known element of an input.
std::int64_t known_scalar(const LayerView& view, std::size_t i, std::string_view what) {
  const auto& values = view.constant_integers(i, what);
  if (values.size() == 1) return values.front();
  view.fail(fmt::format("{} ({}) must have one element", describe_input(view, i), what));
}

std::int64_t known_size(const LayerView& view, std::size_t i, std::string_view what) {
  const auto size = known_scalar(view, i, what);
  if (size >= 1) return size;
  view.fail(fmt::format("{} is {}; it must be at least 1", what, size));
}

ElementType output_type(const LayerView& view) {
  constexpr std::string_view kAttribute = "output_datatype";
  return view.has(kAttribute) ? stated_element(view, kAttribute) : ElementType::f32;
}

// 5 n log2 n operations of a complex transform of length n, 2 of 5 multiplies, and half as many if
// one side is real: C. Van Loan, Computational Frameworks for the Fast Fourier Transform, SIAM
// 1992, section 1.4; by custom it is taken for lengths other than powers of two as well
// (www.fftw.org/speed).
Work transforms(double count, std::int64_t length, bool real) {
  const auto n = static_cast<double>(length);
  const double steps = length < 2 ? 0 : count * n * std::log2(n) * (real ? 0.5 : 1);
  Work work;
  work.ops(multiply) = 2 * steps;
  work.ops(add) = 3 * steps;
  return work;
}

// The bins of a one-sided spectrum of real samples, and the length of which it is one.
std::int64_t bins_of(std::int64_t length) { return length / 2 + 1; }
std::int64_t length_of(const LayerView& view, std::int64_t bins) {
  return checked_product(view, 2, std::max<std::int64_t>(bins - 1, 0));
}

// ---- DFT

// Attributes and axis. The last dimension holds 1 (real) or 2 (complex) components.
struct Transform {
  std::size_t axis;
  bool one_sided;
  bool inverse;
  bool real_result() const { return one_sided && inverse; }
};

void check_components(const LayerView& view, std::int64_t components) {
  if (components == 1 || components == 2) return;
  view.fail(fmt::format("the last dimension of {} must be 1 (real) or 2 (complex)",
                        describe_input(view, 0)));
}

// An attribute until opset 19, input 2 after that.
std::int64_t stated_axis(const LayerView& view) {
  if (view.opset() < 20) return view.integer("axis", 1);
  return view.has_input(2) ? known_scalar(view, 2, "the axis") : -2;
}

// The same, or the longest one of this shape where it is not known: the most work.
std::int64_t stated_or_longest_axis(const LayerView& view, const Shape& shape) {
  const bool known = view.opset() < 20 || !view.has_input(2) || view.integers(std::size_t{2});
  if (known) return stated_axis(view);
  return std::ranges::max_element(shape.begin(), shape.end() - 1) - shape.begin();
}

void require_components(const LayerView& view) {
  require_rank(view, 2);
  check_components(view, view.shape(0).back());
}

Transform read_transform(const LayerView& view, std::int64_t axis) {
  const Shape& shape = view.shape(0);
  const Transform transform{view.axis(axis, shape.size()), view.integer("onesided", 0) != 0,
                            view.integer("inverse", 0) != 0};
  if (transform.axis + 1 == shape.size()) {
    view.fail(
        fmt::format("the axis is the last dimension of {}, which holds the components of "
                    "complex numbers",
                    describe_input(view, 0)));
  }
  const std::int64_t wanted = transform.inverse ? 2 : 1;
  if (transform.one_sided && shape.back() != wanted) {
    view.fail(
        fmt::format("a one-sided transform starts from {} numbers: the last dimension of {} "
                    "must be {}",
                    transform.inverse ? "complex" : "real", describe_input(view, 0), wanted));
  }
  return transform;
}

// dft_length, or what follows from the input.
std::int64_t transform_length(const LayerView& view, const Transform& transform) {
  if (view.has_input(1)) return known_size(view, 1, "dft_length");
  const auto dim = view.shape(0)[transform.axis];
  return transform.real_result() ? length_of(view, dim) : dim;
}

std::vector<TensorType> dft_shape(const LayerView& view) {
  require_components(view);
  const bool keeps_lengths = !view.has_input(1) && view.integer("onesided", 0) == 0;
  const Transform transform = read_transform(
      view, keeps_lengths ? stated_or_longest_axis(view, view.shape(0)) : stated_axis(view));
  const auto length = transform_length(view, transform);
  const bool half = transform.one_sided && !transform.inverse;
  auto type = type_of(view, 0);
  type.shape[transform.axis] = half ? bins_of(length) : length;
  type.shape.back() = transform.real_result() ? 1 : 2;
  return {type};
}

// The length of transforms whose output is stated by the file.
std::int64_t length_of_output(const LayerView& view, const Transform& transform) {
  if (!view.has_input(1) || view.integers(std::size_t{1})) {
    return transform_length(view, transform);
  }
  const auto dim = view.output_shape(0)[transform.axis];
  return transform.one_sided && !transform.inverse ? length_of(view, dim) : dim;
}

Work dft_work(const LayerView& view) {
  require_components(view);
  require_output_rank(view, view.shape(0).size());
  const Transform transform =
      read_transform(view, stated_or_longest_axis(view, view.output_shape(0)));
  Shape others = view.shape(0);
  const bool real = others.back() == 1 || transform.real_result();
  others[transform.axis] = 1;
  others.back() = 1;
  Work work = transforms(static_cast<double>(elements(view, others)),
                         length_of_output(view, transform), real);
  if (transform.inverse) {
    work.ops(multiply) += static_cast<double>(elements(view, view.output_shape(0)));
  }
  return work;
}

// ---- STFT

constexpr std::size_t kStep = 1;
constexpr std::size_t kWindow = 2;
constexpr std::size_t kFrameLength = 3;

bool one_sided(const LayerView& view) { return view.integer("onesided", 1) != 0; }

// Batch, samples and components; a signal of two dimensions is real.
Shape signal_shape(const LayerView& view) {
  Shape shape = view.shape(0);
  if (shape.size() == 2) shape.push_back(1);
  if (shape.size() != 3) {
    view.fail(fmt::format("{} must have 3 dimensions: batch, samples and components",
                          describe_input(view, 0)));
  }
  check_components(view, shape.back());
  return shape;
}

std::int64_t frame_length(const LayerView& view) {
  if (view.has_input(kWindow) && view.shape(kWindow).size() != 1) {
    view.fail(fmt::format("{} must have 1 dimension", describe_input(view, kWindow)));
  }
  if (view.has_input(kFrameLength)) {
    const auto length = known_size(view, kFrameLength, "frame_length");
    require_shape(view, kWindow, {length}, fmt::format("frame_length is {}", length));
    return length;
  }
  if (!view.has_input(kWindow)) view.fail("it needs a window or a frame_length");
  return view.shape(kWindow)[0];
}

std::vector<TensorType> stft_shape(const LayerView& view) {
  const Shape signal = signal_shape(view);
  const auto length = frame_length(view);
  const auto step = known_size(view, kStep, "frame_step");
  if (length > signal[1]) {
    view.fail(fmt::format("a frame of {} samples is longer than the signal, {}", length,
                          describe_input(view, 0)));
  }
  const auto frames = (signal[1] - length) / step + 1;
  const auto bins = one_sided(view) ? bins_of(length) : length;
  return {{view.input(0).element, {signal[0], frames, bins, 2}, {}}};
}

// If the file states the output only, the length follows from its bins.
std::int64_t frame_length_of_output(const LayerView& view) {
  const bool unknown = view.has_input(kFrameLength) && !view.integers(kFrameLength);
  if (!unknown) return frame_length(view);
  const auto bins = view.output_shape(0)[2];
  return one_sided(view) ? length_of(view, bins) : bins;
}

Work stft_work(const LayerView& view) {
  require_output_rank(view, 4);
  const Shape& output = view.output_shape(0);
  const auto components = signal_shape(view).back();
  const auto length = frame_length_of_output(view);
  const auto frames = checked_product(view, output[0], output[1]);
  Work work = transforms(static_cast<double>(frames), length, components == 1);
  if (view.has_input(kWindow)) {
    work.ops(multiply) +=
        static_cast<double>(elements(view, std::array{frames, length, components}));
  }
  return work;
}

// ---- Windows and filters

std::vector<TensorType> window_shape(const LayerView& view) {
  return {{output_type(view), {known_size(view, 0, "the size")}, {}}};
}

std::vector<TensorType> mel_shape(const LayerView& view) {
  require_inputs(view, 5);
  const auto bands = known_size(view, 0, "num_mel_bins");
  const auto length = known_size(view, 1, "dft_length");
  return {{output_type(view), {bins_of(length), bands}, {}}};
}

constexpr std::string_view kCosine =
    "Per element one exponential (a cosine), two multiplies and one add.";

constexpr Operator row(std::string_view name, ShapeRule shape, WorkRule work,
                       std::string_view sentence) {
  return {.name = name,
          .shape = shape,
          .work = work,
          .sentence = sentence,
          .parameter_inputs = 0,
          .counts_on_stated = true};
}

constexpr Operator kRows[] = {
    row("BlackmanWindow", window_shape,
        elementwise<exponential, exponential, multiply, multiply, multiply, multiply, add, add>,
        "Per element two exponentials (cosines), four multiplies and two adds."),
    row("DFT", dft_shape, dft_work,
        "A fast transform of length n takes 2 n log2 n multiplies and 3 n log2 n adds, half of "
        "that if one side is real; an inverse one multiply more per output element; an axis that "
        "is not known is the longest."),
    row("HammingWindow", window_shape, elementwise<exponential, multiply, multiply, add>, kCosine),
    row("HannWindow", window_shape, elementwise<exponential, multiply, multiply, add>, kCosine),
    row("MelWeightMatrix", mel_shape, elementwise<add, divide, compare>,
        "One add, one divide and one compare per element: a slope, cut off at 0."),
    row("STFT", stft_shape, stft_work,
        "Per frame a fast transform of its length n: 2 n log2 n multiplies and 3 n log2 n adds, "
        "half of that for a real signal; a window is one multiply per sample of a frame."),
};

}  // namespace

std::span<const Operator> signal_rows() { return kRows; }

}  // namespace roofbeam
