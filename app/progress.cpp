#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "core/quantity/text.hpp"

namespace roofbeam::app {
namespace {

std::atomic<bool> g_interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // a signal handler may set it

extern "C" void on_signal(int) { g_interrupted = true; }

std::string duration(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

std::string progress_text(std::int64_t done, std::int64_t all, std::int64_t before, double seconds,
                          const std::string& what) {
  std::string text = fmt::format("{} of {} {}", grouped(done), grouped(all), what);
  const double rate = seconds > 0 ? static_cast<double>(done - before) / seconds : 0;
  if (rate <= 0) return text;
  return text + fmt::format(", {} /s, {} left", with_prefix(rate),
                            duration(static_cast<double>(all - done) / rate));
}

Progress::Progress(std::string what)
    : what_(std::move(what)),
      terminal_(::isatty(STDERR_FILENO) != 0),
      start_(std::chrono::steady_clock::now()) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::show(std::int64_t done, std::int64_t all) {
  if (!terminal_) return;
  if (first_ < 0) first_ = done;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
  fmt::print(stderr, "\r\033[K{}", progress_text(done, all, first_, passed.count(), what_));
  std::fflush(stderr);
  shown_ = true;
}

const std::atomic<bool>& interrupted() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  return g_interrupted;
}

}  // namespace roofbeam::app
