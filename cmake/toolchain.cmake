# C++20 on GCC 12 or Clang 14; warnings are errors; hardening always on; mold and ccache where installed.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
                    -fstack-protector-strong -D_GLIBCXX_ASSERTIONS)
add_link_options(-pie -Wl,-z,relro -Wl,-z,now)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_compile_options(-pthread)  # RE2 wants it, and clang's precompiled headers fit only one answer
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports impossible overflows inside inlined std::string at -O2 (GCC bugs 105329, 105651).
  add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds
                      -Wno-maybe-uninitialized)
endif()

# -DNIGHTJAR_SANITIZE=ON: AddressSanitizer and UBSan for everything but the jailed programs (they would break the jail;
# their code is tested unjailed with sanitizers instead).
option(NIGHTJAR_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(NIGHTJAR_SANITIZE)
  set(NIGHTJAR_SANITIZER_FLAGS -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # -O1: the checks are the point of this build, and it compiles in two thirds of the time.
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1 -DNDEBUG")
else()
  add_compile_options(-D_FORTIFY_SOURCE=2)
endif()

# -DNIGHTJAR_FUZZ=ON (clang, with NIGHTJAR_SANITIZE): every room tells libFuzzer which of its code ran.
option(NIGHTJAR_FUZZ "Link the fuzz targets with libFuzzer (clang only)" OFF)
if(NIGHTJAR_FUZZ)
  list(APPEND NIGHTJAR_SANITIZER_FLAGS -fsanitize=fuzzer-no-link)
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers need these two leniencies (ccache manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()
