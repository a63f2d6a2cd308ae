#include "app/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "app/terminal.hpp"
#include "core/input_error.hpp"
#include "reports/html.hpp"

namespace roofbeam::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& where, int reason) {
  throw InputError(
      fmt::format("cannot write {}: {}", where, std::generic_category().message(reason)));
}

void write_stdout(const std::string& text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  if (errno != EPIPE) fail("to standard output", errno);
}

using Writer = std::function<void(std::ostream&)>;

bool fill(const fs::path& path, const Writer& write) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  write(out);
  out.close();
  return out.good();
}

// Errors of the file system as one message, whatever the step.
void write_and_rename(const fs::path& target, const Writer& write) {
  fs::path temporary = target;
  temporary += fmt::format(".{}.tmp", ::getpid());
  errno = 0;
  std::error_code error;
  if (fill(temporary, write)) {
    fs::rename(temporary, target, error);
    if (!error) return;
  } else {
    error.assign(errno, std::generic_category());
  }
  std::error_code ignored;
  fs::remove(temporary, ignored);
  fail(fmt::format("'{}'", target.string()), error.value());
}

}  // namespace

void write_file(const std::string& path, const Writer& write) {
  std::error_code error;
  const fs::path resolved = fs::weakly_canonical(path, error);  // a link stays a link
  const fs::path target = error ? fs::path(path) : resolved;
  const fs::file_status status = fs::status(target, error);
  if (!fs::exists(status) || fs::is_regular_file(status)) {
    write_and_rename(target, write);
    return;
  }
  errno = 0;
  if (!fill(target, write)) fail(fmt::format("'{}'", path), errno);
}

std::size_t output_width() { return standard_output().width; }

void write_result(const std::string& text, const std::string& path) {
  if (path.empty() || path == "-") {
    write_stdout(text);
  } else {
    write_file(path, [&](std::ostream& out) { out << text; });
  }
}

void write_document(const Document& document, const std::string& format, const std::string& path) {
  const bool is_file = !path.empty() && path != "-";
  write_result(format == "markdown" ? document.markdown()
                                    : document.text(is_file ? a_file() : standard_output()),
               path);
}

void write_as(const std::string& format, const std::string& path,
              const std::function<Document()>& document, std::initializer_list<Rendering> others) {
  const auto* other = std::ranges::find(others, std::string_view(format), &Rendering::format);
  if (other != others.end()) return write_result(other->text(), path);
  write_document(document(), format, path);
}

void check_writable(const std::string& path) {
  if (path.empty() || path == "-") return;
  std::error_code error;
  const fs::path target = fs::weakly_canonical(fs::absolute(path), error);
  if (fs::is_directory(target, error)) fail(fmt::format("'{}'", path), EISDIR);
  if (fs::exists(target, error) && !fs::is_regular_file(target, error)) return;  // a device
  const fs::path folder = target.parent_path();
  if (!fs::is_directory(folder, error)) {
    fail(fmt::format("'{}'", path), fs::exists(folder, error) ? ENOTDIR : ENOENT);
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) fail(fmt::format("'{}'", path), errno);
}

void check_report(const std::string& path) {
  if (path == "-") throw InputError("--report -: an HTML report goes into a file of its own");
  check_writable(path);
}

void write_report(const std::string& json, const std::string& path) {
  check_report(path);
  write_result(html_report(json), path);
}

namespace {

std::string painted(std::string_view text, Style style) {
  return paint(text, style, standard_error());
}

bool is_caret(std::string_view line) {
  return line.find('^') != std::string_view::npos &&
         line.find_first_not_of(" ^~") == std::string_view::npos;
}

// "PLACE: error: WHAT" with the word in red and the place in bold; a caret in red.
std::string error_line(std::string_view line) {
  constexpr std::string_view kWord = "error:";
  if (is_caret(line)) return painted(line, Style::bad);
  const std::size_t word = line.find(": error:");
  if (word == std::string_view::npos) return std::string(line);
  return painted(line.substr(0, word + 1), Style::heading) + ' ' + painted(kWord, Style::bad) +
         std::string(line.substr(word + 2 + kWord.size()));
}

void say(std::string_view word, Style style, std::string_view text) {
  fmt::print(stderr, "roofbeam: {} {}\n", painted(word, style), printable_lines(text));
}

}  // namespace

void print_error(std::string_view text) {
  const bool says_so = text.find(": error: ") != std::string_view::npos;
  const std::string all = (says_so ? "" : "roofbeam: error: ") + printable_lines(text);
  for (std::size_t begin = 0; begin <= all.size();) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    fmt::print(stderr, "{}\n", error_line(std::string_view(all).substr(begin, end - begin)));
    begin = end + 1;
  }
}

void warn(std::string_view text) { say("warning:", Style::warning, text); }
void say_failed(std::string_view text) { say("failed:", Style::bad, text); }
void note(std::string_view text) { say("note:", Style::dim, text); }

}  // namespace roofbeam::app
