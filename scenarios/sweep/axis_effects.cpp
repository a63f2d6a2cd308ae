#include "scenarios/sweep/axis_effects.hpp"

#include <algorithm>
#include <optional>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

// What the values of one axis change, on all platforms and runtimes together.
struct Touched {
  bool loads = true;              // every value can be loaded
  bool reshapes = false;          // what is stated at all differs
  Effect effect = Effect::none;   // the strongest
  std::set<std::string> numbers;  // by name: lists of several platforms differ
};

Numbers numbers_at(const CaseReader& reader, const CaseChoice& choice) {
  const Platform platform = reader.platform(choice);
  const Runtime runtime = reader.runtime(choice);
  return numbers_of(platform, platform.engine(reader.engine_of(choice)), runtime);
}

bool changes_rooms_only(const ScenarioAxis& axis) {
  bool any = false;
  for (const AxisValue& value : axis.values) {
    if (value.network || value.platform || value.runtime) return false;
    for (const Change& change : value.changes) {
      any = true;
      const bool fits =
          change.room == Change::Room::platform || change.room == Change::Room::runtime;
      if (!fits) return false;
    }
  }
  return any;
}

class Finder {
 public:
  Finder(const Scenario& scenario, const CaseReader& reader)
      : scenario_(scenario), reader_(reader), touched_(scenario.axes.size()) {}

  AxisEffects find() {
    for_each_setup([&](const Digits& digits) { look_at(digits); });
    AxisEffects effects;
    std::set<std::string> taken;
    for (std::size_t axis = 0; axis < scenario_.axes.size(); ++axis) {
      if (is_inner(axis, taken)) {
        effects.inner.push_back(axis);
        taken.insert(touched_[axis].numbers.begin(), touched_[axis].numbers.end());
      } else {
        effects.outer.push_back(axis);
      }
    }
    for (const std::size_t axis : effects.outer) {
      if (is_keyed(axis, taken)) effects.keyed.push_back(axis);
      effects.platform_lowers =
          effects.platform_lowers || touched_[axis].effect == Effect::lowering;
    }
    return effects;
  }

 private:
  [[nodiscard]] bool is_room_axis(std::size_t axis) const {
    return changes_rooms_only(scenario_.axes[axis]);
  }

  [[nodiscard]] bool is_inner(std::size_t axis, const std::set<std::string>& taken) const {
    const Touched& touched = touched_[axis];
    const bool rates = touched.loads && !touched.reshapes && touched.effect <= Effect::rate;
    return is_room_axis(axis) && rates && !overlaps(touched, taken);
  }

  [[nodiscard]] bool is_keyed(std::size_t axis, const std::set<std::string>& taken) const {
    const std::string& name = scenario_.axes[axis].name;
    if (name == "platform" || name == "runtime" || name == "stage") return true;
    if (!is_room_axis(axis)) return false;
    const Touched& touched = touched_[axis];
    return !touched.loads || touched.reshapes || overlaps(touched, taken);
  }

  static bool overlaps(const Touched& touched, const std::set<std::string>& taken) {
    return std::ranges::any_of(touched.numbers,
                               [&](const std::string& name) { return taken.contains(name); });
  }

  // Every platform with every runtime and stage, all else as the files have it.
  template <class F>
  void for_each_setup(F&& f) {
    std::vector<std::size_t> names;
    for (const std::string_view name : {"platform", "runtime", "stage"}) {
      if (const auto axis = scenario_.axis(name)) names.push_back(*axis);
    }
    Digits digits(scenario_.axes.size(), kNoDigit);
    digits[*scenario_.axis("network")] = 0;
    for (const std::size_t axis : names) digits[axis] = 0;
    while (true) {
      f(digits);
      std::size_t at = names.size();
      while (at > 0 && ++digits[names[at - 1]] == scenario_.axes[names[at - 1]].values.size()) {
        digits[names[--at]] = 0;
      }
      if (at == 0) return;
    }
  }

  void look_at(Digits digits) {
    std::optional<Numbers> base;
    try {
      base = numbers_at(reader_, choose(scenario_, digits));
    } catch (const InputError&) {
      return;  // no case of this setup is possible
    }
    for (std::size_t axis = 0; axis < scenario_.axes.size(); ++axis) {
      if (!is_room_axis(axis)) continue;
      for (std::size_t value = 0; value < scenario_.axes[axis].values.size(); ++value) {
        digits[axis] = value;
        compare(*base, digits, touched_[axis]);
      }
      digits[axis] = kNoDigit;
    }
  }

  void compare(const Numbers& base, const Digits& digits, Touched& touched) {
    try {
      const auto found = differences(base, numbers_at(reader_, choose(scenario_, digits)));
      if (!found) {
        touched.reshapes = true;
        return;
      }
      for (const Difference& difference : *found) {
        const Number& number = base.list[difference.number];
        touched.numbers.insert(number.name);
        touched.effect = std::max(touched.effect, number.effect);
      }
    } catch (const InputError&) {
      touched.loads = false;
    }
  }

  const Scenario& scenario_;
  const CaseReader& reader_;
  std::vector<Touched> touched_;
};

}  // namespace

AxisEffects axis_effects(const Scenario& scenario, const CaseReader& reader) {
  return Finder(scenario, reader).find();
}

InnerChanges inner_changes(const Scenario& scenario, const CaseReader& reader,
                           const AxisEffects& effects, const Digits& outer) {
  Digits digits = outer;
  for (const std::size_t axis : effects.outer) {
    const bool keyed = std::ranges::find(effects.keyed, axis) != effects.keyed.end();
    const bool needed = keyed || scenario.axes[axis].name == "network";
    if (!needed) digits[axis] = kNoDigit;
  }
  const Numbers base = numbers_at(reader, choose(scenario, digits));
  InnerChanges changes;
  for (std::size_t place = 0; place < effects.inner.size(); ++place) {
    const std::size_t axis = effects.inner[place];
    const std::size_t radix = scenario.axes[axis].values.size();
    std::map<std::size_t, std::vector<double>> found;
    for (std::size_t value = 0; value < radix; ++value) {
      digits[axis] = value;
      const auto changed = differences(base, numbers_at(reader, choose(scenario, digits)));
      if (!changed) throw InputError("an inner axis changes what a descriptor states");
      for (const Difference& each : *changed) {
        auto& values = found[each.number];
        values.resize(radix, base.list[each.number].value);
        values[value] = each.value;
      }
    }
    digits[axis] = kNoDigit;
    for (auto& [number, values] : found) {
      changes.numbers.push_back(number);
      changes.axis_of.push_back(place);
      changes.values.push_back(std::move(values));
    }
  }
  return changes;
}

}  // namespace roofbeam
