# Builds reports/web with npm in a copy and writes the page into a C++ source file:
#   cmake -DNPM=npm -DSOURCE=reports/web -DBUILD=dir -DFILES="a|src/b" -DOUTPUT=page.cpp
#         -P embed_page.cmake
# What is wrong with the sources is an error; a lack of npm or of its packages is said in the page's
# place.
function(copy_sources)
  string(REPLACE "|" ";" files "${FILES}")
  file(REMOVE_RECURSE ${BUILD}/src)
  foreach(file IN LISTS files)
    get_filename_component(folder ${BUILD}/${file} DIRECTORY)
    file(COPY ${SOURCE}/${file} DESTINATION ${folder})
  endforeach()
endfunction()

# Once for each state of the lock file.
function(install_packages result)
  file(SHA256 ${BUILD}/package-lock.json wanted)
  set(stamp ${BUILD}/node_modules/.roofbeam)
  set(installed "")
  if(EXISTS ${stamp})
    file(READ ${stamp} installed)
  endif()
  set(status 0)
  if(NOT wanted STREQUAL installed)
    execute_process(
      COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error
      WORKING_DIRECTORY ${BUILD} RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE said)
    if(status EQUAL 0)
      file(WRITE ${stamp} ${wanted})
    else()
      string(SUBSTRING "${said}" 0 1000 said)
      message(WARNING "HTML reports are left out, npm says:\n${said}")
    endif()
  endif()
  set(${result} ${status} PARENT_SCOPE)
endfunction()

function(build_page)
  execute_process(COMMAND ${NPM} run build --silent WORKING_DIRECTORY ${BUILD}
    RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "reports/web does not build:\n${said}")
  endif()
endfunction()

# The page is ASCII (web/vite.config.ts), so that it may be cut anywhere; compilers need not take
# literals of more than 65,536 characters.
function(pieces_of file result)
  file(READ ${file} page)
  string(LENGTH "${page}" length)
  set(pieces "")
  set(begin 0)
  while(begin LESS length)
    string(SUBSTRING "${page}" ${begin} 60000 piece)
    string(APPEND pieces "    R\"roofbeam(${piece})roofbeam\",\n")
    math(EXPR begin "${begin} + 60000")
  endwhile()
  set(${result} "${pieces}" PARENT_SCOPE)
endfunction()

set(missing "")
set(pieces "    \"\",\n")
if(NOT NPM)
  set(missing "install nodejs and npm, then configure and build again")
else()
  copy_sources()
  install_packages(status)
  if(status EQUAL 0)
    build_page()
    pieces_of(${BUILD}/dist/index.html pieces)
  else()
    set(missing "npm could not get its packages; try 'npm ci' in reports/web, then touch reports/web/package.json and build again")
  endif()
endif()

file(WRITE "${OUTPUT}" "// Written by reports/embed_page.cmake.
#include \"reports/html.hpp\"

namespace roofbeam {

EmbeddedPage embedded_page() {
  static constexpr std::string_view pieces[] = {\n${pieces}  };
  return {pieces, \"${missing}\"};
}

}  // namespace roofbeam\n")
