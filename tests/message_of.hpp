// Messages as tests compare them: whole.
#pragma once

#include <string>

#include "core/input_error.hpp"

namespace roofbeam::testing {

// The whole text of the InputError that `action` throws; "no error" if it throws none.
template <class Action>
std::string message_of(Action&& action) {
  try {
    (void)action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace roofbeam::testing
