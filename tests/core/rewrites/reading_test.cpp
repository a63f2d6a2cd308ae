#include "core/rewrites/reading.hpp"

#include <doctest/doctest.h>

#include "tests/message_of.hpp"

namespace roofbeam {
namespace {

config::Node node(const std::string& text) { return config::parse(text, "given"); }

TEST_CASE("a pattern stands for the whole name") {
  CHECK(matches("head", "head"));
  CHECK_FALSE(matches("head", "head/logits"));
  CHECK(matches("head*", "head/logits"));
  CHECK(matches("*", ""));
  CHECK(matches("block?/conv", "block3/conv"));
  CHECK_FALSE(matches("block?/conv", "block12/conv"));
  CHECK(matches("*/conv*/norm", "a/conv1/conv2/norm"));
  CHECK_FALSE(matches("*/norm", "a/norm/relu"));
}

TEST_CASE("a share is below one, in percent or not") {
  CHECK(read_share(node("50 %"), "prune") == doctest::Approx(0.5));
  CHECK(read_share(node("0.25"), "prune") == doctest::Approx(0.25));
  CHECK(testing::message_of([] { return read_share(node("100 %"), "prune"); }) ==
        "given:1:1: error: prune must be at least 0 % and below 100 %, not 100 %\n"
        "    100 %\n"
        "    ^\n"
        "  write it as 50 % or 0.5");
}

TEST_CASE("counts begin at one") {
  CHECK(read_count(node("4"), "batch") == 4);
  CHECK(testing::message_of([] { return read_count(node("0"), "batch"); }) ==
        "given:1:1: error: batch must be at least 1 and at most 1,000,000,000, not 0\n"
        "    0\n"
        "    ^");
}

TEST_CASE("patterns are one or a list") {
  CHECK(read_patterns(node("head*"), "keep").match("head/logits"));
  CHECK(read_patterns(node("[stem, head*]"), "keep").match("stem"));
  CHECK_FALSE(Patterns().match("stem"));
  CHECK(testing::message_of([] { return read_patterns(node("{a: 1}"), "keep"); }) ==
        "given:1:1: error: keep must be a name of layers or a list of them\n"
        "    {a: 1}\n"
        "    ^\n"
        "  * stands for anything: \"head*\"");
}

}  // namespace
}  // namespace roofbeam
