# scripts/cmake/layer.cmake - what the top CMakeLists.txt is written in.

# dtl_layer(doc SOURCES node.c USES dtl_base): core/doc/node.c becomes the static library dtl_doc,
# which sees core/ and what USES names. A layer without sources yet passes on what it USES.
function(dtl_layer name)
  cmake_parse_arguments(layer "" "" "SOURCES;USES" ${ARGN})
  if(NOT layer_SOURCES)
    add_library(dtl_${name} INTERFACE)
    target_link_libraries(dtl_${name} INTERFACE ${layer_USES})
    return()
  endif()
  list(TRANSFORM layer_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/core/${name}/)
  add_library(dtl_${name} STATIC ${layer_SOURCES})
  target_include_directories(dtl_${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/core ${PROJECT_SOURCE_DIR}/core/include)
  target_link_libraries(dtl_${name} PUBLIC ${layer_USES})
  set_property(GLOBAL APPEND PROPERTY dtl_objects $<TARGET_OBJECTS:dtl_${name}>)
endfunction()

# dtl_find_library(CSV csv.h csv): the target CSV::CSV, for a library that ships no pkg-config file.
function(dtl_find_library name header library)
  find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
  add_library(${name}::${name} UNKNOWN IMPORTED)
  set_target_properties(${name}::${name} PROPERTIES
    IMPORTED_LOCATION ${${name}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${${name}_INCLUDE_DIR})
endfunction()

# dtl_library(libdateline USES ...): all layers so far as libdateline.so and libdateline.a. Only what
# is marked DTL_API is seen from outside the shared one.
function(dtl_library name)
  cmake_parse_arguments(library "" "" "USES" ${ARGN})
  get_property(objects GLOBAL PROPERTY dtl_objects)
  add_library(${name} SHARED ${objects})
  add_library(${name}_static STATIC ${objects})
  set_target_properties(${name} ${name}_static PROPERTIES OUTPUT_NAME dateline LINKER_LANGUAGE C)
  set_target_properties(${name} PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION 0)
  target_link_libraries(${name} PRIVATE ${library_USES})
endfunction()
