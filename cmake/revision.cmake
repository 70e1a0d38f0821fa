# Writes build_revision.h: the source revision that goes into every capture record.
find_package(Git QUIET)
set(revision "unversioned")
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} describe --always --dirty --abbrev=12 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
                  OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(revision "${described}")
  endif()
endif()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/build_revision.h CONTENT
     "#pragma once\n#define NIGHTJAR_REVISION \"${revision}\"\n")
