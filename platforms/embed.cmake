# Writes the YAML files of the catalogue into a C++ source file:
#   cmake -DOUTPUT=embedded.cpp -DPLATFORMS="a.yaml|b.yaml" -DCORES="c.yaml" -DRUNTIMES="d.yaml"
#         -P embed.cmake
function(table function_name files result)
  string(REPLACE "|" ";" files "${files}")
  list(TRANSFORM files REPLACE "\\.yaml$" "")
  list(SORT files)
  set(rows "")
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME)
    file(READ "${file}.yaml" text)
    string(APPEND rows "    {\"${name}\", R\"yaml(${text})yaml\"},\n")
  endforeach()
  set(${result} "std::span<const EmbeddedFile> ${function_name}() {
  static constexpr EmbeddedFile files[] = {\n${rows}  };
  return files;
}\n" PARENT_SCOPE)
endfunction()

table(embedded_platforms "${PLATFORMS}" platforms)
table(embedded_cores "${CORES}" cores)
table(embedded_runtimes "${RUNTIMES}" runtimes)
file(WRITE "${OUTPUT}" "// Written by platforms/embed.cmake.
#include \"platforms/embedded.hpp\"

namespace roofbeam {

${platforms}
${cores}
${runtimes}
}  // namespace roofbeam\n")
