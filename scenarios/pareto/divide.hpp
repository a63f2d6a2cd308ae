// Divide and conquer over rows of ranks; see undominated.hpp, which is the way in.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "scenarios/pareto/ranks.hpp"

namespace roofbeam::pareto {

// A stack of rows: what is taken last is given back first, by the mark taken before.
template <class Row>
class RowStack {
 public:
  struct Mark {
    std::size_t chunk = 0;
    std::size_t used = 0;
  };

  [[nodiscard]] Mark mark() const { return top_; }
  void give_back(Mark mark) { top_ = mark; }
  // Room for so many rows, content undefined, until it is given back.
  [[nodiscard]] Row* take(std::size_t rows) {
    while (top_.chunk < chunks_.size() && top_.used + rows > chunks_[top_.chunk].size) {
      ++top_.chunk;
      top_.used = 0;
    }
    if (top_.chunk == chunks_.size()) {
      const std::size_t size = std::max(rows, kChunk);
      chunks_.push_back({std::unique_ptr<Row[]>(new Row[size]), size});
    }
    Row* taken = chunks_[top_.chunk].rows.get() + top_.used;
    top_.used += rows;
    return taken;
  }
  // Gives back the end of what was taken last.
  void give_back_last(std::size_t rows) { top_.used -= rows; }

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 16;
  struct Chunk {
    std::unique_ptr<Row[]> rows;
    std::size_t size;
  };
  std::vector<Chunk> chunks_;
  Mark top_;
};

// REQUIRES: `Columns` columns, at least two; rows in lexicographic order of a column that is not
// here and of these, none twice.
template <std::size_t Columns>
class Divider {
 public:
  explicit Divider(const std::vector<std::vector<Rank>>& columns)
      : rows_(columns.front().size()), beaten_(rows_.size()) {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      rows_[row].id = static_cast<Rank>(row);
      for (std::size_t c = 0; c < Columns; ++c) rows_[row].rank[c] = columns[c][row];
    }
  }

  // Positions of the rows that no other beats, ascending.
  [[nodiscard]] std::vector<Rank> undominated() {
    std::vector<Rank> found;
    for (const Row& row : conquer(rows_)) found.push_back(row.id);
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  struct Row {
    std::array<Rank, Columns> rank;
    Rank id;
  };
  using Rows = std::span<Row>;

  static constexpr std::size_t kSweep = Columns - 2;  // rows are merged in order of this column
  static constexpr std::size_t kLast = Columns - 1;
  static constexpr std::size_t kFewRows = 48;    // compared with one another
  static constexpr std::size_t kFewPairs = 512;  // compared

  static bool at_most(const Row& a, const Row& b, std::size_t from) {
    for (std::size_t c = from; c < Columns; ++c) {
      if (a.rank[c] > b.rank[c]) return false;
    }
    return true;
  }
  static bool in_sweep_order(const Row& a, const Row& b) { return a.rank[kSweep] < b.rank[kSweep]; }

  // Moves the undominated rows to the front, in order of the sweep column, and returns them.
  Rows conquer(Rows rows) {
    if (rows.size() <= kFewRows) return conquer_few(rows);
    const Rows first = conquer(rows.first(rows.size() / 2));
    const Rows second = conquer(rows.subspan(rows.size() / 2));
    settle(first, second, 0);
    return merged(rows, first, second);
  }

  Rows conquer_few(Rows rows) {
    std::size_t kept = 0;
    for (const Row& row : rows) {
      const auto beats_row = [&](const Row& other) { return at_most(other, row, 0); };
      if (std::none_of(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept), beats_row)) {
        rows[kept++] = row;
      }
    }
    std::sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept), in_sweep_order);
    return rows.first(kept);
  }

  // The first rows and those of the second that are not beaten, in order, at the front of `all`.
  Rows merged(Rows all, Rows first, Rows second) {
    const auto mark = lower_.mark();
    Row* const buffer = lower_.take(first.size() + second.size());
    Row* end = buffer;
    const Row* a = first.data();
    const Row* const a_end = a + first.size();
    for (const Row& b : second) {
      if (beaten_[b.id]) continue;
      while (a != a_end && !in_sweep_order(b, *a)) *end++ = *a++;
      *end++ = b;
    }
    end = std::copy(a, a_end, end);
    std::copy(buffer, end, all.data());
    lower_.give_back(mark);
    return all.first(static_cast<std::size_t>(end - buffer));
  }

  // Marks every `high` row that is at least as large as a `low` one in the columns from `column`
  // on; in those before it is already known to be. Both come in order of the sweep column.
  void settle(Rows low, Rows high, std::size_t column) {
    if (low.empty() || high.empty()) return;
    if (column == kSweep) return sweep(low, high);
    if (low.size() * high.size() <= kFewPairs) return compare(low, high, column);
    const auto lower = lower_.mark();
    const auto upper = upper_.mark();
    split(low, high, column);
    lower_.give_back(lower);
    upper_.give_back(upper);
  }

  void sweep(Rows low, Rows high) {
    const Row* next = low.data();
    const Row* const end = next + low.size();
    Rank least = std::numeric_limits<Rank>::max();
    for (const Row& row : high) {
      for (; next != end && next->rank[kSweep] <= row.rank[kSweep]; ++next) {
        least = std::min(least, next->rank[kLast]);
      }
      if (least <= row.rank[kLast]) beaten_[row.id] = 1;
    }
  }

  void compare(Rows low, Rows high, std::size_t column) {
    for (const Row& row : high) {
      if (beaten_[row.id]) continue;
      for (const Row& other : low) {
        if (other.rank[kSweep] > row.rank[kSweep]) break;
        if (at_most(other, row, column)) {
          beaten_[row.id] = 1;
          break;
        }
      }
    }
  }

  // The smallest and the largest rank in each column.
  struct Box {
    std::array<Rank, Columns> least;
    std::array<Rank, Columns> most;
  };
  static Box box_of(Rows rows) {
    Box box{rows.front().rank, rows.front().rank};
    for (const Row& row : rows) {
      for (std::size_t c = 0; c < Columns; ++c) {
        box.least[c] = std::min(box.least[c], row.rank[c]);
        box.most[c] = std::max(box.most[c], row.rank[c]);
      }
    }
    return box;
  }

  // Drops what cannot beat or be beaten, and halves the range of the column.
  void split(Rows low, Rows high, std::size_t column) {
    const Box lows = box_of(low);
    const Box highs = box_of(high);
    const auto within = [&](const Row& row, std::size_t c) {
      return row.rank[c] >= lows.least[c] && row.rank[c] <= highs.most[c];
    };
    const auto matters = [&](const Row& row) {
      bool all = true;
      for (std::size_t c = column; c < Columns; ++c) all &= within(row, c);
      return all;
    };
    const Rank least = lows.least[column];
    const Rank most = highs.most[column];
    const bool settled = lows.most[column] <= highs.least[column];
    const Rank middle = settled ? most : least + (most - least) / 2;
    if (least > most) return;
    const Halves l = halves(low, column, middle, matters);
    const Halves h = halves(high, column, middle,
                            [&](const Row& row) { return !beaten_[row.id] && matters(row); });
    if (settled) {
      settle(l.lower, h.lower, column + 1);
      return;
    }
    settle(l.lower, h.lower, column);
    settle(l.upper, h.upper, column);
    settle(l.lower, h.upper, column + 1);
  }

  struct Halves {
    Rows lower;  // up to the middle, which it includes
    Rows upper;
  };
  // Copies of the rows that pass, in their order.
  template <class Passes>
  Halves halves(Rows rows, std::size_t column, Rank middle, const Passes& passes) {
    Row* const lower = lower_.take(rows.size());
    Row* const upper = upper_.take(rows.size());
    std::size_t below = 0;
    std::size_t above = 0;
    for (const Row& row : rows) {
      const bool is_above = row.rank[column] > middle;
      const bool counts = passes(row);
      lower[below] = row;
      upper[above] = row;
      below += counts && !is_above;
      above += counts && is_above;
    }
    lower_.give_back_last(rows.size() - below);
    upper_.give_back_last(rows.size() - above);
    return {Rows(lower, below), Rows(upper, above)};
  }

  std::vector<Row> rows_;
  std::vector<std::uint8_t> beaten_;  // by id
  RowStack<Row> lower_;               // halves of the ranges being settled
  RowStack<Row> upper_;
};

}  // namespace roofbeam::pareto
