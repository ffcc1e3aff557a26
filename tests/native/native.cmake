# tests/native/native.cmake - native plugins under test: bad ones, and those that ship.
set(bad_plugins ${PROJECT_BINARY_DIR}/tests/bad-plugins)
foreach(bad good wrong_magic short_size newer_minor newer_major newer_but_content other_name
    other_version undeclared no_description crash_at_query crash loop loop_that_asks leak greedy
    silent flood starved wide small_importer no_open no_next no_close no_call no_render
    no_check)
  string(TOUPPER ${bad} value)
  add_library(bad_${bad} MODULE ${CMAKE_CURRENT_SOURCE_DIR}/native/bad.c)
  target_include_directories(bad_${bad} PRIVATE ${PROJECT_SOURCE_DIR}/core/include)
  target_compile_definitions(bad_${bad} PRIVATE BAD=${value})
  set_target_properties(bad_${bad} PROPERTIES
    PREFIX "" OUTPUT_NAME ${bad} LIBRARY_OUTPUT_DIRECTORY ${bad_plugins})
  list(APPEND bad_targets bad_${bad})
endforeach()

foreach(name native ods html_table)
  dtl_test(${name} USES dtl_plugin)
  target_compile_definitions(test_${name} PRIVATE
    DTL_BAD_PLUGINS="${bad_plugins}"
    DTL_SHIPPED_PLUGINS="${PROJECT_BINARY_DIR}/share/dateline/plugins")
  add_dependencies(test_${name} ${bad_targets} plugin_hello plugin_ods
    plugin_html-table)
endforeach()

add_executable(use_plugin ${CMAKE_CURRENT_SOURCE_DIR}/native/use.c)
target_link_libraries(use_plugin PRIVATE dtl_plugin)
if(TARGET dateline)
  dtl_add_test(build.plugins LABEL build
    COMMAND bash tests/native/outside.sh $<TARGET_FILE:use_plugin>)
endif()
