// Any of the JSON reports as one HTML file that needs nothing else: the page of reports/web, which
// the build puts into the library, with the JSON inside.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace roofbeam {

// The page as the build made it, in pieces that a compiler takes as literals.
struct EmbeddedPage {
  std::span<const std::string_view> pieces;
  std::string_view missing;  // why there is none; empty if there is
};
[[nodiscard]] EmbeddedPage embedded_page();

// The JSON without space between its parts, safe inside a script element: whatever its texts hold,
// no '<' is left that could end the element. Requires valid JSON.
[[nodiscard]] std::string json_in_html(std::string_view json);

// The page with the report in it; `json` is what `--format json` writes. The schema that it names
// decides which views are shown. Throws InputError if the build made no page.
[[nodiscard]] std::string html_report(std::string_view json);
[[nodiscard]] std::string html_report(const EmbeddedPage& page, std::string_view json);

}  // namespace roofbeam
