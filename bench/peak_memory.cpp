#include "bench/peak_memory.hpp"

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace roofbeam::bench {
namespace {

// Sum over all lines of a /proc file that start so, in bytes.
double proc_bytes(const char* path, std::string_view start) {
  std::ifstream file(path);
  double total = 0;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(start)) continue;
    total += std::stod(line.substr(line.find(':') + 1)) * 1024;
  }
  return total;
}

double peak() { return proc_bytes("/proc/self/status", "VmHWM"); }
double resident() { return proc_bytes("/proc/self/status", "VmRSS"); }
double own() { return proc_bytes("/proc/self/smaps_rollup", "Private_"); }

void measure(const std::function<void(const std::function<void()>&)>& work, int pipe) {
  std::ofstream("/proc/self/clear_refs") << 5;  // VmHWM starts again from VmRSS
  const double resident_before = resident();
  const double own_before = own();
  Memory memory;
  work([&] { memory.private_mb = (own() - own_before) / 1e6; });
  memory.peak_mb = (peak() - resident_before) / 1e6;
  if (::write(pipe, &memory, sizeof memory) != sizeof memory) ::_exit(1);
}

}  // namespace

Memory memory_of(const std::function<void(const std::function<void()>&)>& work) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  ::malloc_trim(0);  // or the child would use what is free here, and not grow
  const pid_t child = ::fork();
  if (child == 0) {
    measure(work, ends[1]);
    ::_exit(0);
  }
  ::close(ends[1]);
  Memory memory;
  const bool complete = ::read(ends[0], &memory, sizeof memory) == sizeof memory;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  if (!complete) throw std::runtime_error("the measured child died");
  return memory;
}

}  // namespace roofbeam::bench
