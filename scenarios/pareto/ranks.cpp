#include "scenarios/pareto/ranks.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <utility>

namespace roofbeam::pareto {
namespace {

constexpr int kDigitBits = 11;
constexpr int kDigits = 6;  // 66 bits
constexpr std::size_t kBuckets = std::size_t{1} << kDigitBits;
constexpr std::size_t kFew = 512;  // below, comparing is quicker than counting

// Integers in the order of the doubles: negative ones have all bits turned, others the sign's.
std::uint64_t key_of(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 becomes 0
  const std::uint64_t negative = bits >> 63;
  return bits ^ ((~negative + 1) | (std::uint64_t{1} << 63));
}

struct Item {
  std::uint64_t key;
  Rank position;
};

std::size_t digit(std::uint64_t key, int which) {
  return static_cast<std::size_t>(key >> (which * kDigitBits)) & (kBuckets - 1);
}

using Counts = std::array<std::array<Rank, kBuckets>, kDigits>;

void count(const std::vector<Item>& items, Counts& counts) {
  for (const Item& item : items) {
    for (int which = 0; which < kDigits; ++which) {
      ++counts[static_cast<std::size_t>(which)][digit(item.key, which)];
    }
  }
}

void deal(const std::vector<Item>& from, std::vector<Item>& to, int which,
          std::array<Rank, kBuckets>& starts) {
  Rank start = 0;
  for (Rank& bucket : starts) start += std::exchange(bucket, start);
  for (const Item& item : from) to[starts[digit(item.key, which)]++] = item;
}

void radix_sort(std::vector<Item>& items) {
  std::vector<Counts> counts(1);  // too large for the stack
  count(items, counts.front());
  std::vector<Item> other(items.size());
  for (int which = 0; which < kDigits; ++which) {
    auto& starts = counts.front()[static_cast<std::size_t>(which)];
    if (starts[digit(items.front().key, which)] == items.size()) continue;  // all the same
    deal(items, other, which, starts);
    items.swap(other);
  }
}

std::vector<Item> sorted_items(std::span<const double> values, double sign) {
  assert(values.size() < std::size_t{1} << 32);
  std::vector<Item> items(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    items[i] = {key_of(sign * values[i]), static_cast<Rank>(i)};
  }
  if (items.size() > kFew) {
    radix_sort(items);
  } else {
    std::stable_sort(items.begin(), items.end(),
                     [](const Item& a, const Item& b) { return a.key < b.key; });
  }
  return items;
}

}  // namespace

std::vector<Rank> sorted_order(std::span<const double> values, double sign) {
  const std::vector<Item> items = sorted_items(values, sign);
  std::vector<Rank> order(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) order[i] = items[i].position;
  return order;
}

Ranks ranks_of(std::span<const double> values) {
  const std::vector<Item> items = sorted_items(values, 1);
  Ranks ranks{std::vector<Rank>(items.size()), 0};
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0 && items[i].key != items[i - 1].key) ++ranks.distinct;
    ranks.rank[items[i].position] = ranks.distinct;
  }
  if (!items.empty()) ++ranks.distinct;
  return ranks;
}

}  // namespace roofbeam::pareto
