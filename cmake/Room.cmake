# One room of the house: a static library of all sources in and below this folder.
#   roofbeam_room(models USES platforms PRIVATE fmt::fmt HEADERS Eigen3::Eigen)
# HEADERS are libraries of headers only: who links the installed room needs none of them.
function(roofbeam_room name)
  cmake_parse_arguments(ROOM "" "" "USES;PRIVATE;HEADERS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(${name} STATIC ${sources})
  add_library(Roofbeam::${name} ALIAS ${name})
  set_target_properties(${name} PROPERTIES OUTPUT_NAME roofbeam_${name})
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/roofbeam>)
  target_compile_features(${name} PUBLIC cxx_std_20)
  target_link_libraries(${name} PUBLIC ${ROOM_USES} PRIVATE ${ROOM_PRIVATE})
  foreach(headers IN LISTS ROOM_HEADERS)
    target_link_libraries(${name} PRIVATE $<BUILD_INTERFACE:${headers}>)
  endforeach()
  roofbeam_warnings(${name})
  set_property(GLOBAL APPEND PROPERTY ROOFBEAM_ROOMS ${name})
endfunction()

# Files of a folder travel inside a room; editing, adding or removing one rebuilds it. The header
# declares a function for each folder:
#   roofbeam_embed(platforms HEADER embedded.hpp ENDING .yaml
#     TABLES embedded_platforms=catalog embedded_cores=cores)
function(roofbeam_embed room)
  cmake_parse_arguments(EMBED "" "HEADER;ENDING" "TABLES" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded.cpp)
  foreach(table IN LISTS EMBED_TABLES)
    string(REGEX MATCH "^(.+)=(.+)$" _ ${table})
    set(function ${CMAKE_MATCH_1})
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${CMAKE_MATCH_2}/*${EMBED_ENDING})
    list(APPEND all ${files})
    list(JOIN files "|" files)
    list(APPEND functions ${function})
    list(APPEND arguments "-D${function}=${files}")
  endforeach()
  list(JOIN functions "|" functions)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DHEADER=${room}/${EMBED_HEADER}
            -DENDING=${EMBED_ENDING} -DFUNCTIONS=${functions} ${arguments}
            -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${PROJECT_SOURCE_DIR}/cmake/embed.cmake ${all}
    COMMENT "Embedding the files of ${room}"
    VERBATIM)
  target_sources(${room} PRIVATE ${output})
endfunction()

function(roofbeam_warnings target)
  # With optimisation, GCC 12 warns of its own inlined std::string and std::vector code (GCC bugs
  # 105329 and 105651).
  set(optimised $<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>)
  target_compile_options(${target} PRIVATE
    $<${optimised}:-Wno-restrict> $<${optimised}:-Wno-array-bounds> -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    $<$<BOOL:${ROOFBEAM_WARNINGS_AS_ERRORS}>:-Werror>)
endfunction()
