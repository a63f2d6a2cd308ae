#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/input_error.hpp"
#include "core/rewrites/fit_inputs.hpp"
#include "core/rewrites/reading.hpp"
#include "core/rewrites/refit.hpp"
#include "core/rewrites/table.hpp"

namespace roofbeam {
namespace {

struct Resolution {
  std::int64_t height = 0;
  std::int64_t width = 0;
};

std::optional<std::int64_t> pixels(std::string_view text) {
  constexpr std::int64_t kMost = 65'536;
  std::int64_t count = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = error == std::errc{} && stop == text.data() + text.size();
  return whole && count >= 1 && count <= kMost ? std::optional(count) : std::nullopt;
}

Resolution read_resolution(const config::Node& value) {
  if (value.kind == config::Node::Kind::scalar) {
    const std::string_view text = value.scalar;
    const auto cross = text.find('x');
    const auto height = pixels(text.substr(0, cross));
    const auto width = cross == std::string_view::npos ? height : pixels(text.substr(cross + 1));
    if (height && width) return {*height, *width};
  }
  refuse(value, "resolution must be pixels from 1 to 65536",
         "write it as 160, or as 160x96: height x width");
}

// Images are tensors of four dimensions: batch, channels, height, width, or channels last, which a
// transpose right behind the input, or a last dimension of 1, 3 or 4 shows.
bool has_channels_last(const Network& network, TensorId input) {
  for (const auto& layer : network.layers()) {
    if (layer.op != "Transpose" || layer.inputs.front() != input) continue;
    const auto perm = std::ranges::find(layer.attributes, "perm", &Attribute::name);
    if (perm == layer.attributes.end()) continue;
    const auto* order = std::get_if<std::vector<std::int64_t>>(&perm->value);
    if (order != nullptr) return *order == std::vector<std::int64_t>{0, 3, 1, 2};
  }
  const auto& shape = *network.tensor(input).shape;
  const auto is_color = [](std::int64_t size) { return size == 1 || size == 3 || size == 4; };
  return is_color(shape[3]) && shape[1] > 4;
}

bool is_image(const Tensor& tensor) {
  const bool number =
      is_float(tensor.element) || (is_integer(tensor.element) && bits(tensor.element) <= 16);
  return number && tensor.container == Container::tensor && tensor.shape &&
         tensor.shape->size() == 4;
}

}  // namespace

void check_resolution(const config::Node& value) { (void)read_resolution(value); }

Network rewrite_resolution(const Network& network, const config::Node& value) {
  const auto resolution = read_resolution(value);
  const auto what = fmt::format("resolution {}", value.scalar);
  auto changed = with_shape_layers(network);
  bool any = false;
  for (const auto id : network.inputs()) {
    if (!is_image(network.tensor(id))) continue;
    any = true;
    auto& shape = *changed.tensor(id).shape;
    const std::size_t height = has_channels_last(network, id) ? 1 : 2;
    shape[height] = resolution.height;
    shape[height + 1] = resolution.width;
  }
  if (!any) {
    refuse(value, fmt::format("network '{}' has no input that is an image", network.name()),
           "images have four dimensions: batch, channels, height, width");
  }
  try {
    return refit(std::move(changed), network, what, fit_inputs());
  } catch (const InputError& error) {
    throw InputError(
        fmt::format("{}; networks that halve and double their maps need a multiple, often of 32",
                    error.what()));
  }
}

}  // namespace roofbeam
