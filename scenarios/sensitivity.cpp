#include "scenarios/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/input_error.hpp"
#include "core/quantity/text.hpp"

namespace roofbeam {
namespace {

constexpr double kStep = 1e-4;
constexpr double kTornado = 0.1;
constexpr double kKink = 0.02;
constexpr double kNothing = 1e-4;

struct Figures {
  double latency = 0;
  double energy = 0;
};

class Prober {
 public:
  explicit Prober(const Subject& subject)
      : subject_(subject), base_(figures(predict(subject.base()))) {}

  // The forecast with another value at a path; nothing if it is not possible.
  std::optional<Figures> at(const std::string& path, const std::string& value) {
    ++forecasts_;
    try {
      return figures(subject_.forecast({{path, value}}));
    } catch (const InputError&) {
      return std::nullopt;
    }
  }
  std::optional<Shift> shift(const std::string& path, const std::string& value) {
    const auto there = at(path, value);
    if (!there) return std::nullopt;
    return Shift{value, there->latency / base_.latency - 1, there->energy / base_.energy - 1};
  }
  [[nodiscard]] const Figures& base() const { return base_; }
  [[nodiscard]] std::size_t forecasts() const { return forecasts_; }

 private:
  static Figures figures(const Prediction& p) { return {p.latency.si(), p.energy.total().si()}; }

  const Subject& subject_;
  Figures base_;
  std::size_t forecasts_ = 0;
};

// The values next to a whole number: vector widths double, all others count.
std::string next_whole(const StatedNumber& number, bool more) {
  const double value = number.value.number;
  if (number.path.ends_with("vector_bits") || number.path.ends_with("widest_vector")) {
    return number.value.with(more ? 2 * value : std::floor(value / 2));
  }
  return number.value.with(more ? value + 1 : value - 1);
}

void add_elasticities(Sensitivity& found, const StatedNumber& number, Prober& prober) {
  const auto side = [&](double factor, std::optional<double>& latency,
                        std::optional<double>& energy) {
    const auto there = prober.at(number.path, number.value.with(number.value.number * factor));
    if (!there) return;
    latency = std::log(there->latency / prober.base().latency) / std::log(factor);
    if (std::isnan(prober.base().energy)) return;
    energy = std::log(there->energy / prober.base().energy) / std::log(factor);
  };
  side(1 - kStep, found.latency_left, found.energy_left);
  side(1 + kStep, found.latency_right, found.energy_right);
}

Sensitivity probe(const StatedNumber& number, Prober& prober) {
  Sensitivity found;
  found.path = number.path;
  found.value = number.value.with(number.value.number);
  found.kind = number.kind;
  found.time_exponent = number.value.time_exponent;
  const auto shifted = [&](double factor) {
    return prober.shift(number.path, number.value.with(number.value.number * factor));
  };
  found.less = shifted(1 - kTornado);
  found.more = shifted(1 + kTornado);
  if (!found.less && !found.more) {
    found.whole = true;
    found.less = prober.shift(number.path, next_whole(number, false));
    found.more = prober.shift(number.path, next_whole(number, true));
    return found;
  }
  if (found.reach() > kNothing * kTornado) add_elasticities(found, number, prober);
  return found;
}

// "12" of "runtime.kernels.12.efficiency"; empty for other paths.
std::string kernel_of(const std::string& path) {
  constexpr std::string_view kKernels = "runtime.kernels.";
  if (!path.starts_with(kKernels)) return "";
  const std::string rest = path.substr(kKernels.size());
  return rest.substr(0, rest.find('.'));
}

// Kernels that some call runs, and their algorithms.
std::map<std::string, std::string> busy_kernels(const Workload& workload) {
  std::map<std::string, std::string> busy;
  for (const KernelCall& call : workload.calls) {
    busy[fmt::format("{}", call.kernel)] = to_text(call.algorithm);
  }
  return busy;
}

// What the descriptor leaves out and a forecast hangs on.
void add_assumed(const Subject& subject, std::vector<StatedNumber>& numbers) {
  const Engine& engine = subject.base().used();
  const auto add = [&](const char* key, const std::string& value) {
    const std::string path = fmt::format("platform.engines.{}.{}", engine.name, key);
    const auto stated = std::ranges::find(numbers, path, &StatedNumber::path);
    const auto number = parse_unit_number(value);
    if (stated != numbers.end() || !number || number->number == 0) return;
    numbers.push_back({path, *number, "assumed"});
  };
  add("overlap", fmt::format("{}", engine.overlap.value));
  add("submit", fmt::format("{} us", engine.submit.value.si() * 1e6));
}

double mean_of(const std::optional<double>& left, const std::optional<double>& right) {
  if (left && right) return (*left + *right) / 2;
  return left.value_or(right.value_or(0));
}

}  // namespace

double Sensitivity::latency() const { return mean_of(latency_left, latency_right); }
double Sensitivity::energy() const { return mean_of(energy_left, energy_right); }

bool Sensitivity::is_kink() const {
  return latency_left && latency_right && std::abs(*latency_left - *latency_right) > kKink;
}

double Sensitivity::reach() const {
  double reach = 0;
  for (const auto* shift : {&less, &more}) {
    if (!*shift) continue;
    reach = std::max({reach, std::abs((*shift)->latency), std::abs((*shift)->energy)});
  }
  return reach;
}

Sensitivities sensitivities(const Subject& subject) {
  Sensitivities all;
  Prober prober(subject);
  auto numbers = subject.numbers();
  add_assumed(subject, numbers);
  const auto busy = busy_kernels(*subject.base().workload);
  for (const StatedNumber& number : numbers) {
    const auto kernel = busy.find(kernel_of(number.path));
    const bool idle = kernel == busy.end() && !kernel_of(number.path).empty();
    Sensitivity found = idle || number.value.number == 0 ? Sensitivity{} : probe(number, prober);
    if (kernel != busy.end()) found.about = kernel->second;
    all.time_sum += found.time_exponent * found.latency();
    if (found.reach() <= kNothing * kTornado) {
      ++all.without_effect;
    } else {
      all.numbers.push_back(std::move(found));
    }
  }
  std::stable_sort(
      all.numbers.begin(), all.numbers.end(),
      [](const Sensitivity& a, const Sensitivity& b) { return a.reach() > b.reach(); });
  all.forecasts = prober.forecasts();
  return all;
}

}  // namespace roofbeam
