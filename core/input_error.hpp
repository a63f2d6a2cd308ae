// The one exception for wrong input: files, options, networks. Thrown where input is read, caught
// once in app. The text is complete: place, what was found, what was expected, what to do.
#pragma once

#include <stdexcept>

namespace roofbeam {

class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace roofbeam
