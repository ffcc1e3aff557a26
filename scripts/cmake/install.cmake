# scripts/cmake/install.cmake - what `cmake --install` puts where.
file(RELATIVE_PATH PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)  # the tree may be moved
configure_file(scripts/cmake/dateline.pc.in dateline.pc @ONLY)

install(TARGETS libdateline libdateline_static)
install(DIRECTORY core/include/dateline DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/dateline.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY reports scripts/datasets scripts/types
  DESTINATION ${CMAKE_INSTALL_DATADIR}/dateline)
