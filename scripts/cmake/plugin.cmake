# scripts/cmake/plugin.cmake - the plugins that ship: built beside the program, where it looks for
# them, and installed.

# dtl_plugin(ods SOURCES ods.c USES PkgConfig::ZIP FILES main.lua lib): scripts/plugins/ods. SOURCES
# become ods.so, which links nothing of ours; FILES and plugin.json are taken as they are.
function(dtl_plugin name)
  cmake_parse_arguments(plugin "" "" "SOURCES;USES;FILES" ${ARGN})
  set(from ${PROJECT_SOURCE_DIR}/scripts/plugins/${name})
  set(to ${PROJECT_BINARY_DIR}/share/dateline/plugins/${name})
  set(installed ${CMAKE_INSTALL_DATADIR}/dateline/plugins/${name})
  foreach(file plugin.json ${plugin_FILES})
    if(IS_DIRECTORY ${from}/${file})
      # Each by itself, so that a change of one is seen without configuring anew.
      file(GLOB_RECURSE inside RELATIVE ${from} CONFIGURE_DEPENDS ${from}/${file}/*)
      foreach(one ${inside})
        configure_file(${from}/${one} ${to}/${one} COPYONLY)
      endforeach()
      install(DIRECTORY ${from}/${file} DESTINATION ${installed})
    else()
      configure_file(${from}/${file} ${to}/${file} COPYONLY)
      install(FILES ${from}/${file} DESTINATION ${installed})
    endif()
  endforeach()
  if(NOT plugin_SOURCES)
    return()
  endif()
  list(TRANSFORM plugin_SOURCES PREPEND ${from}/)
  add_library(plugin_${name} MODULE ${plugin_SOURCES})
  target_include_directories(plugin_${name} PRIVATE ${PROJECT_SOURCE_DIR}/core/include)
  target_link_libraries(plugin_${name} PRIVATE ${plugin_USES})
  set_target_properties(plugin_${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${to})
  install(TARGETS plugin_${name} LIBRARY DESTINATION ${installed})
endfunction()
