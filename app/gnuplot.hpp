// Draws charts with gnuplot, which is another program.
#pragma once

#include <string>

#include "reports/plots/plot.hpp"

namespace roofbeam::app {

// Writes an image, in the format that its path ends in; with `keep` also the script and the tables,
// beside it. Throws InputError: another ending, gnuplot is not there or complains (then nothing but
// what is kept has been written).
void draw(const Plot& plot, const std::string& path, bool keep);

}  // namespace roofbeam::app
