#include "reports/text.hpp"

#include <doctest/doctest.h>

using namespace roofbeam;

TEST_CASE("width counts what a terminal shows") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("µs…") == 3);
  CHECK(display_width("層") == 2);        // East Asian characters are two columns wide
  CHECK(display_width("e\u0301") == 1);   // a combining accent takes none
  CHECK(display_width("\xFF\xC3") == 2);  // bytes that are not UTF-8 are a column each
}

TEST_CASE("text is shortened only beyond the width, and keeps more of its end") {
  CHECK(shortened("abcdefgh", 8) == "abcdefgh");
  CHECK(shortened("abcdefgh", 7) == "ab…efgh");
  CHECK(shortened("block1/expand", 10) == "blo…expand");
  CHECK(shortened("µµµµ", 3) == "…µµ");
  CHECK(shortened("abc", 1) == "…");
  CHECK(shortened("層層層", 5) ==
        "…層");  // of five columns one is for the beginning, three for the end
  CHECK(shortened("ae\u0301bcd", 4) == "a…cd");  // no accent without its letter
}

TEST_CASE("text wraps at spaces; longer words stay whole") {
  CHECK(wrapped("aa bb cc", 2, 7) == "aa bb\n  cc");
  CHECK(wrapped("aa bb cc", 2, 10) == "aa bb cc");
  CHECK(wrapped("abcdefgh i", 0, 4) == "abcdefgh\ni");
  CHECK(wrapped_lines("aa bb cc", 5) == std::vector<std::string>{"aa bb", "cc"});
  CHECK(wrapped_lines("", 5) == std::vector<std::string>{""});
}

TEST_CASE("a number stays with its unit") {
  CHECK(wrapped("has 512 KiB", 0, 11) == "has 512 KiB");
  CHECK(wrapped("has 512 KiB", 0, 10) == "has\n512 KiB");
  CHECK(wrapped("and 5 sentences", 0, 5) == "and 5\nsentences");  // too long for a unit
  CHECK(wrapped("1 2 3", 0, 3) == "1 2\n3");
  CHECK(wrapped("a (80 % 970 uJ–3.36 mJ)", 0, 18) == "a (80 %\n970 uJ–3.36 mJ)");
  CHECK(wrapped("cortex-m7 has", 0, 9) == "cortex-m7\nhas");  // a name
}

TEST_CASE("what could drive a terminal is shown as a question mark") {
  CHECK(printable("a\x1b[31mb\tc\x7F") == "a?[31mb?c?");
  CHECK(printable("a\u009Bb\u00A0c") ==
        "a?b\u00A0c");  // the last C1 control, and the next character
  CHECK(printable("two\nlines") == "two?lines");
  CHECK(printable_lines("two\nlines\x1b") == "two\nlines?");
}

TEST_CASE("a style is written only for a terminal with colours, and only around text") {
  const Terminal colored(80, true);
  CHECK(paint("no", Style::bad, colored) == "\x1b[1;31mno\x1b[0m");
  CHECK(paint("no", Style::bad, Terminal(80)) == "no");
  CHECK(paint("no", Style::plain, colored) == "no");
  CHECK(paint("", Style::bad, colored).empty());
}

TEST_CASE("bounds have the colours of HTML reports: the furthest level its own") {
  const std::vector<std::string> levels = {"L1", "L2", "DRAM"};
  CHECK(bound_style("compute", levels) == Style::compute);
  CHECK(bound_style("dispatch", levels) == Style::dispatch);
  CHECK(bound_style("L1", levels) == Style::near_memory);
  CHECK(bound_style("L2", levels) == Style::near_memory);
  CHECK(bound_style("DRAM", levels) == Style::far_memory);
  CHECK(bound_style("flash", levels) == Style::plain);
}
