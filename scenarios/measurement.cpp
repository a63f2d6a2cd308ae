#include "scenarios/measurement.hpp"

#include "scenarios/readers/readers.hpp"
#include "scenarios/text_file.hpp"

namespace roofbeam {

Measurements read_measurements(const std::string& path) { return readers::read(read_text(path)); }

}  // namespace roofbeam
