# CMake generated Testfile for 
# Source directory: /work/h-skip/tests/hostile
# Build directory: /work/h-skip/--help/tidy/tests/hostile
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
include("/work/h-skip/--help/tidy/tests/hostile/hostile_jail[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/hostile/hostile_pool[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/hostile/hostile_pages[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/hostile/hostile_reading[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/hostile/hostile_servers[1]_include.cmake")
