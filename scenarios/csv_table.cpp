#include "scenarios/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/input_error.hpp"

namespace roofbeam {
namespace {

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

// Takes one row after another from the text.
class Splitter {
 public:
  Splitter(std::string_view text, const std::string& name) : text_(text), name_(name) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  // False at the end. Blank lines are skipped.
  bool next(CsvRow& row) {
    while (at_ < text_.size()) {
      row = {line_, {}};
      take_row(row);
      if (row.cells.size() > 1 || !row.cells.front().empty()) return true;
    }
    return false;
  }

 private:
  void take_row(CsvRow& row) {
    bool more = true;
    while (more) {
      row.cells.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted() : plain());
      more = at_ < text_.size() && text_[at_] == ',';
      if (more) ++at_;
    }
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_, ++line_;
  }

  std::string plain() {
    const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    const auto cell = text_.substr(at_, end - at_);
    at_ = end;
    return trimmed(cell);
  }

  std::string quoted() {
    const int start = line_;
    std::string cell;
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\n') ++line_;
      if (c != '"') {
        cell += c;
      } else if (at_ < text_.size() && text_[at_] == '"') {
        cell += '"';
        ++at_;
      } else {
        at_ = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        return cell;
      }
    }
    throw InputError(fmt::format(
        "{}:{}: error: a quoted cell is never closed\n  end it with '\"'; a quote inside is '\"\"'",
        name_, start));
  }

  std::string_view text_;
  const std::string& name_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

CsvTable::CsvTable(std::string_view text, std::string name) : name_(std::move(name)) {
  Splitter splitter(text, name_);
  CsvRow row;
  if (!splitter.next(row)) {
    throw InputError(fmt::format("{}: error: the file has no header line", name_));
  }
  header_ = row.cells;
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (std::find(header_.begin(), header_.begin() + static_cast<std::ptrdiff_t>(i), header_[i]) !=
        header_.begin() + static_cast<std::ptrdiff_t>(i)) {
      throw InputError(fmt::format("{}:{}: error: the header names column '{}' twice", name_,
                                   row.line, header_[i]));
    }
  }
  while (splitter.next(row)) {
    if (row.cells.size() > header_.size()) {
      throw InputError(
          fmt::format("{}: error: the row has {} cells, the header {}\n  a cell that holds a comma "
                      "needs quotes",
                      place(row), row.cells.size(), header_.size()));
    }
    rows_.push_back(row);
  }
}

bool CsvTable::has(std::string_view column) const {
  return std::find(header_.begin(), header_.end(), column) != header_.end();
}

std::string CsvTable::cell(const CsvRow& row, std::string_view column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  const auto index = static_cast<std::size_t>(found - header_.begin());
  return index < row.cells.size() ? row.cells[index] : "";
}

std::string CsvTable::place(const CsvRow& row) const {
  return fmt::format("{}:{}", name_, row.line);
}

}  // namespace roofbeam
