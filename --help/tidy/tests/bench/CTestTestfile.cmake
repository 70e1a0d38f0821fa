# CMake generated Testfile for 
# Source directory: /work/h-skip/tests/bench
# Build directory: /work/h-skip/--help/tidy/tests/bench
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
