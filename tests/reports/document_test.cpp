#include "reports/document.hpp"

#include <doctest/doctest.h>

using namespace roofbeam;

namespace {

Document sample() {
  Document document;
  document.paragraph("net_1: 2 M MACs");
  Table table({{"layer"}, {"time", Align::right}});
  table.add({"conv_1", "1 ms"});
  document.heading("Layers");
  document.table(table);
  document.bullets("Does not fit", {"board: too small"});
  document.numbered("Assumed", {"no launch cost", "a <b>"});
  return document;
}

}  // namespace

TEST_CASE("a document as text: an empty line between blocks") {
  CHECK(sample().text() ==
        "net_1: 2 M MACs\n"
        "\n"
        "Layers\n"
        "\n"
        "layer   time\n"
        "conv_1  1 ms\n"
        "\n"
        "Does not fit:\n"
        "  board: too small\n"
        "\n"
        "Assumed\n"
        "\n"
        "  1. no launch cost\n"
        "  2. a <b>\n");
}

TEST_CASE("the same document as Markdown, where names read as they are") {
  CHECK(sample().markdown() ==
        "net\\_1: 2 M MACs\n"
        "\n"
        "### Layers\n"
        "\n"
        "| layer | time |\n"
        "| --- | ---: |\n"
        "| conv\\_1 | 1 ms |\n"
        "\n"
        "**Does not fit**\n"
        "\n"
        "- board: too small\n"
        "\n"
        "**Assumed**\n"
        "\n"
        "1. no launch cost\n"
        "2. a \\<b\\>\n");
}

TEST_CASE("facts, entries and a picture, as text and as Markdown") {
  Document document;
  document.facts({{"idle", "2 W"}, {"storage", "eMMC, 8 GB, 200 MB/s"}});
  document.entries("Does not hold (1)", {{"claim_1", {"1 > 2", {"-> one two", Style::dim}}}},
                   Style::bad);
  document.picture("\n+--+\n|\x1b |\n+--+\n\n");
  CHECK(document.text(20) ==
        "idle     2 W\n"
        "storage  eMMC, 8 GB,\n"
        "         200 MB/s\n"
        "\n"
        "Does not hold (1):\n"
        "  claim_1\n"
        "    1 > 2\n"
        "    -> one two\n"
        "\n"
        "+--+\n"
        "|? |\n"
        "+--+\n");
  CHECK(document.markdown() ==
        "- **idle**: 2 W\n"
        "- **storage**: eMMC, 8 GB, 200 MB/s\n"
        "\n"
        "**Does not hold (1)**\n"
        "\n"
        "- claim\\_1\n"
        "  - 1 \\> 2\n"
        "  - -\\> one two\n"
        "\n"
        "```text\n"
        "+--+\n"
        "|? |\n"
        "+--+\n"
        "```\n");
}

TEST_CASE("a terminal with colours: titles bold, what fails red, what was assumed dim") {
  Document document;
  document.heading("Layers");
  document.paragraph("a long line", Style::bad);
  document.bullets("Does not fit", {"board"}, Style::bad);
  document.numbered("Assumed", {"no launch cost"});
  CHECK(document.text(Terminal(8, true)) ==
        "\x1b[1mLayers\x1b[0m\n"
        "\n"
        "\x1b[1;31ma long\x1b[0m\n"
        "  \x1b[1;31mline\x1b[0m\n"
        "\n"
        "\x1b[1;31mDoes\x1b[0m\n"
        "  \x1b[1;31mnot\x1b[0m\n"
        "  \x1b[1;31mfit:\x1b[0m\n"
        "  board\n"
        "\n"
        "\x1b[1mAssumed\x1b[0m\n"
        "\n"
        "  1. \x1b[2mno\x1b[0m\n"
        "     \x1b[2mlaunch\x1b[0m\n"
        "     \x1b[2mcost\x1b[0m\n");
  CHECK(document.markdown().find('\x1b') == std::string::npos);
}

TEST_CASE("what is empty leaves no trace") {
  Document document;
  document.paragraph("");
  document.table(Table({{"layer"}}));
  document.bullets("Throttled", {});
  document.numbered("Assumed", {});
  document.facts({});
  document.entries("Holds", {});
  document.picture("\n \n");
  CHECK(document.text().empty());
  CHECK(document.markdown().empty());
}
