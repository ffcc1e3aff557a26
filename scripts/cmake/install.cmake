# scripts/cmake/install.cmake - what `cmake --install` puts where.
file(RELATIVE_PATH PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)  # the tree may be moved
# What the static library links. No Requires.private: that would ask for these libraries' own headers,
# of which Dateline's include none.
set(PC_LIBS_PRIVATE ${MD_STATIC_LDFLAGS} ${SQLITE_STATIC_LDFLAGS} ${CJSON_STATIC_LDFLAGS}
  ${LUA_STATIC_LDFLAGS} ${EDIT_STATIC_LDFLAGS} -lcsv -ldl)
list(REMOVE_DUPLICATES PC_LIBS_PRIVATE)
list(JOIN PC_LIBS_PRIVATE " " PC_LIBS_PRIVATE)
configure_file(scripts/cmake/dateline.pc.in dateline.pc @ONLY)

install(TARGETS libdateline libdateline_static)
install(DIRECTORY core/include/dateline DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/dateline.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY reports scripts/datasets scripts/types
  DESTINATION ${CMAKE_INSTALL_DATADIR}/dateline)
