// What a long command shows while it works, and how it is stopped.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace roofbeam::app {

// A line on standard error that is written over: how much is done, how fast, and the time left.
// Nothing where standard error is no terminal.
class Progress {
 public:
  explicit Progress(std::string what);  // "cases"
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::int64_t done, std::int64_t all);

 private:
  std::string what_;
  bool terminal_;
  bool shown_ = false;
  std::int64_t first_ = -1;  // done when it was first shown: a resumed sweep's share was not ours
  std::chrono::steady_clock::time_point start_;
};

// "1,200 of 5,000 cases, 300 /s, 12 s left"
[[nodiscard]] std::string progress_text(std::int64_t done, std::int64_t all, std::int64_t before,
                                        double seconds, const std::string& what);

// Set by Ctrl-C or a polite kill from the first call on; the second one ends the program.
[[nodiscard]] const std::atomic<bool>& interrupted();

}  // namespace roofbeam::app
