// From argv to a command. Only options*.cpp and its source know CLI11, which is slow to compile.
#pragma once

#include <variant>

#include "app/commands.hpp"

namespace roofbeam::app {

// Nothing left to do: help or version was shown (0), or the command line was wrong (2) and that has
// been said.
struct Finished {
  int status = 0;
};

using Command = std::variant<Finished, Predict, Inspect, Operators, PlatformsList, PlatformsCores,
                             PlatformsShow, PlatformsCheck, Rewrites, RuntimesList, RuntimesShow,
                             Validate, Calibrate, Scale, Solve, Sweep, FrontierOf, Recommend>;

[[nodiscard]] Command read_command_line(int argc, char** argv);

}  // namespace roofbeam::app
