// The known word nearest to a slip of the finger, for "did you mean" in messages.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace roofbeam {

// The candidate with the smallest edit distance to `word` (insert, delete, replace, swap of
// neighbours each cost one), if that distance is at most a third of the word's length (at least
// one, at most three). The first of equals wins. Case does not count. Words and candidates beyond
// 64 bytes have no neighbours.
[[nodiscard]] std::optional<std::string> nearest(std::string_view word,
                                                 std::span<const std::string> candidates);

}  // namespace roofbeam
