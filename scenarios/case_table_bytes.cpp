#include "scenarios/case_table_bytes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

// The last letter counts versions. Read on a machine of the other byte order, the number is wrong.
constexpr std::string_view kMagic = "roofbeam cases A";
constexpr std::uint32_t kOrder = 0x01020304;

[[noreturn]] void fail(const char* what) {
  throw InputError(fmt::format("these are not the cases that a sweep has kept: {}", what));
}

template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Writer {
 public:
  template <Plain T>
  void operator()(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void operator()(const bool& value) { (*this)(static_cast<std::uint8_t>(value)); }
  void operator()(const std::string& text) {
    (*this)(static_cast<std::uint64_t>(text.size()));
    bytes_ += text;
  }
  template <class T>
  void operator()(const std::vector<T>& values) {
    (*this)(static_cast<std::uint64_t>(values.size()));
    if constexpr (Plain<T>) {
      if (values.empty()) return;
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    } else {
      for (const T& value : values) (*this)(value);
    }
  }
  template <class T, std::size_t N>
  void operator()(const std::array<T, N>& values) {
    for (const T& value : values) (*this)(value);
  }
  void operator()(const std::map<std::string, std::int64_t>& counts) {
    (*this)(static_cast<std::uint64_t>(counts.size()));
    for (const auto& [name, count] : counts) {
      (*this)(name);
      (*this)(count);
    }
  }
  void operator()(const CaseTable::Axis& axis) {
    (*this)(axis.name);
    (*this)(axis.values);
  }
  void operator()(const Objective& objective) {
    (*this)(objective.metric);
    (*this)(objective.sense);
  }
  void operator()(const Requirement& requirement) {
    (*this)(requirement.metric);
    (*this)(requirement.relation);
    (*this)(requirement.bound);
    (*this)(requirement.text);
  }

  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool at_end() const { return bytes_.empty(); }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) fail("they are cut short");
    const auto taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }

  template <Plain T>
  void operator()(T& value) {
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
  }
  void operator()(bool& value) {
    std::uint8_t byte = 0;
    (*this)(byte);
    value = byte != 0;
  }
  void operator()(std::string& text) { text = take(size()); }
  template <class T>
  void operator()(std::vector<T>& values) {
    const std::size_t count = size();
    if constexpr (Plain<T>) {
      if (count > bytes_.size() / sizeof(T)) fail("they are cut short");
      const auto taken = take(count * sizeof(T));
      values.resize(count);
      if (count > 0) std::memcpy(values.data(), taken.data(), taken.size());
    } else {
      if (count > bytes_.size()) fail("they are cut short");  // each takes a byte at least
      values.resize(count);
      for (T& value : values) (*this)(value);
    }
  }
  template <class T, std::size_t N>
  void operator()(std::array<T, N>& values) {
    for (T& value : values) (*this)(value);
  }
  void operator()(std::map<std::string, std::int64_t>& counts) {
    for (std::size_t left = size(); left > 0; --left) {
      std::string name;
      (*this)(name);
      (*this)(counts[name]);
    }
  }
  void operator()(CaseTable::Axis& axis) {
    (*this)(axis.name);
    (*this)(axis.values);
  }
  void operator()(Objective& objective) {
    metric(objective.metric);
    word(objective.sense, Sense::larger);
  }
  void operator()(Requirement& requirement) {
    metric(requirement.metric);
    word(requirement.relation, Relation::at_least);
    (*this)(requirement.bound);
    (*this)(requirement.text);
  }

 private:
  std::size_t size() {
    std::uint64_t value = 0;
    (*this)(value);
    return value;
  }
  template <class Word>
  void word(Word& value, Word last) {
    (*this)(value);
    if (value > last) fail("a word is not known");
  }
  void metric(Metric& value) { word(value, Metric::arena); }

  std::string_view bytes_;
};

// The same walk for writing and reading.
template <class Walker, class Table>
void walk(Walker& walker, Table& table) {
  walker(table.scenario);
  walker(table.title);
  walker(table.axes);
  walker(table.objectives);
  walker(table.requirements);
  walker(table.must_fit);
  auto& counts = table.counts;
  for (auto* count : {&counts.all, &counts.excluded, &counts.repeated, &counts.impossible,
                      &counts.forecast, &counts.unfit, &counts.feasible, &counts.unknown}) {
    walker(*count);
  }
  walker(counts.why_impossible);
  walker(counts.failed);
  walker(counts.unknown_of);
  walker(table.index);
  walker(table.values);
  walker(table.metrics);
  walker(table.latency_deviation);
  walker(table.energy_deviation);
  walker(table.fits);
  walker(table.fits_reason);
  walker(table.reasons);
  walker(table.missed);
  walker(table.on_frontier);
  walker(table.twins);
}

// Ids that point somewhere, columns of one length.
void check(const CaseTable& table) {
  const std::size_t rows = table.rows();
  const auto as_long = [rows](const auto& column) { return column.size() == rows; };
  const bool shaped =
      table.values.size() == table.axes.size() &&
      table.missed.size() == table.requirements.size() &&
      std::ranges::all_of(table.values, as_long) && std::ranges::all_of(table.metrics, as_long) &&
      std::ranges::all_of(table.missed, as_long) && as_long(table.latency_deviation) &&
      as_long(table.energy_deviation) && as_long(table.fits) && as_long(table.fits_reason) &&
      as_long(table.on_frontier) && as_long(table.twins);
  if (!shaped) fail("columns differ in length");
  const auto within = [](const std::vector<std::int32_t>& ids, std::size_t count) {
    return std::ranges::all_of(ids, [count](std::int32_t id) {
      return id == CaseTable::kNone || (id >= 0 && static_cast<std::size_t>(id) < count);
    });
  };
  bool known = within(table.fits_reason, table.reasons.size());
  for (std::size_t axis = 0; axis < table.axes.size(); ++axis) {
    known = known && within(table.values[axis], table.axes[axis].values.size());
  }
  if (!known) fail("a case has a value that its axis has not");
}

}  // namespace

std::string to_bytes(const CaseTable& table) {
  Writer writer;
  writer.bytes_ = kMagic;
  writer(kOrder);
  walk(writer, table);
  return std::move(writer.bytes_);
}

CaseTable case_table_of_bytes(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) fail("they begin otherwise");
  Reader reader(bytes.substr(kMagic.size()));
  std::uint32_t order = 0;
  reader(order);
  if (order != kOrder) fail("they are from a machine of another byte order");
  CaseTable table;
  walk(reader, table);
  if (!reader.at_end()) fail("something follows them");
  check(table);
  return table;
}

}  // namespace roofbeam
