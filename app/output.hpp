// Where results and messages go.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <string_view>

#include "reports/document.hpp"

namespace roofbeam::app {

// Columns for text on standard output (app/terminal.hpp).
[[nodiscard]] std::size_t output_width();

// Writes a result to standard output, or to a file if `path` is neither empty nor "-": a temporary
// file beside it first, which is then renamed, so that the file is never half written. Devices and
// pipes are written in place. A reader of standard output that has gone away is no error. Throws
// InputError.
void write_result(const std::string& text, const std::string& path = {});
// A document as Markdown if that is the format, else as text for where it goes.
void write_document(const Document& document, const std::string& format,
                    const std::string& path = {});

// A result in one of its formats: the document as "table" and "markdown", others by their names.
struct Rendering {
  std::string_view format;  // "json"
  std::function<std::string()> text;
};
void write_as(const std::string& format, const std::string& path,
              const std::function<Document()>& document, std::initializer_list<Rendering> others);
// To a file, what `write` puts out: for what is too large to be held.
void write_file(const std::string& path, const std::function<void(std::ostream&)>& write);

// Throws what writing would where it cannot go well: the folder is not there or takes no files. To
// be asked before long work; an empty path is fine.
void check_writable(const std::string& path);
void check_report(const std::string& path);

// Writes a report, given as JSON, as an HTML file, likewise. Throws InputError.
void write_report(const std::string& json, const std::string& path);

// "roofbeam: error: TEXT" on standard error, or the text alone if it says ": error: " itself.
void print_error(std::string_view text);
void warn(std::string_view text);
void note(std::string_view text);
void say_failed(std::string_view text);  // what a test of --fail-on found

}  // namespace roofbeam::app
