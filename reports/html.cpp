#include "reports/html.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

// Where reports/web/index.html wants the data.
constexpr std::string_view kDataBegin = R"(<script id="data" type="application/json">)";

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string joined(std::span<const std::string_view> pieces) {
  std::string text;
  for (const std::string_view piece : pieces) text += piece;
  return text;
}

}  // namespace

std::string json_in_html(std::string_view json) {
  std::string text;
  text.reserve(json.size());
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '"') in_string = !in_string;
    if (c == '\\' && i + 1 < json.size()) {
      text += c;
      text += json[++i];
    } else if (c == '<') {
      text += "\\u003c";
    } else if (in_string || !is_space(c)) {
      text += c;
    }
  }
  return text;
}

std::string html_report(const EmbeddedPage& page, std::string_view json) {
  if (!page.missing.empty()) {
    throw InputError(
        fmt::format("this program was built without the page of HTML reports: {}", page.missing));
  }
  std::string text = joined(page.pieces);
  const auto place = text.find(kDataBegin);
  if (place == std::string::npos) throw std::logic_error("the page has no place for data");
  text.insert(place + kDataBegin.size(), json_in_html(json));
  return text;
}

std::string html_report(std::string_view json) { return html_report(embedded_page(), json); }

}  // namespace roofbeam
