# cmake --install: the program, and the rooms as a CMake package for find_package(Roofbeam).
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Roofbeam)
get_property(rooms GLOBAL PROPERTY ROOFBEAM_ROOMS)

install(TARGETS roofbeam RUNTIME)
install(TARGETS ${rooms} EXPORT RoofbeamTargets ARCHIVE)
install(EXPORT RoofbeamTargets NAMESPACE Roofbeam:: DESTINATION ${package_dir})

foreach(room IN LISTS rooms)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/roofbeam
    FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/reports/schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/roofbeam)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/RoofbeamConfig.cmake.in
  ${PROJECT_BINARY_DIR}/RoofbeamConfig.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/RoofbeamConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/RoofbeamConfig.cmake
  ${PROJECT_BINARY_DIR}/RoofbeamConfigVersion.cmake
  DESTINATION ${package_dir})
