#include "reports/html.hpp"

#include <doctest/doctest.h>

#include <array>

#include "reports/predict_json.hpp"
#include "tests/message_of.hpp"
#include "tests/reports/sample.hpp"

using namespace roofbeam;

namespace {

constexpr std::array<std::string_view, 2> kPieces = {"<html><script id=\"data\" type=\"appli",
                                                     "cation/json\"></script></html>"};
constexpr std::string_view kBegin = R"(<script id="data" type="application/json">)";

}  // namespace

TEST_CASE("the report stands where the page wants it, also across pieces") {
  CHECK(html_report({kPieces, ""}, "{\"a\": 1}\n") ==
        R"(<html><script id="data" type="application/json">{"a":1}</script></html>)");
}

TEST_CASE("no text of the report ends the element that it stands in") {
  CHECK(json_in_html(R"({"a": "</script><!--"})") == R"({"a":"\u003c/script>\u003c!--"})");
}

TEST_CASE("space between the parts of JSON goes, space in its texts stays") {
  CHECK(json_in_html("{\n  \"a b\": [1, 2],\r\n\t\"c\": \"d  e\"}") ==
        R"({"a b":[1,2],"c":"d  e"})");
}

TEST_CASE("a quote or backslash that is escaped does not end a text") {
  CHECK(json_in_html(R"(["a\" b", "c\\", "d \\\" e" ])") == R"(["a\" b","c\\","d \\\" e"])");
}

TEST_CASE("without a page the message says what is missing") {
  CHECK(testing::message_of([] {
          (void)html_report({{}, "install npm"}, "{}");
        }) == "this program was built without the page of HTML reports: install npm");
}

TEST_CASE("the page that the build made takes a report, loads nothing and is below 1.5 MB") {
  const EmbeddedPage page = embedded_page();
  if (!page.missing.empty()) {
    MESSAGE("not checked: ", page.missing);
    return;
  }
  const std::string html = html_report(predict_json({sample_prediction()}));
  CHECK(html.starts_with("<!doctype html>"));
  CHECK(html.find(std::string(kBegin) + R"({"schema":"roofbeam.predict/1")") != html.npos);
  CHECK(html.find("default-src 'none'") != html.npos);
  CHECK(html.find(" src=\"") == html.npos);
  CHECK(html.size() < 1'500'000);
}
