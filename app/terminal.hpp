// What standard output and standard error are: how wide, and whether they have colours.
#pragma once

#include <string>

#include "reports/text.hpp"

namespace roofbeam::app {

enum class ColorChoice {
  automatic,  // on a terminal, unless NO_COLOR is set and not empty, TERM is "dumb", or mpirun runs
              // it
  always,
  never,
};
// Of what is written from now on: --color.
void choose_color(ColorChoice choice);

// Standard output: at least 40 columns; COLUMNS, else the terminal's, else those of files.
[[nodiscard]] Terminal standard_output();
[[nodiscard]] Terminal standard_error();
// A file, whatever the terminal is: the same bytes everywhere, so no colour unless --color always.
[[nodiscard]] Terminal a_file();

}  // namespace roofbeam::app
