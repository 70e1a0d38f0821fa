# CMake generated Testfile for 
# Source directory: /work/h-skip/tests/rules
# Build directory: /work/h-skip/--help/tidy/tests/rules
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
include("/work/h-skip/--help/tidy/tests/rules/rules[1]_include.cmake")
