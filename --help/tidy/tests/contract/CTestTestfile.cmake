# CMake generated Testfile for 
# Source directory: /work/h-skip/tests/contract
# Build directory: /work/h-skip/--help/tidy/tests/contract
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
include("/work/h-skip/--help/tidy/tests/contract/contract_verifiers[1]_include.cmake")
