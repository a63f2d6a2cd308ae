# Writes measurements/devices.yaml into a C++ source file:
#   cmake -DOUTPUT=embedded.cpp -DDEVICES=devices.yaml -P embed.cmake
file(READ "${DEVICES}" text)
file(WRITE "${OUTPUT}" "// Written by scenarios/embed.cmake.
#include \"scenarios/embedded.hpp\"

namespace roofbeam {

std::string_view embedded_devices() { return R\"yaml(${text})yaml\"; }

}  // namespace roofbeam\n")
