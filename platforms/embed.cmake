# Writes the YAML files of the catalogue into a C++ source file:
#   cmake -DOUTPUT=embedded.cpp -DPLATFORMS="a.yaml|b.yaml" -DRUNTIMES="c.yaml" -P embed.cmake
function(table function_name files result)
  string(REPLACE "|" ";" files "${files}")
  list(SORT files)
  set(rows "")
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME_WLE)
    file(READ "${file}" text)
    string(APPEND rows "    {\"${name}\", R\"yaml(${text})yaml\"},\n")
  endforeach()
  set(${result} "std::span<const EmbeddedFile> ${function_name}() {
  static constexpr EmbeddedFile files[] = {\n${rows}  };
  return files;
}\n" PARENT_SCOPE)
endfunction()

table(embedded_platforms "${PLATFORMS}" platforms)
table(embedded_runtimes "${RUNTIMES}" runtimes)
file(WRITE "${OUTPUT}" "// Written by platforms/embed.cmake.
#include \"platforms/embedded.hpp\"

namespace roofbeam {

${platforms}
${runtimes}
}  // namespace roofbeam\n")
