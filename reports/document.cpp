#include "reports/document.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace roofbeam {
namespace {

// In lines of at most the terminal's width, the first after `before`, the others below its end,
// each painted by itself.
std::string lines(std::string_view before, std::string_view text, std::size_t indent,
                  const Terminal& terminal, Style style = Style::plain) {
  std::string result(before);
  const std::string safe = printable(text);
  const std::string all = wrapped(safe, indent, terminal.width);
  for (std::size_t begin = 0; begin <= all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    const std::size_t words = std::min(all.find_first_not_of(' ', begin), end);
    result += (begin == 0 ? "" : "\n") + all.substr(begin, words - begin) +
              paint(std::string_view(all).substr(words, end - words), style, terminal);
    begin = end + 1;
  }
  return result + '\n';
}

std::string without_empty_lines_around(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \n");
  if (first == std::string::npos) return "";
  const std::size_t begin = text.rfind('\n', first) + 1;  // 0 where there is none
  return text.substr(begin, text.find_last_not_of(" \n") + 1 - begin);
}

}  // namespace

struct Document::AsText {
  const Terminal& terminal;

  std::string operator()(const Paragraph& paragraph) const {
    return lines("", paragraph.words.text, 2, terminal, paragraph.words.style);
  }
  std::string operator()(const Table& table) const { return table.text(terminal); }
  std::string operator()(const Entries& list) const {
    const bool titled = !list.title.text.empty();
    std::string text =
        titled ? lines("", list.title.text + ':', 2, terminal, list.title.style) : "";
    const std::string indent = titled ? "  " : "";
    for (const Entry& entry : list.entries) {
      text += lines(indent, entry.text, indent.size() + 2, terminal);
      for (const Span& detail : entry.details) {
        const bool is_arrow = detail.text.starts_with("-> ");
        text += lines(indent + "  ", detail.text, indent.size() + (is_arrow ? 5 : 2), terminal,
                      detail.style);
      }
    }
    return text;
  }
  std::string operator()(const Numbered& list) const {
    std::string text = lines("", list.title, 2, terminal, Style::heading) + '\n';
    for (std::size_t i = 0; i < list.lines.size(); ++i) {
      text += lines(fmt::format("{:>3}. ", i + 1), list.lines[i], 5, terminal, Style::dim);
    }
    return text;
  }
  std::string operator()(const Facts& list) const {
    std::size_t widest = 0;
    for (const auto& [what, value] : list.facts) widest = std::max(widest, display_width(what));
    std::string text;
    for (const auto& [what, value] : list.facts) {
      const std::string space(widest + 2 - display_width(what), ' ');
      text += lines(printable(what) + space, value, widest + 2, terminal);
    }
    return text;
  }
  std::string operator()(const Picture& picture) const { return picture.lines + '\n'; }
};

struct Document::AsMarkdown {
  std::string operator()(const Paragraph& paragraph) const {
    return (paragraph.heads ? "### " : "") + in_markdown(paragraph.words.text) + '\n';
  }
  std::string operator()(const Table& table) const { return table.markdown(); }
  static std::string title(const std::string& title) {
    return title.empty() ? "" : fmt::format("**{}**\n\n", in_markdown(title));
  }
  std::string operator()(const Entries& list) const {
    std::string text = title(list.title.text);
    for (const Entry& entry : list.entries) {
      text += fmt::format("- {}\n", in_markdown(entry.text));
      for (const Span& detail : entry.details) {
        text += fmt::format("  - {}\n", in_markdown(detail.text));
      }
    }
    return text;
  }
  std::string operator()(const Numbered& list) const {
    std::string text = title(list.title);
    for (std::size_t i = 0; i < list.lines.size(); ++i) {
      text += fmt::format("{}. {}\n", i + 1, in_markdown(list.lines[i]));
    }
    return text;
  }
  std::string operator()(const Facts& list) const {
    std::string text;
    for (const auto& [what, value] : list.facts) {
      text += fmt::format("- **{}**: {}\n", in_markdown(what), in_markdown(value));
    }
    return text;
  }
  std::string operator()(const Picture& picture) const {
    return fmt::format("```text\n{}\n```\n", picture.lines);
  }
};

void Document::paragraph(std::string text, Style style) {
  if (!text.empty()) blocks_.emplace_back(Paragraph{{std::move(text), style}});
}

void Document::heading(std::string text) {
  blocks_.emplace_back(Paragraph{{std::move(text), Style::heading}, true});
}

void Document::table(Table table) {
  if (table.rows() > 0) blocks_.emplace_back(std::move(table));
}

void Document::bullets(std::string title, std::vector<std::string> lines, Style style) {
  std::vector<Entry> list;
  for (std::string& line : lines) {
    if (!line.empty()) list.push_back({std::move(line), {}});
  }
  entries(std::move(title), std::move(list), style);
}

void Document::numbered(std::string title, std::vector<std::string> lines) {
  if (!lines.empty()) blocks_.emplace_back(Numbered{std::move(title), std::move(lines)});
}

void Document::facts(std::vector<Fact> facts) {
  if (!facts.empty()) blocks_.emplace_back(Facts{std::move(facts)});
}

void Document::entries(std::string title, std::vector<Entry> entries, Style style) {
  if (entries.empty()) return;
  blocks_.emplace_back(Entries{{std::move(title), style}, std::move(entries)});
}

void Document::picture(std::string lines) {
  lines = without_empty_lines_around(lines);
  if (!lines.empty()) blocks_.emplace_back(Picture{printable_lines(lines)});
}

std::string Document::text(const Terminal& terminal) const {
  std::string text;
  for (const auto& block : blocks_) {
    text += (text.empty() ? "" : "\n") + std::visit(AsText{terminal}, block);
  }
  return text;
}

std::string Document::markdown() const {
  std::string text;
  for (const auto& block : blocks_) {
    text += (text.empty() ? "" : "\n") + std::visit(AsMarkdown{}, block);
  }
  return text;
}

}  // namespace roofbeam
