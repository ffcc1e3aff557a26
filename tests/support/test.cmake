# tests/support/test.cmake - what tests/CMakeLists.txt is written in.
add_library(dtl_test_support STATIC ${CMAKE_CURRENT_SOURCE_DIR}/support/test.c)
target_include_directories(dtl_test_support PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(dtl_test_support PUBLIC dtl_base)

# dtl_test(node USES dtl_doc): tests/unit/test_node.c becomes the program test_node and the test
# unit.node. It runs in the source folder, with the program's path in DATELINE.
function(dtl_test name)
  cmake_parse_arguments(test "" "" "USES" ${ARGN})
  add_executable(test_${name} ${CMAKE_CURRENT_SOURCE_DIR}/unit/test_${name}.c)
  target_link_libraries(test_${name} PRIVATE dtl_test_support ${test_USES})
  dtl_add_test(unit.${name} LABEL unit COMMAND test_${name})
endfunction()

# dtl_add_test(cli.run LABEL cli COMMAND bash tests/cli/run.sh): any command; exit 77 is "skipped".
# In the sanitize build its name is sanitize.cli.run, so that both builds may run as one.
function(dtl_add_test name)
  cmake_parse_arguments(test "" "LABEL;TIMEOUT" "COMMAND" ${ARGN})
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 120)
  endif()
  if(CMAKE_BUILD_TYPE STREQUAL Sanitize)
    set(name sanitize.${name})
  endif()
  add_test(NAME ${name} COMMAND ${test_COMMAND} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    LABELS ${test_LABEL} TIMEOUT ${test_TIMEOUT} SKIP_RETURN_CODE 77
    ENVIRONMENT "DATELINE=${PROJECT_BINARY_DIR}/dateline;DATELINE_BUILD=${PROJECT_BINARY_DIR}")
endfunction()

# dtl_run_alone(unit.sandbox): nothing else runs at the same time.
function(dtl_run_alone name)
  if(CMAKE_BUILD_TYPE STREQUAL Sanitize)
    set(name sanitize.${name})
  endif()
  set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
endfunction()

# dtl_fuzz(csv USES dtl_import): tests/fuzz/fuzz_csv.c becomes the program fuzz_csv. It is the test
# fuzz.csv, which changes its seeds by a fixed generator; with DTL_LIBFUZZER (preset fuzz) it is a
# libFuzzer target instead.
function(dtl_fuzz name)
  cmake_parse_arguments(fuzz "" "" "USES" ${ARGN})
  add_executable(fuzz_${name} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/fuzz_${name}.c)
  target_include_directories(fuzz_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(fuzz_${name} PRIVATE ${fuzz_USES})
  target_compile_options(fuzz_${name} PRIVATE -Wno-missing-prototypes)
  if(DTL_LIBFUZZER)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/support/fuzz_main.c)
    dtl_add_test(fuzz.${name} LABEL fuzz COMMAND fuzz_${name})
  endif()
endfunction()
