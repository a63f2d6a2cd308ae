#include "scenarios/prediction_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/input_error.hpp"
#include "platforms/words.hpp"
#include "scenarios/text_file.hpp"

namespace roofbeam {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kSchema = "roofbeam.predict/1";
constexpr double kQuantile95 = 1.959963984540054;

// An object of the file and where it stands, for messages.
class Object {
 public:
  Object(const Json& json, std::string place) : json_(json), place_(std::move(place)) {
    if (!json_.is_object()) fail(place_, "is not an object");
  }

  // Whether a key is there that earlier files do not have.
  [[nodiscard]] bool has(const char* key) const { return json_.contains(key); }
  [[nodiscard]] std::string text(const char* key) const {
    const Json& value = at(key);
    if (!value.is_string()) fail(key, "is not a text");
    return value.get<std::string>();
  }
  [[nodiscard]] double number(const char* key) const { return as_number(at(key), key); }
  // A whole number that this type holds.
  template <class Integer>
  [[nodiscard]] Integer count(const char* key) const {
    const double value = number(key);
    constexpr double kMost =
        std::min(9007199254740992.0, static_cast<double>(std::numeric_limits<Integer>::max()));
    if (!(value >= 0 && value <= kMost) || std::floor(value) != value) {
      fail(key, fmt::format("is {}, not a count", value));
    }
    return static_cast<Integer>(value);
  }
  template <class Q>
  [[nodiscard]] Q quantity(const char* key) const {
    return Q::from_si(number(key));
  }
  // Not a number for null.
  template <class Q>
  [[nodiscard]] Q quantity_or_unknown(const char* key) const {
    if (at(key).is_null()) return Q::from_si(std::numeric_limits<double>::quiet_NaN());
    return quantity<Q>(key);
  }
  [[nodiscard]] bool truth(const char* key) const {
    const Json& value = at(key);
    if (!value.is_boolean()) fail(key, "is neither true nor false");
    return value.get<bool>();
  }
  [[nodiscard]] const Json& list(const char* key) const {
    const Json& value = at(key);
    if (!value.is_array()) fail(key, "is not a list");
    return value;
  }
  [[nodiscard]] Object object(const char* key) const { return {at(key), within(key)}; }

  // A word of a table.
  [[nodiscard]] std::size_t word(const char* key, std::span<const std::string> known) const {
    const std::string word = text(key);
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (known[i] == word) return i;
    }
    fail(key, fmt::format("'{}' is none of {}", word, join(known)));
  }
  // The deviation of the logarithm behind [low, high] around a value.
  [[nodiscard]] LogError error(const char* value, const char* interval) const {
    if (at(value).is_null() && at(interval).is_null()) return {};
    const Json& range = list(interval);
    if (range.size() != 2) fail(interval, "is not [low, high]");
    const double middle = number(value);
    const double high = as_number(range[1], interval);
    if (!(middle > 0) || !(high >= middle)) return {};
    return {std::log(high / middle) / kQuantile95};
  }
  [[nodiscard]] std::string within(std::string_view key) const {
    return fmt::format("{}.{}", place_, key);
  }

  [[noreturn]] void fail(std::string_view key, std::string_view why) const {
    throw InputError(fmt::format("{}.{} {}", place_, key, why));
  }

 private:
  [[nodiscard]] const Json& at(const char* key) const {
    const auto found = json_.find(key);
    if (found == json_.end()) fail(key, "is missing");
    return *found;
  }
  [[nodiscard]] double as_number(const Json& value, const char* key) const {
    if (!value.is_number()) fail(key, "is not a number");
    return value.get<double>();
  }

  const Json& json_;
  std::string place_;
};

// Null where the platform states nothing that it could follow from.
EnergyParts energy_of(const Object& object) {
  return {object.quantity_or_unknown<Joules>("energy_operations_j"),
          object.quantity_or_unknown<Joules>("energy_traffic_j"),
          object.quantity_or_unknown<Joules>("energy_power_j")};
}

std::vector<LevelUse> traffic_of(const Object& layer) {
  std::vector<LevelUse> levels;
  const Json& rows = layer.list("traffic");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Object row(rows[i], layer.within(fmt::format("traffic[{}]", i)));
    levels.push_back({row.quantity<Bytes>("bytes"), row.quantity<Seconds>("time_s")});
  }
  return levels;
}

LayerPrediction layer_of(const Object& object) {
  LayerPrediction layer;
  layer.name = object.text("name");
  layer.op = object.text("op");
  layer.algorithm = static_cast<Algorithm>(object.word("algorithm", algorithm_words()));
  layer.precision = static_cast<Precision>(object.word("precision", precision_words()));
  layer.repeat = object.count<std::int64_t>("repeat");
  layer.macs = object.number("macs");
  layer.weights = object.quantity<Bytes>("weights_bytes");
  layer.tile_use = object.number("tile_use");
  layer.cores_used = object.number("cores_used");
  layer.compute = object.quantity<Seconds>("compute_s");
  layer.overhead = object.quantity<Seconds>("overhead_s");
  layer.latency = object.quantity<Seconds>("latency_s");
  layer.latency_error = object.error("latency_s", "latency_95_s");
  layer.energy = energy_of(object);
  layer.energy_error = object.error("energy_j", "energy_95_j");
  layer.bound = object.text("bound");
  layer.levels = traffic_of(object);
  return layer;
}

Placement placement_of(const Object& object) {
  return {object.text("level"), object.quantity<Bytes>("needed_bytes"),
          object.quantity<Bytes>("size_bytes")};
}

void read_run(const Object& object, Prediction& p) {
  p.network = object.text("network");
  p.platform = object.text("platform");
  p.platform_title = object.text("platform_title");
  p.engine = object.text("engine");
  p.runtime = object.text("runtime");
  p.precision = static_cast<Precision>(object.word("precision", precision_words()));
  p.batch = object.count<int>("batch");
  p.threads = object.count<int>("threads");
}

void read_totals(const Object& object, Prediction& p) {
  p.latency = object.quantity<Seconds>("latency_s");
  p.latency_error = object.error("latency_s", "latency_95_s");
  p.energy = energy_of(object);
  p.energy_error = object.error("energy_j", "energy_95_j");
  p.calibrated_on = object.count<int>("calibrated_on");
  p.throttle = object.number("throttle");
  if (!(p.throttle >= 1)) object.fail("throttle", fmt::format("is {}, less than 1", p.throttle));
  p.peak_memory = object.quantity<Bytes>("peak_memory_bytes");
  p.arena = object.quantity<Bytes>("arena_bytes");
  p.weights = object.quantity<Bytes>("weights_bytes");
  p.stored = object.has("stored_bytes") ? object.quantity<Bytes>("stored_bytes") : p.weights;
  p.fits = object.truth("fits");
  p.fits_reason = object.text("fits_reason");
  p.activations_in = placement_of(object.object("activations_in"));
  p.weights_in = placement_of(object.object("weights_in"));
  p.bound = object.text("bound");
  p.bound_share = object.number("bound_share");
  p.macs = object.number("macs");
  p.parameters = object.number("parameters");
}

Prediction prediction_of(const Object& object) {
  Prediction p;
  p.errors = ErrorModel::unstated();  // the profile's are not in the file
  read_run(object, p);
  read_totals(object, p);
  for (const Json& level : object.list("levels")) {
    if (!level.is_string()) object.fail("levels", "holds something other than names");
    p.levels.push_back(level.get<std::string>());
  }
  const Json& layers = object.list("layers");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    p.layers.push_back(layer_of({layers[i], object.within(fmt::format("layers[{}]", i))}));
    if (p.layers.back().levels.size() != p.levels.size()) {
      object.fail(fmt::format("layers[{}].traffic", i), "has another number of levels");
    }
  }
  return p;
}

std::vector<Prediction> predictions_of(const Json& root) {
  if (!root.is_object() || !root.contains("schema") || root["schema"] != kSchema) {
    throw InputError(
        fmt::format("its schema is not {}: write it with roofbeam predict --format "
                    "json",
                    kSchema));
  }
  if (!root.contains("predictions") || !root["predictions"].is_array()) {
    throw InputError("it has no list of predictions");
  }
  std::vector<Prediction> predictions;
  const Json& list = root["predictions"];
  for (std::size_t i = 0; i < list.size(); ++i) {
    predictions.push_back(prediction_of({list[i], fmt::format("predictions[{}]", i)}));
  }
  if (predictions.empty()) throw InputError("it holds no prediction");
  return predictions;
}

}  // namespace

std::vector<Prediction> read_predictions(const std::string& text, const std::string& name) {
  try {
    return predictions_of(Json::parse(text));
  } catch (const Json::exception& error) {
    throw InputError(fmt::format("{}: error: is not JSON: {}", name, error.what()));
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: error: {}", name, error.what()));
  }
}

std::vector<Prediction> load_predictions(const std::string& path) {
  return read_predictions(read_text(path)->text, path);
}

}  // namespace roofbeam
