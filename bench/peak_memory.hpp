// How much memory a piece of work takes, as the kernel counts it.
#pragma once

#include <functional>

namespace roofbeam::bench {

struct Memory {
  double peak_mb = 0;     // largest growth of the resident set, mapped pages of files included
  double private_mb = 0;  // growth of what is this process's alone, when `work` says so
};

// Runs `work` in a child process. `work` gets a function that it calls while it holds everything
// that it needs. 1 MB is 1,000,000 bytes.
[[nodiscard]] Memory memory_of(const std::function<void(const std::function<void()>&)>& work);

}  // namespace roofbeam::bench
