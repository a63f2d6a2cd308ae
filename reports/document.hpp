// A report as paragraphs, tables and lists, in the order read: gathered once, it reads as text on a
// terminal or as Markdown in a pull request.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "reports/table.hpp"

namespace roofbeam {

class Document {
 public:
  using Fact = std::pair<std::string, std::string>;  // "layers", "64"
  struct Entry {
    std::string text;
    std::vector<Span> details;  // below it, each in lines of its own
  };

  // What has no lines or no rows leaves no trace, its title neither. The style of a list is its
  // title's; numbered lines are what is said besides.
  void paragraph(std::string text, Style style = Style::plain);  // with a hanging indent of two
  void heading(std::string text);                                // of what follows
  void table(Table table);
  void bullets(std::string title, std::vector<std::string> lines, Style style = Style::heading);
  void numbered(std::string title, std::vector<std::string> lines);
  void facts(std::vector<Fact> facts);
  void entries(std::string title, std::vector<Entry> entries, Style style = Style::heading);
  void picture(std::string lines);  // as it stands

  // Blocks with an empty line between them; the last ends in a newline.
  [[nodiscard]] std::string text(const Terminal& terminal = {}) const;
  // Names and figures are escaped, so that they read as they are.
  [[nodiscard]] std::string markdown() const;

 private:
  struct Paragraph {
    Span words;
    bool heads = false;
  };
  struct Entries {
    Span title;
    std::vector<Entry> entries;
  };
  struct Numbered {
    std::string title;
    std::vector<std::string> lines;
  };
  struct Facts {
    std::vector<Fact> facts;
  };
  struct Picture {
    std::string lines;
  };
  using Block = std::variant<Paragraph, Table, Entries, Numbered, Facts, Picture>;
  struct AsText;
  struct AsMarkdown;

  std::vector<Block> blocks_;
};

}  // namespace roofbeam
