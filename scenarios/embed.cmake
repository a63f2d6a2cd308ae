# Writes the tables of measured devices, one after another, into a C++ source file:
#   cmake -DOUTPUT=embedded_devices.cpp -DDEVICES="a.yaml|b.yaml" -P embed.cmake
string(REPLACE "|" ";" files "${DEVICES}")
list(SORT files)
set(parts "")
foreach(file IN LISTS files)
  file(READ "${file}" text)
  string(LENGTH "${text}" length)
  # A compiler need not take string literals beyond 64 KiB in one piece.
  set(start 0)
  while(start LESS length)
    string(SUBSTRING "${text}" ${start} 8000 piece)
    string(APPEND parts "    R\"yaml(${piece})yaml\"\n")
    math(EXPR start "${start} + 8000")
  endwhile()
endforeach()
file(WRITE "${OUTPUT}" "// Written by scenarios/embed.cmake.
#include \"scenarios/devices.hpp\"

namespace roofbeam {

std::string_view embedded_devices() {
  return
${parts}    \"\";
}

}  // namespace roofbeam\n")
