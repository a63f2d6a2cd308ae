#include "scenarios/layer_match.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace roofbeam {
namespace {

using Layers = std::vector<LayerPrediction>;

constexpr std::size_t kMostPairs = std::size_t{1} << 26;

std::string_view leading(const std::string& op) {
  return std::string_view(op).substr(0, op.find('+'));
}

int score(const LayerPrediction& a, const LayerPrediction& b) {
  if (leading(a.op) != leading(b.op)) return 0;
  const bool same_name = a.name == b.name;
  const bool same_work = a.macs == b.macs;
  const int work = !same_work ? 0 : a.macs > 0 ? 3 : 1;
  return work + (same_name ? 2 : 0) + (same_name && same_work ? 1 : 0);
}

// What the best alignment of two beginnings does last.
enum class Step : std::uint8_t { none, match, skip_a, skip_b };

class Alignment {
 public:
  Alignment(const Layers& a, const Layers& b)
      : columns_(b.size() + 1), steps_((a.size() + 1) * columns_) {
    std::vector<int> above(columns_);
    std::vector<int> row(columns_);
    for (std::size_t j = 1; j < columns_; ++j) at(0, j) = Step::skip_b;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      at(i, 0) = Step::skip_a;
      for (std::size_t j = 1; j < columns_; ++j) {
        const int gain = score(a[i - 1], b[j - 1]);
        const int match = gain > 0 ? above[j - 1] + gain : -1;
        row[j] = std::max({match, above[j], row[j - 1]});
        at(i, j) = row[j] == match        ? Step::match
                   : row[j] == row[j - 1] ? Step::skip_b
                                          : Step::skip_a;
      }
      std::swap(row, above);
    }
  }

  // From the end to the beginning.
  [[nodiscard]] std::vector<LayerPair> pairs(std::size_t i, std::size_t j) const {
    std::vector<LayerPair> pairs;
    while (i > 0 || j > 0) {
      const Step step = steps_[i * columns_ + j];
      LayerPair pair;
      if (step != Step::skip_b) pair.a = --i;
      if (step != Step::skip_a) pair.b = --j;
      pairs.push_back(pair);
    }
    return pairs;
  }

 private:
  Step& at(std::size_t i, std::size_t j) { return steps_[i * columns_ + j]; }

  std::size_t columns_;
  std::vector<Step> steps_;
};

std::vector<LayerPair> apart(std::size_t a, std::size_t b) {
  std::vector<LayerPair> pairs;
  for (std::size_t i = 0; i < a; ++i) pairs.push_back({i, std::nullopt});
  for (std::size_t j = 0; j < b; ++j) pairs.push_back({std::nullopt, j});
  return pairs;
}

// Joins what was removed here and added there under one name. Of several layers with that name, the
// first with the first, and so on.
void join_moved(std::vector<LayerPair>& pairs, const Layers& a, const Layers& b) {
  std::map<std::string, std::vector<LayerPair*>> removed;
  for (auto& pair : pairs) {
    if (!pair.b) removed[a[*pair.a].name].push_back(&pair);
  }
  for (auto& [name, list] : removed) std::reverse(list.begin(), list.end());
  for (auto& pair : pairs) {
    if (pair.a || !pair.b) continue;
    const auto found = removed.find(b[*pair.b].name);
    if (found == removed.end() || found->second.empty()) continue;
    LayerPair& other = *found->second.back();
    if (leading(a[*other.a].op) != leading(b[*pair.b].op)) continue;
    found->second.pop_back();
    pair.a = other.a;
    other.a.reset();
  }
  std::erase_if(pairs, [](const LayerPair& pair) { return !pair.a && !pair.b; });
}

}  // namespace

std::vector<LayerPair> match_layers(const Layers& a, const Layers& b) {
  std::vector<LayerPair> pairs;
  if ((a.size() + 1) <= kMostPairs / (b.size() + 1)) {
    pairs = Alignment(a, b).pairs(a.size(), b.size());
    std::reverse(pairs.begin(), pairs.end());
  } else {
    pairs = apart(a.size(), b.size());
  }
  join_moved(pairs, a, b);
  return pairs;
}

}  // namespace roofbeam
