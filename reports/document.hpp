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
  // What has no lines or no rows leaves no trace, its title neither.
  void paragraph(std::string text);  // of plain words, wrapped with a hanging indent of two
  void heading(std::string text);    // of what follows
  void table(Table table);
  void bullets(std::string title, std::vector<std::string> lines);
  void numbered(std::string title, std::vector<std::string> lines);

  // Blocks with an empty line between them; the last ends in a newline.
  [[nodiscard]] std::string text(std::size_t width = kReportWidth) const;
  // Names and figures are escaped, so that they read as they are.
  [[nodiscard]] std::string markdown() const;

 private:
  struct Paragraph {
    std::string text;
  };
  struct Heading {
    std::string text;
  };
  struct List {
    std::string title;
    std::vector<std::string> lines;
    bool numbered = false;
  };
  using Block = std::variant<Paragraph, Heading, Table, List>;

  [[nodiscard]] static std::string as_text(const Block& block, std::size_t width);
  [[nodiscard]] static std::string as_markdown(const Block& block);

  std::vector<Block> blocks_;
};

}  // namespace roofbeam
