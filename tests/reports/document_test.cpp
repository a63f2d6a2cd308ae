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

TEST_CASE("what is empty leaves no trace") {
  Document document;
  document.paragraph("");
  document.table(Table({{"layer"}}));
  document.bullets("Throttled", {});
  document.numbered("Assumed", {});
  CHECK(document.text().empty());
  CHECK(document.markdown().empty());
}
