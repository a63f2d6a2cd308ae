// Small things that readers of text share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/config/node.hpp"
#include "scenarios/readers/readers.hpp"

namespace roofbeam::readers {

// Without blanks, tabs and carriage returns at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

// The number that the whole text is: finite, decimal, not negative. "12.5 ms" is none.
[[nodiscard]] std::optional<double> whole_number(std::string_view text);
[[nodiscard]] std::optional<int> whole_count(std::string_view text);

// What stands behind `key` up to the next of `ends` or the end of the line, trimmed.
[[nodiscard]] std::optional<std::string_view> behind(std::string_view line, std::string_view key,
                                                     std::string_view ends = "");

// A file's name without folders and ending: "/models/mobilenet.tflite" is "mobilenet".
[[nodiscard]] std::string stem(std::string_view path);

[[nodiscard]] config::Mark mark(const Text& text, int line, std::size_t column = 1);
[[nodiscard]] std::string place(const Text& text, int line);

// "rows 3, 4 and 17 more": the first few of many line numbers, for remarks.
class Lines {
 public:
  void add(int line);
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::string to_text() const;  // "line 7", "lines 7, 8, 9 and 12 more"

 private:
  std::size_t count_ = 0;
  std::string first_;
};

// Calls f(line, number) for each line, without its end; numbers count from 1.
template <class F>
void each_line(std::string_view text, F&& f) {
  for (int number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    f(text.substr(0, end), number);
    if (end == text.npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace roofbeam::readers
