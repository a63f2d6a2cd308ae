// What solve, explain and compare do first: read the network, the platform and the runtime.
#pragma once

#include <memory>

#include "app/commands.hpp"
#include "scenarios/subject.hpp"

namespace roofbeam::app {

[[nodiscard]] SubjectOptions subject_options(const SubjectArguments& arguments);
[[nodiscard]] Subject read_subject(const SubjectArguments& arguments);

}  // namespace roofbeam::app
