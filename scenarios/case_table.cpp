#include "scenarios/case_table.hpp"

#include <algorithm>
#include <numeric>

namespace roofbeam {
namespace {

template <class T>
void append_to(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

template <class T>
void reorder(std::vector<T>& column, const std::vector<std::size_t>& order) {
  std::vector<T> sorted;
  sorted.reserve(column.size());
  for (const std::size_t row : order) sorted.push_back(column[row]);
  column = std::move(sorted);
}

// Calls f on every column of a table.
template <class Table, class F>
void each_column(Table& table, F&& f) {
  f(table.index);
  for (auto& column : table.values) f(column);
  for (auto& column : table.metrics) f(column);
  f(table.latency_deviation);
  f(table.energy_deviation);
  f(table.fits);
  f(table.fits_reason);
  for (auto& column : table.missed) f(column);
  f(table.on_frontier);
  f(table.twins);
}

}  // namespace

CaseCounts& CaseCounts::operator+=(const CaseCounts& other) {
  all += other.all;
  excluded += other.excluded;
  repeated += other.repeated;
  impossible += other.impossible;
  forecast += other.forecast;
  unfit += other.unfit;
  feasible += other.feasible;
  unknown += other.unknown;
  for (const auto& [reason, count] : other.why_impossible) why_impossible[reason] += count;
  for (const auto& [metric, count] : other.unknown_of) unknown_of[metric] += count;
  failed.resize(std::max(failed.size(), other.failed.size()));
  for (std::size_t i = 0; i < other.failed.size(); ++i) failed[i] += other.failed[i];
  return *this;
}

bool CaseTable::feasible(std::size_t row) const {
  if (must_fit && fits[row] == 0) return false;
  return std::ranges::all_of(missed, [&](const auto& column) { return column[row] == 0; });
}

std::string_view CaseTable::text(std::size_t axis, std::size_t row) const {
  const std::int32_t value = values[axis][row];
  return value == kNone ? "-"
                        : std::string_view(axes[axis].values[static_cast<std::size_t>(value)]);
}

const CaseTable::Axis* CaseTable::axis(std::string_view name) const {
  const auto found = std::ranges::find(axes, name, &Axis::name);
  return found == axes.end() ? nullptr : &*found;
}

std::vector<std::size_t> CaseTable::varying() const {
  std::vector<std::size_t> found;
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    const auto& column = values[axis];
    if (std::ranges::adjacent_find(column, std::not_equal_to<>()) != column.end()) {
      found.push_back(axis);
    }
  }
  return found;
}

void CaseTable::append(const CaseTable& other) {
  const auto old_rows = rows();
  const auto shift = static_cast<std::int32_t>(reasons.size());
  append_to(reasons, other.reasons);
  append_to(index, other.index);
  values.resize(axes.size());
  missed.resize(requirements.size());
  for (std::size_t i = 0; i < values.size(); ++i) append_to(values[i], other.values[i]);
  for (std::size_t i = 0; i < missed.size(); ++i) append_to(missed[i], other.missed[i]);
  for (std::size_t i = 0; i < kMetrics; ++i) append_to(metrics[i], other.metrics[i]);
  append_to(latency_deviation, other.latency_deviation);
  append_to(energy_deviation, other.energy_deviation);
  append_to(fits, other.fits);
  append_to(fits_reason, other.fits_reason);
  append_to(on_frontier, other.on_frontier);
  append_to(twins, other.twins);
  for (std::size_t row = old_rows; row < rows(); ++row) {
    if (fits_reason[row] != kNone) fits_reason[row] += shift;
  }
}

void CaseTable::sort_by_index() {
  std::vector<std::size_t> order(rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t row) { return index[row]; });
  each_column(*this, [&](auto& column) { reorder(column, order); });
  // Reasons in the order in which rows name them, each once, whatever the order they came in.
  std::map<std::string, std::int32_t> known;
  std::vector<std::string> kept;
  for (auto& reason : fits_reason) {
    if (reason == kNone) continue;
    const auto& text = reasons[static_cast<std::size_t>(reason)];
    const auto [place, is_new] = known.emplace(text, static_cast<std::int32_t>(kept.size()));
    if (is_new) kept.push_back(text);
    reason = place->second;
  }
  reasons = std::move(kept);
}

}  // namespace roofbeam
