#include "scenarios/loading/axes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "core/nearest.hpp"
#include "scenarios/loading/changes.hpp"
#include "scenarios/loading/range.hpp"
#include "scenarios/metric.hpp"

namespace roofbeam {
namespace {

using config::Complaints;
using config::Node;

Node scalar_node(std::string text, const config::Mark& mark) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.scalar = std::move(text);
  node.mark = mark;
  return node;
}

// The value of an axis that changes one path.
AxisValue value_at(const Change& path, Node value) {
  AxisValue one;
  one.text = value_text(value);
  one.mark = value.mark;
  Change change = path;
  change.value = std::move(value);
  one.changes.push_back(std::move(change));
  return one;
}

void read_factors(const Change& path, const Node& list, ScenarioAxis& axis,
                  Complaints& complaints) {
  for (const Node& item : list.items) {
    AxisValue value = value_at(path, item);
    value.changes.front().times = config::read_value<double>(item, "times", complaints).value;
    value.text = "x" + value.text;
    axis.values.push_back(std::move(value));
  }
}

void read_range(const Change& path, const Node& node, ScenarioAxis& axis, Complaints& complaints) {
  static const std::array<std::string, 2> kScales = {"linear", "geometric"};
  config::MapReader map(node, axis.name, complaints);
  const std::string from = map.required<std::string>("from");
  const std::string to = map.required<std::string>("to");
  const int steps = map.required<int>("steps");
  const bool geometric = map.choice("scale", kScales).value_or(0) == 1;
  map.finish();
  if (from.empty() || to.empty() || node.find("steps") == nullptr) return;
  const Range range = range_values(from, to, steps, geometric);
  if (!range.problem.empty()) {
    complaints.add(node.mark, fmt::format("{}: {}", axis.name, range.problem));
    return;
  }
  for (const std::string& text : range.values) {
    axis.values.push_back(value_at(path, scalar_node(text, node.mark)));
  }
}

void read_path_axis(const Change& path, const Node& node, ScenarioAxis& axis,
                    Complaints& complaints) {
  const Node* times = node.find("times");
  if (node.kind == Node::Kind::list) {
    for (const Node& item : node.items) axis.values.push_back(value_at(path, item));
  } else if (times != nullptr && times->kind == Node::Kind::list) {
    read_factors(path, *times, axis, complaints);
  } else if (node.find("from") != nullptr || node.find("to") != nullptr) {
    read_range(path, node, axis, complaints);
  } else if (node.kind == Node::Kind::scalar) {
    axis.values.push_back(value_at(path, node));
  } else {
    complaints.add(node.mark, fmt::format("{}: expected what it is varied over", axis.name),
                   "write a list, {times: [0.5, 2]} or {from: 1 GHz, to: 2 GHz, steps: 5}");
  }
}

void read_bundle(const Node& node, ScenarioAxis& axis, Complaints& complaints) {
  for (const config::Entry& entry : node.entries) {
    AxisValue value{entry.key, entry.key_mark, {}, {}, {}, {}, {}};
    if (entry.value.kind == Node::Kind::map) {
      value.changes = read_changes(entry.value, complaints);
    } else if (entry.value.kind != Node::Kind::null) {
      complaints.add(entry.value.mark,
                     fmt::format("{}: expected a map of paths and values", entry.key),
                     "write {platform.memory.DRAM.bandwidth: 60 GB/s}, or {} to change nothing");
    }
    axis.values.push_back(std::move(value));
  }
}

bool is_bundle(const Node& node) {
  return node.kind == Node::Kind::map &&
         std::ranges::all_of(node.entries, [](const config::Entry& entry) {
           return entry.value.kind == Node::Kind::map || entry.value.kind == Node::Kind::null;
         });
}

// Tables of cases have a column of each axis beside their own.
bool is_column(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kColumns = {
      "case",     "fits",        "fits_reason", "latency_deviation", "energy_deviation",
      "feasible", "on_frontier", "twins"};
  const auto& metrics = metric_kinds();
  return std::ranges::find(kColumns, name) != kColumns.end() ||
         std::ranges::find(metrics, name, &MetricKind::column) != metrics.end();
}

std::vector<std::string> texts_of(const ScenarioAxis& axis) {
  std::vector<std::string> texts;
  for (const AxisValue& value : axis.values) texts.push_back(value.text);
  return texts;
}

// Marks the value that a word of a condition names; "0.5" may stand for the factor "x0.5".
void mark_value(const ScenarioAxis& axis, const Node& word, std::vector<bool>& chosen,
                Complaints& complaints) {
  const std::string text = value_text(word);
  const auto same = [&](const AxisValue& value) {
    return value.text == text || value.text == "x" + text;
  };
  const auto found = std::ranges::find_if(axis.values, same);
  if (found != axis.values.end()) {
    chosen[static_cast<std::size_t>(found - axis.values.begin())] = true;
    return;
  }
  auto texts = texts_of(axis);
  const auto near = nearest(text, texts);
  if (texts.size() > 12) texts.resize(12);
  complaints.add(word.mark, fmt::format("axis '{}' has no value '{}'", axis.name, text),
                 near ? fmt::format("did you mean '{}'?", *near)
                      : fmt::format("it has: {}{}", fmt::join(texts, ", "),
                                    axis.values.size() > texts.size() ? ", ..." : ""));
}

std::string condition_text(const std::string& axis, const Node& value) {
  if (value.kind != Node::Kind::list) return fmt::format("{} {}", axis, value_text(value));
  std::vector<std::string> words;
  for (const Node& item : value.items) words.push_back(value_text(item));
  return fmt::format("{} {}", axis, fmt::join(words, " or "));
}

}  // namespace

bool Condition::holds(const Digits& digits) const {
  return std::ranges::all_of(axes, [&](const OnAxis& on) {
    const std::size_t digit = digits[on.axis];
    return digit != kNoDigit && on.values[digit];
  });
}

std::string value_text(const Node& value) {
  if (const Node* plain = value.find("value")) return value_text(*plain);
  std::string text = config::flow_text(value);
  const bool braces = value.kind == Node::Kind::map;
  return braces ? text.substr(1, text.size() - 2) : text;
}

ScenarioAxis read_axis(const config::Entry& entry, Complaints& complaints) {
  ScenarioAxis axis{entry.key, {}, entry.key_mark};
  if (!is_path_key(entry.key) && is_bundle(entry.value) && !entry.value.entries.empty()) {
    if (is_column(entry.key)) {
      complaints.add(
          entry.key_mark,
          fmt::format("an axis cannot be called '{}': reports have such a column", entry.key),
          "give the bundle another name");
    }
    read_bundle(entry.value, axis, complaints);
  } else if (const auto path = read_change({entry.key, entry.key_mark, {}}, complaints)) {
    read_path_axis(*path, entry.value, axis, complaints);
    const bool scalable =
        path->room == Change::Room::platform || path->room == Change::Room::runtime;
    if (entry.value.find("times") != nullptr && !scalable) {
      complaints.add(entry.key_mark,
                     fmt::format("{}: factors are for platforms and runtimes", entry.key),
                     "write the values");
    }
    if (entry.value.kind == Node::Kind::list && entry.value.items.empty()) {
      complaints.add(entry.value.mark, fmt::format("{}: an empty list", entry.key),
                     "write at least one value, or leave the key out");
    }
  }
  if (axis.values.size() > kMostValues) {
    complaints.add(entry.key_mark, fmt::format("{}: {} values; {} are the most", entry.key,
                                               axis.values.size(), kMostValues));
  }
  check_distinct(axis, complaints);
  return axis;
}

Condition read_condition(const Node& map, std::span<const ScenarioAxis> axes,
                         Complaints& complaints) {
  Condition condition;
  if (map.kind != Node::Kind::map || map.entries.empty()) {
    complaints.add(map.mark, "expected a map from axes to values",
                   "write {platform: cortex-m7, network.precision: [int8, fp16]}");
    return condition;
  }
  std::vector<std::string> names;
  for (const ScenarioAxis& axis : axes) names.push_back(axis.name);
  std::vector<std::string> texts;
  for (const config::Entry& entry : map.entries) {
    const auto found = std::ranges::find(names, entry.key);
    if (found == names.end()) {
      const auto near = nearest(entry.key, names);
      complaints.add(entry.key_mark, fmt::format("there is no axis '{}'", entry.key),
                     near ? fmt::format("did you mean '{}'?", *near)
                          : fmt::format("there are: {}", fmt::join(names, ", ")));
      continue;
    }
    const auto axis = static_cast<std::size_t>(found - names.begin());
    std::vector<bool> chosen(axes[axis].values.size(), false);
    if (entry.value.kind == Node::Kind::list) {
      for (const Node& word : entry.value.items) mark_value(axes[axis], word, chosen, complaints);
    } else {
      mark_value(axes[axis], entry.value, chosen, complaints);
    }
    condition.axes.push_back({axis, std::move(chosen)});
    texts.push_back(condition_text(entry.key, entry.value));
  }
  condition.text = fmt::format("{}", fmt::join(texts, ", "));
  return condition;
}

void check_distinct(const ScenarioAxis& axis, Complaints& complaints) {
  std::unordered_set<std::string_view> seen;
  for (const AxisValue& value : axis.values) {
    if (seen.insert(value.text).second) continue;
    complaints.add(value.mark, fmt::format("{}: '{}' stands there twice", axis.name, value.text),
                   "keep one of them");
  }
}

}  // namespace roofbeam
