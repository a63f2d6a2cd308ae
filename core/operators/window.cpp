#include "core/operators/window.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/operators/rules.hpp"

namespace roofbeam {
namespace {

using Integers = std::vector<std::int64_t>;

Padding read_padding(const LayerView& view) {
  const std::string_view auto_pad = view.text("auto_pad", "NOTSET");
  if (auto_pad == "NOTSET" || auto_pad.empty()) return Padding::stated;
  if (auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER") return Padding::same;
  if (auto_pad == "VALID") return Padding::none;
  view.fail(fmt::format("auto_pad is '{}'; it must be NOTSET, SAME_UPPER, SAME_LOWER or VALID",
                        auto_pad));
}

void check_entries(const LayerView& view, std::string_view name, const Integers& values,
                   std::size_t count, std::int64_t least) {
  if (values.size() != count) {
    view.fail(fmt::format("{} has {} entries, the input {} needs {}", name, values.size(),
                          to_text(view.shape(0)), count));
  }
  if (std::ranges::any_of(values, [&](std::int64_t value) { return value < least; })) {
    view.fail(fmt::format("{} is [{}]; each entry must be at least {}", name,
                          fmt::join(values, ", "), least));
  }
}

// ceil(a / b) for a >= 0, b > 0, or floor.
std::int64_t divide(std::int64_t a, std::int64_t b, bool up) { return a / b + (up && a % b != 0); }

[[noreturn]] void fail_reach(const LayerView& view, const Window& window, std::size_t d,
                             std::int64_t padded) {
  view.fail(
      fmt::format("the kernel reaches over {} elements in dimension {}, the input {} has {} there "
                  "with padding; use a larger input or more padding",
                  reach(view, window, d), d + 2, to_text(view.shape(0)), padded));
}

std::int64_t positions(const LayerView& view, const Window& window, std::size_t d, bool ceil_mode) {
  const std::int64_t input = window.data[d + 2];
  const std::int64_t stride = window.strides[d];
  if (window.padding == Padding::same) return divide(input, stride, true);
  const std::int64_t before = checked_sum(view, input, window.begin[d]);
  const std::int64_t padded = checked_sum(view, before, window.end[d]);
  const std::int64_t room = padded - reach(view, window, d);
  const bool up = ceil_mode;
  // Rounded up, a kernel that is larger by less than one stride still has one position.
  if (room < 0 && !(up && room > -stride && before > 0)) fail_reach(view, window, d, padded);
  const std::int64_t steps = divide(std::max<std::int64_t>(room, 0), stride, up);
  // steps * stride >= before, without a product that could overflow.
  const bool starts_outside = up && steps > 0 && steps > (before - 1) / stride;
  return starts_outside ? steps : steps + 1;
}

}  // namespace

std::vector<std::int64_t> spatial_attribute(const LayerView& view, std::string_view name,
                                            std::size_t rank, std::int64_t least,
                                            std::int64_t otherwise) {
  if (!view.has(name)) return Integers(rank, otherwise);
  Integers values = view.integers(name);
  check_entries(view, name, values, rank, least);
  return values;
}

Window read_window(const LayerView& view, std::vector<std::int64_t> kernel) {
  return read_window(view, std::move(kernel), view.shape(0));
}

Window read_window(const LayerView& view, std::vector<std::int64_t> kernel, Shape data) {
  const std::size_t rank = data.size() - 2;
  check_entries(view, "kernel_shape", kernel, rank, 1);
  Window window{.data = std::move(data),
                .kernel = std::move(kernel),
                .strides = spatial_attribute(view, "strides", rank, 1, 1),
                .dilations = spatial_attribute(view, "dilations", rank, 1, 1),
                .begin = Integers(rank, 0),
                .end = Integers(rank, 0),
                .padding = read_padding(view)};
  if (window.padding == Padding::stated && view.has("pads")) {
    const Integers pads = view.integers("pads");
    check_entries(view, "pads", pads, 2 * rank, 0);
    const auto middle = pads.begin() + static_cast<std::ptrdiff_t>(rank);
    window.begin.assign(pads.begin(), middle);
    window.end.assign(middle, pads.end());
  }
  return window;
}

Shape to_channels_first(Shape shape) {
  std::rotate(shape.begin() + 1, shape.end() - 1, shape.end());
  return shape;
}

Shape to_channels_last(Shape shape) {
  std::rotate(shape.begin() + 1, shape.begin() + 2, shape.end());
  return shape;
}

std::int64_t reach(const LayerView& view, const Window& window, std::size_t d) {
  return checked_sum(view, checked_product(view, window.dilations[d], window.kernel[d] - 1), 1);
}

Shape slide(const LayerView& view, const Window& window, std::int64_t channels, bool ceil_mode) {
  Shape shape{window.data[0], channels};
  for (std::size_t d = 0; d < window.kernel.size(); ++d) {
    shape.push_back(positions(view, window, d, ceil_mode));
  }
  return shape;
}

}  // namespace roofbeam
