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

TEST_CASE("a cell's own spaces align it, but end no line") {
  Table table({{"a", Align::right}, {"b", Align::right}});
  table.add({"1*", "1*"});
  table.add({"2 ", "2 "});
  CHECK(table.text() == " a   b\n1*  1*\n2   2\n");
}

TEST_CASE("the widest name makes room: its middle goes") {
  Table table({{"fixed"}, {"text", Align::left, true}});
  table.add({"abcdefghijkl", "abcdefghijklmnopqrst"});
  CHECK(table.text(34) == "fixed         text\nabcdefghijkl  abcdefghijklmnopqrst\n");
  CHECK(table.text(33) == "fixed         text\nabcdefghijkl  abcdef…ijklmnopqrst\n");
}

TEST_CASE("before names are shortened, titles go over several lines") {
  Table table({{"name", Align::left, true}, {"a long title", Align::right}});
  table.add({"abcdefghijkl", "1 ms"});
  CHECK(table.text(26) ==
        "name          a long title\n"
        "abcdefghijkl          1 ms\n");
  CHECK(table.text(25) ==
        "                   a long\n"
        "name                title\n"
        "abcdefghijkl         1 ms\n");
}

TEST_CASE("words go on in the next line") {
  Table table({{"key"}, {"sentence", Align::left, false, true}, {"n", Align::right}});
  table.add({"a", "one two three four five six", "1"});
  CHECK(table.text(35) ==
        "key  sentence                     n\na    one two three four five six  1\n");
  CHECK(table.text(34) ==
        "key  sentence                    n\n"
        "a    one two three four five     1\n"
        "     six\n");
}

TEST_CASE("what is still too wide goes on below, beside the first column; numbers are never cut") {
  Table table({{"name", Align::left, true}, {"first", Align::right}, {"second", Align::right}});
  table.add({"a", "123456789", "987654321"});
  CHECK(table.text(26) ==
        "name      first     second\n"
        "a     123456789  987654321\n");
  CHECK(table.text(25) ==
        "name      first\n"
        "a     123456789\n"
        "\n"
        "name     second\n"
        "a     987654321\n");
  CHECK(table.text(5) == table.text(25));  // wider than asked for, but whole
}

TEST_CASE("a column without a title stays with the one before it") {
  Table table({{"name"}, {"first", Align::right}, {"second", Align::right}, {"", Align::right}});
  table.add({"a", "1234567", "7654321", "x 2"});
  CHECK(table.text(27) ==
        "name    first   second\n"
        "a     1234567  7654321  x 2\n");
  CHECK(table.text(26) ==
        "name    first\n"
        "a     1234567\n"
        "\n"
        "name   second\n"
        "a     7654321  x 2\n");
}

TEST_CASE("names are shortened less where the table goes on below anyway") {
  Table table({{"name", Align::left, true}, {"first", Align::right}, {"second", Align::right}});
  table.add({"abcdefghijklmnopqrstu", "123456789", "987654321"});
  CHECK(table.text(31) ==
        "name                      first\n"
        "abcdef…ijklmnopqrstu  123456789\n"
        "\n"
        "name                     second\n"
        "abcdef…ijklmnopqrstu  987654321\n");
}

TEST_CASE("names that differ still differ when they are shortened") {
  Table table({{"layer", Align::left, true}, {"n", Align::right}});
  for (const char* name : {"block1/pointwise", "block2/pointwise", "block1/depthwise"}) {
    table.add({name, "1"});
  }
  CHECK(table.text(17) ==  // with a third of its beginning "bloc…pointwise" would be there twice
        "layer           n\n"
        "block1…intwise  1\n"
        "block2…intwise  1\n"
        "block1…pthwise  1\n");
}

TEST_CASE("names are shortened no further than they differ, even if the table stays too wide") {
  Table table({{"layer", Align::left, true}, {"n", Align::right}});
  const std::string a(14, 'a');
  table.add({a + "1a" + a, "1"});
  table.add({a + "2a" + a, "1"});
  CHECK(table.text(15) ==
        "layer                n\n"
        "aaaaaaaaaaaaaa1…aaa  1\n"
        "aaaaaaaaaaaaaa2…aaa  1\n");
}

TEST_CASE("a colour takes no width") {
  Table table({{"name"}, {"fits"}, {"n", Align::right}});
  table.add({"a", Span{"no", Style::bad}, "1"});
  CHECK(table.text(Terminal(80, true)) ==
        "\x1b[1mname\x1b[0m  \x1b[1mfits\x1b[0m  \x1b[1mn\x1b[0m\n"
        "a     \x1b[1;31mno\x1b[0m    1\n");
  CHECK(table.text(80) == "name  fits  n\na     no    1\n");
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
