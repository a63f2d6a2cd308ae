#include "bench/accuracy/profile_fit.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <thread>

namespace roofbeam::accuracy {
namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

constexpr double kShared = 0.25;    // what all rows of a device err together
constexpr double kOwn = 0.10;       // what each errs besides
constexpr double kOutlier = 0.20;   // residuals beyond this count less
constexpr double kFarDevice = 0.3;  // and so do devices
constexpr double kStep = 0.02;
constexpr double kFurthest = 0.7;  // that a figure's logarithm moves in one round

bool uses_kernel(const Row& row, int kernel) {
  return std::any_of(row.workload.calls.begin(), row.workload.calls.end(),
                     [&](const KernelCall& call) { return call.kernel == kernel; });
}

void for_halves(std::size_t count, const std::function<void(std::size_t)>& f) {
  const auto part = [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) f(i);
  };
  std::thread other(part, 0, count / 2);
  part(count / 2, count);
  other.join();
}

double middle(std::vector<double> values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), half, values.end());
  return *half;
}

// Rows that err together: of one device, integers and floats apart, one thread and several apart.
std::map<std::string, std::vector<std::size_t>> groups(
    const std::vector<Row>& rows, const std::function<bool(const Row&)>& left_out) {
  std::map<std::string, std::vector<std::size_t>> found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (left_out(rows[i])) continue;
    found[fmt::format("{} {} {}", rows[i].device, is_integer(rows[i].workload.precision),
                      rows[i].workload.threads)]
        .push_back(i);
  }
  return found;
}

// The middle over devices of the middle residual of each: how much slower all of them are, for each
// precision, since each has kernels of its own.
using Levels = std::map<Precision, double>;

Levels levels(const std::vector<double>& forecasts, const std::vector<Row>& rows,
              const std::function<bool(const Row&)>& left_out) {
  std::map<Precision, std::map<std::string, std::vector<double>>> residuals;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (left_out(rows[i])) continue;
    residuals[rows[i].workload.precision][rows[i].device].push_back(std::log(rows[i].measured) -
                                                                    forecasts[i]);
  }
  Levels found;
  for (auto& [precision, devices] : residuals) {
    std::vector<double> middles;
    for (auto& [device, list] : devices) middles.push_back(middle(std::move(list)));
    found[precision] = middle(std::move(middles));
  }
  return found;
}

bool moves_level(const std::vector<Figure>& figures) {
  return std::any_of(figures.begin(), figures.end(),
                     [](const Figure& figure) { return figure.cost != 0; });
}

// One Gauss-Newton step from `logs`.
Vector step(const ProfileFit& at, const std::vector<Row>& rows,
            const std::function<bool(const Row&)>& left_out) {
  const auto count = static_cast<Eigen::Index>(at.figures.size());
  Matrix normal = Matrix::Zero(count, count);
  Vector gradient = Vector::Zero(count);
  Levels common = levels(at.forecast, rows, left_out);
  if (!moves_level(at.figures)) {  // then what the figures explain is the level itself
    for (auto& [precision, middle_of_all] : common) middle_of_all = 0;
  }
  for (const auto& [name, ids] : groups(rows, left_out)) {
    const auto size = static_cast<Eigen::Index>(ids.size());
    Matrix slopes(size, count);
    Vector residuals(size);
    for (Eigen::Index i = 0; i < size; ++i) {
      const std::size_t row = ids[static_cast<std::size_t>(i)];
      slopes.row(i) = Eigen::Map<const Vector>(at.slopes[row].data(), count).transpose();
      residuals(i) =
          std::log(rows[row].measured) - at.forecast[row] - common.at(rows[row].workload.precision);
    }
    const double centre = middle({residuals.data(), residuals.data() + size});
    const double far = std::hypot(1.0, centre / kFarDevice);
    Matrix covariance = Matrix::Constant(size, size, kShared * kShared * far * far);
    for (Eigen::Index i = 0; i < size; ++i) {
      covariance(i, i) += kOwn * kOwn * std::hypot(1.0, (residuals(i) - centre) / kOutlier);
    }
    const Matrix weighted = covariance.ldlt().solve(slopes);
    normal += slopes.transpose() * weighted;
    gradient += weighted.transpose() * residuals;
  }
  for (Eigen::Index j = 0; j < count; ++j) {
    const auto figure = static_cast<std::size_t>(j);
    const double pull = 1 / (at.figures[figure].prior * at.figures[figure].prior);
    normal(j, j) += pull;
    gradient(j) += pull * (at.start[figure] - at.logs[figure]);
  }
  return normal.ldlt().solve(gradient).cwiseMax(-kFurthest).cwiseMin(kFurthest);
}

// Forecasts and slopes where the fit is.
void evaluate(ProfileFit& fit, const Runtime& runtime, const std::vector<Row>& rows) {
  fit.forecast = log_forecasts(rows, with(runtime, fit.figures, fit.logs));
  fit.slopes.assign(rows.size(), std::vector<double>(fit.figures.size()));
  std::vector<Runtime> moved;
  for (std::size_t j = 0; j < fit.figures.size(); ++j) {
    auto logs = fit.logs;
    logs[j] += kStep;
    moved.push_back(with(runtime, fit.figures, logs));
  }
  for_halves(rows.size(), [&](std::size_t row) {
    for (std::size_t j = 0; j < fit.figures.size(); ++j) {
      if (!fit.figures[j].matters(rows[row])) continue;
      const double there = std::log(forecast(rows[row], moved[j]).latency.si());
      fit.slopes[row][j] = (there - fit.forecast[row]) / kStep;
    }
  });
}

// Moves every cost by a factor: that of its precision, or, where it serves all, that of floats of
// 32 bits, or of what there is.
void shift(const std::vector<Figure>& figures, std::vector<double>& logs, const Levels& by) {
  const auto general = by.count(Precision::fp32) != 0 ? by.at(Precision::fp32) : by.begin()->second;
  for (std::size_t j = 0; j < figures.size(); ++j) {
    const auto& precision = figures[j].precision;
    const bool own = precision && by.count(*precision) != 0;
    logs[j] += figures[j].cost * (own ? by.at(*precision) : general);
  }
}

bool anyone(const Row&) { return true; }
bool nobody(const Row&) { return false; }

// Where every fit starts: orders of magnitude, by the kind of engine.
struct Starts {
  double efficiency = 0.5;
  double cycles = 0.2;
  double dispatch_cycles = 4000;
};

Starts starts_of(const Runtime& runtime) {
  switch (runtime.engines.front()) {
    case EngineKind::mcu:
      return {0.6, 15, 1000};
    case EngineKind::gpu:
      return {0.3, 0.2, 4000};
    default:
      return {};
  }
}

void add_kernel(std::vector<Figure>& figures, const Runtime& runtime, std::size_t id) {
  const Kernel& kernel = runtime.kernels[id];
  const Starts starts = starts_of(runtime);
  const auto matters = [id](const Row& row) { return uses_kernel(row, static_cast<int>(id)); };
  std::optional<Precision> precision;
  if (kernel.match.precisions.size() == 1) precision = kernel.match.precisions.front();
  const auto add = [&](std::string_view key, double start, double prior, double cost,
                       std::function<double&(Runtime&)> of) {
    figures.push_back({fmt::format("kernels.{}.{}", id, key), start, prior, cost, std::move(of),
                       matters, precision});
  };
  if (kernel.algorithm != Algorithm::copy) {
    add("efficiency", starts.efficiency, 0.7, -1,
        [id](Runtime& r) -> double& { return r.kernels[id].efficiency.value; });
  }
  if (kernel.passes.value > 0) {
    add("passes", 1, 0.7, 1, [id](Runtime& r) -> double& { return r.kernels[id].passes.value; });
  }
  if (kernel.cycles.value > 0) {
    add("cycles", starts.cycles, 1.0, 1,
        [id](Runtime& r) -> double& { return r.kernels[id].cycles.value; });
  }
}

bool forks(const Row& row) { return row.workload.threads > 1; }

}  // namespace

std::vector<Figure> figures_of(const Runtime& runtime, const std::vector<Row>& rows) {
  std::vector<Figure> figures;
  for (std::size_t id = 0; id < runtime.kernels.size(); ++id) {
    const bool used = std::any_of(rows.begin(), rows.end(), [&](const Row& row) {
      return uses_kernel(row, static_cast<int>(id));
    });
    if (used) add_kernel(figures, runtime, id);
  }
  figures.push_back({"vector_efficiency",
                     0.4,
                     0.4,
                     0,
                     [](Runtime& r) -> double& { return r.vector_efficiency.value; },
                     anyone,
                     {}});
  figures.push_back({"vector_instructions.exponential",
                     15,
                     0.7,
                     1,
                     [](Runtime& r) -> double& { return r.vector_instructions[5]; },
                     anyone,
                     {}});
  if (runtime.dispatch_cycles.value > 0) {
    figures.push_back({"dispatch_cycles",
                       starts_of(runtime).dispatch_cycles,
                       0.7,
                       1,
                       [](Runtime& r) -> double& { return r.dispatch_cycles.value; },
                       anyone,
                       {}});
  }
  if (std::any_of(rows.begin(), rows.end(), forks)) {
    figures.push_back({"serial_share",
                       0.1,
                       0.7,
                       0,
                       [](Runtime& r) -> double& { return r.serial_share.value; },
                       forks,
                       {}});
    if (runtime.fork_cycles.value > 0) {
      figures.push_back({"fork_cycles",
                         2e4,
                         0.7,
                         0,
                         [](Runtime& r) -> double& { return r.fork_cycles.value; },
                         forks,
                         {}});
    }
  }
  Runtime copy = runtime;
  std::erase_if(figures, [&](const Figure& figure) { return figure.of(copy) <= 0; });
  return figures;
}

std::vector<double> log_forecasts(const std::vector<Row>& rows, const Runtime& runtime) {
  std::vector<double> logs(rows.size());
  for_halves(rows.size(),
             [&](std::size_t i) { logs[i] = std::log(forecast(rows[i], runtime).latency.si()); });
  return logs;
}

Runtime with(const Runtime& runtime, const std::vector<Figure>& figures,
             const std::vector<double>& logs) {
  Runtime changed = runtime;
  for (std::size_t j = 0; j < figures.size(); ++j) figures[j].of(changed) = std::exp(logs[j]);
  return changed;
}

ProfileFit fit(const Runtime& runtime, const std::vector<Row>& rows, std::vector<Figure> figures,
               int rounds) {
  ProfileFit found;
  found.figures = std::move(figures);
  for (const Figure& figure : found.figures) found.start.push_back(std::log(figure.start));
  found.logs = found.start;
  evaluate(found, runtime, rows);
  for (int round = 0; round < rounds; ++round) {
    const Vector change = step(found, rows, nobody);
    for (std::size_t j = 0; j < found.logs.size(); ++j) {
      found.logs[j] += change(static_cast<Eigen::Index>(j));
    }
    evaluate(found, runtime, rows);
    const Levels common = levels(found.forecast, rows, nobody);
    // What it is pulled towards moves too: the level is free.
    shift(found.figures, found.start, common);
    shift(found.figures, found.logs, common);
    evaluate(found, runtime, rows);
  }
  return found;
}

std::vector<double> fit_without(const ProfileFit& whole, const std::vector<Row>& rows,
                                const std::function<bool(const Row&)>& left_out) {
  const Vector change = step(whole, rows, left_out);
  std::vector<double> logs = whole.logs;
  for (std::size_t j = 0; j < logs.size(); ++j) logs[j] += change(static_cast<Eigen::Index>(j));
  auto forecasts = whole.forecast;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t j = 0; j < logs.size(); ++j) {
      forecasts[row] += whole.slopes[row][j] * change(static_cast<Eigen::Index>(j));
    }
  }
  shift(whole.figures, logs, levels(forecasts, rows, left_out));
  return logs;
}

}  // namespace roofbeam::accuracy
