// From argv to a command. Only options*.cpp and its source know CLI11, which is slow to compile.
#pragma once

#include <functional>
#include <utility>

#include "app/commands.hpp"

namespace roofbeam::app {

// Nothing left to do: help or version was shown, or the command line was wrong (kWrongUsage) and
// that has been said.
struct Finished {
  int status = 0;
};
[[nodiscard]] inline int run(Finished finished) { return finished.status; }

// One of the commands of commands.hpp, with what was asked.
class Command {
 public:
  template <class Options>
  Command& operator=(Options options) {
    answer_ = [options = std::move(options)] { return run(options); };
    return *this;
  }
  // Answers; the exit status.
  [[nodiscard]] int operator()() const { return answer_(); }

 private:
  std::function<int()> answer_;
};

[[nodiscard]] Command read_command_line(int argc, char** argv);

}  // namespace roofbeam::app
