#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/input_error.hpp"
#include "core/rewrites/apply_sizes.hpp"
#include "core/rewrites/architecture.hpp"
#include "core/rewrites/reading.hpp"
#include "core/rewrites/table.hpp"

namespace roofbeam {
namespace {

struct Width {
  double times = 1;
  std::int64_t divisor = 8;
  std::int64_t minimum = 8;
  Patterns keep;
};

double read_times(const config::Node& value) {
  config::Complaints complaints;
  const double times = config::read_value<double>(value, "width", complaints).value;
  complaints.throw_if_any();
  if (times > 0 && times <= 16) return times;
  refuse(value, fmt::format("width must be above 0 and at most 16, not {:g}", times),
         "0.75 is three quarters of the channels");
}

Width read_width(const config::Node& value) {
  Width width;
  if (value.kind != config::Node::Kind::map) {
    width.times = read_times(value);
    return width;
  }
  require_keys(value, "width", {"times", "divisor", "minimum", "keep"});
  const auto* times = value.find("times");
  if (times == nullptr) refuse(value, "width has no 'times'", "{times: 0.75, keep: [\"head*\"]}");
  width.times = read_times(*times);
  if (const auto* divisor = value.find("divisor")) width.divisor = read_count(*divisor, "divisor");
  width.minimum = width.divisor;
  if (const auto* minimum = value.find("minimum")) width.minimum = read_count(*minimum, "minimum");
  if (const auto* keep = value.find("keep")) width.keep = read_patterns(*keep, "keep");
  return width;
}

// Rounded to the nearest multiple of the divisor, at least the minimum; one more where that loses
// more than a tenth: _make_divisible of TF-slim's nets/mobilenet (github.com/tensorflow/models).
std::int64_t divisible(double size, const Width& width) {
  const auto divisor = width.divisor;
  const auto nearest =
      static_cast<std::int64_t>(size + static_cast<double>(divisor) / 2) / divisor * divisor;
  const auto rounded = std::max(width.minimum, nearest);
  return static_cast<double>(rounded) < 0.9 * size ? rounded + divisor : rounded;
}

class Scaling {
 public:
  Scaling(const ChannelTrace& trace, const Architecture& architecture, const Width& width)
      : trace_(trace),
        architecture_(architecture),
        width_(width),
        sizes_(present_sizes(trace)),
        state_(sizes_.size(), State::open) {}

  std::vector<std::int64_t> run() {
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
      if (trace_.groups.is_leaf(static_cast<GroupId>(i))) solve(static_cast<GroupId>(i));
    }
    return sizes_;
  }

  [[nodiscard]] std::int64_t scaled() const { return scaled_; }
  [[nodiscard]] std::int64_t kept() const { return kept_; }
  [[nodiscard]] const std::vector<std::string>& features() const { return features_; }

 private:
  enum class State : std::uint8_t { open, busy, done };

  void solve(GroupId id) {
    auto& state = state_[static_cast<std::size_t>(id)];
    if (state != State::open) return;
    state = State::busy;
    const auto& group = trace_.groups.groups()[static_cast<std::size_t>(id)];
    if (!group.layers.empty()) {
      const auto size = new_size(id, group);
      ++(size == group.size && may_not_change(group) ? kept_ : scaled_);
      sizes_[static_cast<std::size_t>(id)] = size;
    }
    state_[static_cast<std::size_t>(id)] = State::done;
  }

  [[nodiscard]] bool may_not_change(const ChannelGroups::Group& group) const {
    return group.fixed || std::ranges::any_of(group.layers, [&](const auto& name) {
             return width_.keep.match(name);
           });
  }

  std::int64_t new_size(GroupId id, const ChannelGroups::Group& group) {
    if (may_not_change(group)) return group.size;
    if (width_.times < 1 && architecture_.features.count(id) != 0) {
      features_.push_back(group.layers.front());
      return group.size;
    }
    const auto expanded = architecture_.expanded_from.find(id);
    if (expanded != architecture_.expanded_from.end()) {
      return bounded(divisible(in_ratio(group.size, expanded->second), width_), group.size);
    }
    const auto squeezed = architecture_.squeezed_from.find(id);
    if (squeezed != architecture_.squeezed_from.end()) return squeeze(group.size, squeezed->second);
    const auto whole =
        divisible(static_cast<double>(group.size * group.parts) * width_.times, width_);
    const auto part = std::llround(static_cast<double>(whole) / static_cast<double>(group.parts));
    return bounded(part, group.size);
  }

  // A thinner network has no layer that is wider than it was.
  [[nodiscard]] std::int64_t bounded(std::int64_t size, std::int64_t before) const {
    return std::max<std::int64_t>(1, width_.times <= 1 ? std::min(size, before) : size);
  }

  // The new size of what it follows, times the old ratio.
  double in_ratio(std::int64_t size, const Extent& source) {
    for (const auto& term : trace_.groups.leaves(source)) solve(term.group);
    return static_cast<double>(trace_.groups.size_with(source, sizes_)) *
           static_cast<double>(size) / static_cast<double>(trace_.groups.size(source));
  }

  // As a fixed share of the block's channels, rounded like them (MobileNetV3: a quarter of the
  // expanded ones), or of the channels that the block reads, not rounded (EfficientNet).
  std::int64_t squeeze(std::int64_t size, const Extent& channels) {
    const auto now = in_ratio(trace_.groups.size(channels), channels);
    const auto was = trace_.groups.size(channels);
    for (const std::int64_t share : {4, 8, 16}) {
      if (divisible(static_cast<double>(was / share), width_) == size) {
        const auto quarter = static_cast<std::int64_t>(now) / share;
        return bounded(divisible(static_cast<double>(quarter), width_), size);
      }
    }
    auto source = channels;
    const auto group = trace_.groups.single(channels);
    const auto expanded =
        group ? architecture_.expanded_from.find(*group) : architecture_.expanded_from.end();
    if (expanded != architecture_.expanded_from.end()) source = expanded->second;
    return bounded(std::llround(in_ratio(size, source)), size);
  }

  const ChannelTrace& trace_;
  const Architecture& architecture_;
  const Width& width_;
  std::vector<std::int64_t> sizes_;
  std::vector<State> state_;
  std::int64_t scaled_ = 0;
  std::int64_t kept_ = 0;
  std::vector<std::string> features_;
};

void assume(Network& network, const std::string& what, const Width& width, const Scaling& scaling) {
  network.assume(fmt::format(
      "{}: channels are rounded to multiples of {}; groups of channels: {} scaled, {} kept, which "
      "outputs, patterns or operators hold",
      what, width.divisor, scaling.scaled(), scaling.kept()));
  for (const auto& layer : scaling.features()) {
    network.assume(fmt::format(
        "{}: '{}' keeps its channels: what a classifier reads does not shrink where it is made "
        "from "
        "a linear bottleneck or from pooled channels (MobileNetV2, arXiv 1801.04381; MobileNetV3, "
        "arXiv 1905.02244)",
        what, layer));
  }
}

}  // namespace

void check_width(const config::Node& value) { (void)read_width(value); }

Network rewrite_width(const Network& network, const config::Node& value) {
  const auto width = read_width(value);
  const auto what = fmt::format("width {:g}", width.times);
  const auto trace = trace_channels(network);
  const auto architecture = recognise(network, trace);
  Scaling scaling(trace, architecture, width);
  const auto sizes = scaling.run();
  if (scaling.scaled() == 0) {
    refuse(value, fmt::format("network '{}' has no channels that may change", network.name()),
           "they belong to inputs, outputs, kept layers or operators that are not followed");
  }
  auto rewritten = apply_sizes(network, trace, sizes, what);
  assume(rewritten, what, width, scaling);
  return rewritten;
}

}  // namespace roofbeam
