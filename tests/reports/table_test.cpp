#include "reports/table.hpp"

#include <doctest/doctest.h>

using namespace roofbeam;

TEST_CASE("columns are aligned, without trailing spaces") {
  Table table({{"name"}, {"size", Align::right}, {"note"}});
  table.add({"a", "1", ""});
  table.add({"longer", "12345", "x"});
  CHECK(table.text() ==
        "name     size  note\n"
        "a           1\n"
        "longer  12345  x\n");
}

TEST_CASE("width counts what a terminal shows") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("µs…") == 3);
  CHECK(display_width("層") == 2);        // East Asian characters are two columns wide
  CHECK(display_width("e\u0301") == 1);   // a combining accent takes none
  CHECK(display_width("\xFF\xC3") == 2);  // bytes that are not UTF-8 are a column each
}

TEST_CASE("text is shortened only beyond the width") {
  CHECK(shortened("abcdef", 6) == "abcdef");
  CHECK(shortened("abcdef", 5) == "abcd…");
  CHECK(shortened("µµµµ", 3) == "µµ…");
  CHECK(shortened("層層", 3) == "層…");
}

TEST_CASE("the widest column that may be shortened makes room") {
  Table table({{"fixed"}, {"text", Align::left, true}});
  table.add({"abcdefghijkl", "abcdefghijklmnopqrst"});
  CHECK(table.text(34) == "fixed         text\nabcdefghijkl  abcdefghijklmnopqrst\n");
  CHECK(table.text(33) == "fixed         text\nabcdefghijkl  abcdefghijklmnopqr…\n");
}

TEST_CASE("columns that may not be shortened are never cut") {
  Table table({{"fixed"}});
  table.add({"abcdefghijkl"});
  CHECK(table.text(5) == "fixed\nabcdefghijkl\n");
}

TEST_CASE("text wraps at spaces; longer words stay whole") {
  CHECK(wrapped("aa bb cc", 2, 7) == "aa bb\n  cc");
  CHECK(wrapped("aa bb cc", 2, 10) == "aa bb cc");
  CHECK(wrapped("abcdefgh i", 0, 4) == "abcdefgh\ni");
}

TEST_CASE("a table in Markdown escapes what Markdown would take as its own") {
  Table table({{"layer"}, {"time", Align::right}});
  table.add({"a|b_c*", "1 ms"});
  table.add({"<b>", ""});
  CHECK(table.markdown() ==
        "| layer | time |\n"
        "| --- | ---: |\n"
        "| a\\|b\\_c\\* | 1 ms |\n"
        "| \\<b\\> |  |\n");
}
