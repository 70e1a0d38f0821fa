# CMake generated Testfile for 
# Source directory: /work/h-skip
# Build directory: /work/h-skip/--help/tidy
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
subdirs("tests")
