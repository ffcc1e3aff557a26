# scripts/cmake/embed.cmake - what is carried inside the program: the Lua that ships, the bundled figures.

# dtl-embed turns Lua files into one C file; one that does not compile fails the build.
add_executable(dtl-embed core/script/embed/embed.c)
target_link_libraries(dtl-embed PRIVATE PkgConfig::LUA)

# dtl_embed_lua(scripts/dateline/date.lua ...): the library dtl_embedded (core/script/embed/embedded.h).
function(dtl_embed_lua)
  set(output ${PROJECT_BINARY_DIR}/embedded_files.c)
  set(files)
  set(pairs)
  foreach(file ${ARGN})
    string(REGEX REPLACE "^scripts/" "" name ${file})
    list(APPEND pairs ${name}=${file})
    list(APPEND files ${PROJECT_SOURCE_DIR}/${file})
  endforeach()
  add_custom_command(
    OUTPUT ${output}
    COMMAND dtl-embed ${output} ${pairs}
    DEPENDS dtl-embed ${files}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Compiling the Lua that ships"
    VERBATIM)
  add_library(dtl_embedded STATIC ${output})
  target_include_directories(dtl_embedded PUBLIC ${PROJECT_SOURCE_DIR}/core)
  set_property(GLOBAL APPEND PROPERTY dtl_objects $<TARGET_OBJECTS:dtl_embedded>)
endfunction()

# dtl_bundle(scripts/datasets/small-boats-daily.csv ...): dtl-bundle imports the figures into one
# database, and the library dtl_image (core/store/image.h) carries it. What dtl-bundle is made of
# cannot use dtl_image.
function(dtl_bundle)
  set(image ${PROJECT_BINARY_DIR}/image.db)
  add_executable(dtl-bundle core/script/embed/bundle.c)
  target_link_libraries(dtl-bundle PRIVATE dtl_script)
  add_custom_command(
    OUTPUT ${image}
    COMMAND dtl-bundle ${image} scripts/datasets
    DEPENDS dtl-bundle ${ARGN}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Importing the bundled figures"
    VERBATIM)
  set_source_files_properties(core/store/image.c PROPERTIES
    COMPILE_DEFINITIONS DTL_IMAGE_FILE="${image}" OBJECT_DEPENDS ${image})
  add_library(dtl_image STATIC core/store/image.c)
  target_include_directories(dtl_image PUBLIC ${PROJECT_SOURCE_DIR}/core)
  set_property(GLOBAL APPEND PROPERTY dtl_objects $<TARGET_OBJECTS:dtl_image>)
endfunction()
