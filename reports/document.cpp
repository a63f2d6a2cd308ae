#include "reports/document.hpp"

#include <fmt/format.h>

namespace roofbeam {
namespace {

template <class... Cases>
struct Visitor : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Visitor(Cases...) -> Visitor<Cases...>;

}  // namespace

void Document::paragraph(std::string text) {
  if (!text.empty()) blocks_.emplace_back(Paragraph{std::move(text)});
}

void Document::heading(std::string text) { blocks_.emplace_back(Heading{std::move(text)}); }

void Document::table(Table table) {
  if (table.rows() > 0) blocks_.emplace_back(std::move(table));
}

void Document::bullets(std::string title, std::vector<std::string> lines) {
  if (!lines.empty()) blocks_.emplace_back(List{std::move(title), std::move(lines), false});
}

void Document::numbered(std::string title, std::vector<std::string> lines) {
  if (!lines.empty()) blocks_.emplace_back(List{std::move(title), std::move(lines), true});
}

std::string Document::as_text(const Block& block, std::size_t width) {
  const Visitor visitor{
      [&](const Paragraph& paragraph) {
        return wrapped(printable(paragraph.text), 2, width) + '\n';
      },
      [&](const Heading& heading) { return printable(heading.text) + '\n'; },
      [&](const Table& table) { return table.text(width); },
      [&](const List& list) {
        if (list.numbered) return roofbeam::numbered(list.title, list.lines, width).substr(1);
        std::string text = list.title + ":\n";
        for (const auto& line : list.lines)
          text += "  " + wrapped(printable(line), 4, width) + '\n';
        return text;
      },
  };
  return std::visit(visitor, block);
}

std::string Document::as_markdown(const Block& block) {
  const Visitor visitor{
      [](const Paragraph& paragraph) { return in_markdown(paragraph.text) + '\n'; },
      [](const Heading& heading) { return "### " + in_markdown(heading.text) + '\n'; },
      [](const Table& table) { return table.markdown(); },
      [](const List& list) {
        std::string text = fmt::format("**{}**\n\n", in_markdown(list.title));
        for (std::size_t i = 0; i < list.lines.size(); ++i) {
          text += list.numbered ? fmt::format("{}. ", i + 1) : "- ";
          text += in_markdown(list.lines[i]) + '\n';
        }
        return text;
      },
  };
  return std::visit(visitor, block);
}

std::string Document::text(std::size_t width) const {
  std::string text;
  for (const auto& block : blocks_) text += (text.empty() ? "" : "\n") + as_text(block, width);
  return text;
}

std::string Document::markdown() const {
  std::string text;
  for (const auto& block : blocks_) text += (text.empty() ? "" : "\n") + as_markdown(block);
  return text;
}

}  // namespace roofbeam
