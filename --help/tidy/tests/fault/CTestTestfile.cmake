# CMake generated Testfile for 
# Source directory: /work/h-skip/tests/fault
# Build directory: /work/h-skip/--help/tidy/tests/fault
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
include("/work/h-skip/--help/tidy/tests/fault/fault_archive_kill[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/fault/fault_archive_full_disk[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/fault/fault_crawl_kill[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/fault/fault_frontier_kill[1]_include.cmake")
