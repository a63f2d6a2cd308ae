#include "app/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace roofbeam::app {
namespace {

constexpr std::size_t kLeastWidth = 40;

ColorChoice chosen = ColorChoice::automatic;  // NOLINT: of the whole program, as the streams are

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool is_dumb() {
  const char* term = std::getenv("TERM");
  return term != nullptr && std::strcmp(term, "dumb") == 0;
}

// mpirun gives its processes a terminal each, and passes on what they say to wherever it writes.
bool is_one_of_several() { return is_set("OMPI_COMM_WORLD_SIZE") || is_set("PMI_SIZE"); }

bool has_color(int file) {
  if (chosen != ColorChoice::automatic) return chosen == ColorChoice::always;
  return ::isatty(file) != 0 && !is_set("NO_COLOR") && !is_dumb() && !is_one_of_several();
}

std::size_t wanted_width() {
  const char* columns = std::getenv("COLUMNS");
  std::size_t width = 0;
  if (columns != nullptr) std::from_chars(columns, columns + std::strlen(columns), width);
  return width;
}

std::size_t width_of(int file) {
  if (const std::size_t wanted = wanted_width(); wanted > 0) return std::max(wanted, kLeastWidth);
  winsize size{};
  const bool known =
      ::isatty(file) != 0 && !is_one_of_several() && ::ioctl(file, TIOCGWINSZ, &size) == 0;
  return known && size.ws_col > 0 ? std::max<std::size_t>(size.ws_col, kLeastWidth) : kReportWidth;
}

}  // namespace

void choose_color(ColorChoice choice) { chosen = choice; }

Terminal standard_output() { return {width_of(STDOUT_FILENO), has_color(STDOUT_FILENO)}; }
Terminal standard_error() { return {width_of(STDERR_FILENO), has_color(STDERR_FILENO)}; }
Terminal a_file() { return {kReportWidth, chosen == ColorChoice::always}; }

}  // namespace roofbeam::app
