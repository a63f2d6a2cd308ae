#include "scenarios/csv_rows.hpp"

#include "core/input_error.hpp"

namespace roofbeam {

CsvRows::CsvRows(std::shared_ptr<const config::Source> text)
    : source_(std::move(text)), text_(source_->text) {}

config::Mark CsvRows::here() const {
  return {source_, line_, static_cast<int>(at_ - line_begin_) + 1};
}

bool CsvRows::at_end() const { return at_ == text_.size(); }

bool CsvRows::at_line_end() const {
  return at_end() || text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n") ||
         text_.substr(at_) == "\r";
}

void CsvRows::skip_line_end() {
  if (!at_end() && text_[at_] == '\r') ++at_;
  if (at_end()) return;
  line_begin_ = ++at_;
  ++line_;
}

bool CsvRows::next(std::vector<Cell>& cells) {
  cells.clear();
  while (!at_end() && at_line_end()) skip_line_end();
  if (at_end()) return false;
  for (;;) {
    const auto mark = here();
    cells.push_back({cell(), mark});
    if (at_line_end()) break;
    ++at_;  // the comma
  }
  skip_line_end();
  return true;
}

std::string CsvRows::cell() {
  const auto begin = at_;
  while (!at_line_end() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  if (!at_line_end() && text_[at_] == '"') return quoted_cell();
  at_ = begin;
  while (!at_line_end() && text_[at_] != ',') ++at_;
  const auto whole = text_.substr(begin, at_ - begin);
  const auto first = whole.find_first_not_of(" \t");
  if (first == whole.npos) return {};
  return std::string(whole.substr(first, whole.find_last_not_of(" \t") - first + 1));
}

std::string CsvRows::quoted_cell() {
  const auto opened = here();
  std::string result;
  for (++at_; !at_end(); ++at_) {
    if (text_[at_] == '"' && !text_.substr(at_ + 1).starts_with('"')) break;
    if (text_[at_] == '"') ++at_;
    result += text_[at_];
    if (text_[at_] != '\n') continue;
    ++line_;
    line_begin_ = at_ + 1;
  }
  if (at_end()) {
    throw InputError(config::complaint(opened, "the quote that opens here is never closed",
                                       "close it; write a quote inside quotes twice"));
  }
  ++at_;  // the closing quote
  while (!at_line_end() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  if (!at_line_end() && text_[at_] != ',') {
    throw InputError(config::complaint(here(), "a comma was expected behind the closing quote",
                                       "write a quote inside quotes twice"));
  }
  return result;
}

}  // namespace roofbeam
