# Installs BUILD_DIR into an empty folder and builds and runs the consumer beside this file with it.
# cmake -DBUILD_DIR=... -DSOURCE_DIR=... -DCXX_FLAGS=... -P run.cmake
set(work ${BUILD_DIR}/install-test)
set(prefix ${work}/prefix)
file(REMOVE_RECURSE ${work})

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\nended with ${status}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${prefix})
# No package but those that RoofbeamConfig.cmake asks for may be needed.
run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE_DIR}/tests/install -B ${work}/build
  -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS=${CXX_FLAGS}
  -DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON -DCMAKE_DISABLE_FIND_PACKAGE_Eigen3=ON
  -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON)
run(${CMAKE_COMMAND} --build ${work}/build)

set(network ${SOURCE_DIR}/networks/mobilenet_v2_1.0_224.onnx)
run(${work}/build/consumer ${network})
set(expected "300774272 MACs\n")
if(NOT output STREQUAL expected)
  message(FATAL_ERROR "consumer printed \"${output}\", expected \"${expected}\"")
endif()
run(${prefix}/bin/roofbeam inspect ${network})
# The schemas are there as files; the program needs none of them.
file(GLOB schemas RELATIVE ${SOURCE_DIR}/reports ${SOURCE_DIR}/reports/schemas/*.schema.json)
foreach(schema IN LISTS schemas)
  if(NOT EXISTS ${prefix}/share/roofbeam/${schema})
    message(FATAL_ERROR "share/roofbeam/${schema} is not installed")
  endif()
endforeach()
run(${prefix}/bin/roofbeam schemas show predict)
