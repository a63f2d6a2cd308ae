# Writes text files into a C++ source file, a table each of the functions that HEADER declares:
#   cmake -DOUTPUT=embedded.cpp -DHEADER=platforms/embedded.hpp -DENDING=.yaml
#         -DFUNCTIONS="platforms|cores" -Dplatforms="a.yaml|b.yaml" -Dcores="c.yaml" -P embed.cmake
# Each is sorted by name, without folder and ending. roofbeam_embed (Room.cmake) runs this.
function(table function result)
  string(REPLACE "|" ";" files "${${function}}")
  list(TRANSFORM files REPLACE "${ENDING}$" "")
  list(SORT files)
  set(rows "")
  foreach(file IN LISTS files)
    get_filename_component(name "${file}" NAME)
    file(READ "${file}${ENDING}" text)
    string(APPEND rows "    {\"${name}\", R\"file(${text})file\"},\n")
  endforeach()
  set(${result} "std::span<const EmbeddedFile> ${function}() {
  static constexpr EmbeddedFile files[] = {\n${rows}  };
  return files;
}\n" PARENT_SCOPE)
endfunction()

set(tables "")
string(REPLACE "|" ";" functions "${FUNCTIONS}")
foreach(function IN LISTS functions)
  table(${function} text)
  string(APPEND tables "\n${text}")
endforeach()
file(WRITE "${OUTPUT}" "// Written by cmake/embed.cmake.
#include \"${HEADER}\"

namespace roofbeam {
${tables}
}  // namespace roofbeam\n")
