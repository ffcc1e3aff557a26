# scripts/cmake/compile.cmake - the C dialect, the warnings, and what each build type adds.
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug or Sanitize" FORCE)
endif()

add_compile_definitions(_GNU_SOURCE DTL_VERSION="${PROJECT_VERSION}")
add_compile_options(
  -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith
  -Wformat=2 -Wvla)

string(JOIN " " CMAKE_C_FLAGS_RELEASE
  -O2 -g1 -DNDEBUG -ffunction-sections -fdata-sections
  -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64|AMD64|i.86")
  string(APPEND CMAKE_C_FLAGS_RELEASE " -fcf-protection")
endif()
set(CMAKE_C_FLAGS_DEBUG "-O0 -g3")
set(CMAKE_C_FLAGS_SANITIZE
  "-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all")

string(JOIN " " hardened_link
  -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed -Wl,--gc-sections)
foreach(kind EXE SHARED MODULE)
  set(CMAKE_${kind}_LINKER_FLAGS_RELEASE "${hardened_link}")
  set(CMAKE_${kind}_LINKER_FLAGS_SANITIZE "-fsanitize=address,undefined")
endforeach()

option(DTL_LIBFUZZER "Instrument for libFuzzer (clang; preset fuzz)" OFF)
if(DTL_LIBFUZZER)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
