#include "app/output.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "core/input_error.hpp"
#include "reports/html.hpp"
#include "reports/table.hpp"

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

namespace {

// Names out of a file may hold anything; what could drive a terminal is shown as '?'.
std::string safe(std::string_view text) {
  std::string lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines += (begin == 0 ? "" : "\n") + printable(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::size_t output_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0) return kReportWidth;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 40) return kReportWidth;
  return size.ws_col;
}

void write_result(const std::string& text, const std::string& path) {
  if (path.empty() || path == "-") {
    write_stdout(text);
  } else {
    write_file(path, [&](std::ostream& out) { out << text; });
  }
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

void print_error(std::string_view text) {
  const bool says_so = text.find(": error: ") != std::string_view::npos;
  fmt::print(stderr, "{}{}\n", says_so ? "" : "roofbeam: error: ", safe(text));
}

void warn(std::string_view text) { fmt::print(stderr, "roofbeam: warning: {}\n", safe(text)); }
void say_failed(std::string_view text) { fmt::print(stderr, "roofbeam: failed: {}\n", safe(text)); }
void note(std::string_view text) { fmt::print(stderr, "roofbeam: note: {}\n", safe(text)); }

}  // namespace roofbeam::app
