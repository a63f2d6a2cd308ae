#include "core/nearest.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace roofbeam {
namespace {

struct Row {
  std::string word;
  std::vector<std::string> candidates;
  std::optional<std::string> expected;
};

TEST_CASE("the nearest word is a slip of the finger away, or there is none") {
  const std::string long_word(64, 'a');
  const std::vector<Row> rows = {
      {"clock", {"cores", "clock"}, "clock"},            // the same
      {"clok", {"cores", "clock"}, "clock"},             // a letter left out
      {"cllock", {"clock"}, "clock"},                    // a letter too many
      {"clack", {"clock"}, "clock"},                     // another letter
      {"colck", {"clock"}, "clock"},                     // two neighbours swapped cost one
      {"CLOCK", {"clock"}, "clock"},                     // case does not count
      {"mhz", {"Hz", "kHz", "MHz"}, "MHz"},              // and the answer keeps its own
      {"ab", {"cb"}, "cb"},                              // two letters: one slip
      {"ab", {"cd"}, std::nullopt},                      // but not two
      {"abcde", {"xbcde"}, "xbcde"},                     // five letters: one slip
      {"abcde", {"xycde"}, std::nullopt},                // but not two
      {"abcdef", {"xycdef"}, "xycdef"},                  // six letters: two slips
      {"abcdefghi", {"xyzdefghi"}, "xyzdefghi"},         // nine letters: three slips
      {"abcdefghijkl", {"wxyzefghijkl"}, std::nullopt},  // never four
      {"bat", {"cat", "hat"}, "cat"},                    // the first of equals
      {"hat", {"cat", "hat"}, "hat"},                    // but the nearest wins
      {"clock", {}, std::nullopt},
      {"", {"clock"}, std::nullopt},
      {long_word, {long_word}, long_word},
      {long_word + "a", {long_word + "a"}, std::nullopt},
  };
  for (const auto& row : rows) {
    CAPTURE(row.word);
    CHECK(nearest(row.word, row.candidates) == row.expected);
  }
}

}  // namespace
}  // namespace roofbeam
