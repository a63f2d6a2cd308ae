#include <fmt/format.h>

#include "core/config/reader.hpp"
#include "core/input_error.hpp"
#include "platforms/reading.hpp"
#include "scenarios/readers/readers.hpp"
#include "scenarios/readers/scan.hpp"

namespace roofbeam::readers {
namespace {

using config::Complaints;
using config::Node;
using reading::Map;

void read_words(Map& map, std::string_view key, std::string& to) {
  if (auto text = map.reader.optional<std::string>(key)) to = std::move(text->value);
}

template <class T>
void read_positive(Map& map, std::string_view key, std::optional<T>& to) {
  if (const auto value = map.optional<T>(key, reading::Sign::positive)) to = value->value;
}

std::vector<MeasuredLayer> read_layers(Map& map) {
  std::vector<MeasuredLayer> layers;
  const Node* list = map.reader.list("layers");
  if (list == nullptr) return layers;
  for (const auto& item : list->items) {
    Map layer(item, fmt::format("layers[{}]", layers.size()), map.complaints);
    layers.push_back({layer.reader.required<std::string>("name").value, "", {}});
    read_words(layer, "op", layers.back().op);
    layers.back().time = layer.required<Seconds>("time", reading::Sign::not_negative).value;
    layer.reader.finish();
  }
  return layers;
}

void read_origin(Map& map, Measurement& row) {
  read_words(map, "source", row.source);
  read_words(map, "date", row.date);
  read_words(map, "notes", row.notes);
}

void read_run(Map& map, Measurement& row) {
  read_words(map, "device", row.device);
  read_words(map, "core", row.core);
  read_positive(map, "clock", row.clock);
  read_words(map, "platform", row.platform);
  read_words(map, "engine", row.engine);
  read_words(map, "runtime", row.runtime);
  read_words(map, "runtime_version", row.runtime_version);
  read_positive(map, "threads", row.threads);
  read_words(map, "precision", row.precision);
  std::optional<int> batch;
  read_positive(map, "batch", batch);
  row.batch = batch.value_or(1);
}

Measurement read_row(const Text& text, const Node& node, std::size_t index,
                     Complaints& complaints) {
  Map map(node, fmt::format("measurement {}", index + 1), complaints);
  Measurement row;
  row.place = place(text, node.mark.line);
  row.network = map.reader.required<std::string>("network").value;
  read_words(map, "width", row.width);
  read_words(map, "resolution", row.resolution);
  read_run(map, row);
  read_positive(map, "latency", row.latency);
  read_words(map, "latency_kind", row.latency_kind);
  read_positive(map, "energy", row.energy);
  read_positive(map, "peak_ram", row.peak_ram);
  read_positive(map, "flash", row.flash);
  read_origin(map, row);
  row.layers = read_layers(map);
  if (node.kind == Node::Kind::map && !row.latency && !row.energy) {
    complaints.add(
        node.mark,
        fmt::format("measurement {}: keys 'latency' and 'energy' are both missing", index + 1),
        "add one of them");
  }
  map.reader.finish();
  return row;
}

}  // namespace

// A list of maps, one of whose keys is the network; JSON is YAML, too.
bool is_yaml(std::string_view text) {
  bool is_list = false;
  bool decided = false;
  each_line(text, [&](auto line, int) {
    const auto begin = trimmed(line);
    if (decided || begin.empty() || begin.starts_with('#') || begin == "---") return;
    decided = true;
    is_list = begin.starts_with('-') || begin.starts_with('[');
  });
  return is_list && text.find("network") != text.npos;
}

Measurements read_yaml(const Text& text) {
  const Node root = config::parse(text->text, text->name);
  if (root.kind != Node::Kind::list) {
    throw InputError(config::complaint(root.mark, "a list of measurements was expected",
                                       "begin each with '- network: NAME'"));
  }
  Measurements result;
  Complaints complaints;
  for (const auto& item : root.items) {
    result.rows.push_back(read_row(text, item, result.rows.size(), complaints));
  }
  complaints.throw_if_any();
  return result;
}

}  // namespace roofbeam::readers
