# Writes the lists of devices, one after another, into a C++ source file:
#   cmake -DOUTPUT=embedded.cpp -DDEVICES="devices.yaml|devices_gpu.yaml" -P embed.cmake
string(REPLACE "|" ";" files "${DEVICES}")
set(text "")
foreach(file IN LISTS files)
  file(READ "${file}" one)
  string(APPEND text "${one}")
endforeach()
file(WRITE "${OUTPUT}" "// Written by scenarios/embed.cmake.
#include \"scenarios/embedded.hpp\"

namespace roofbeam {

std::string_view embedded_devices() { return R\"yaml(${text})yaml\"; }

}  // namespace roofbeam\n")
