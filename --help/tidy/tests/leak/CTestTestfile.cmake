# CMake generated Testfile for 
# Source directory: /work/h-skip/tests/leak
# Build directory: /work/h-skip/--help/tidy/tests/leak
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
include("/work/h-skip/--help/tidy/tests/leak/leak_fetcher[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/leak/leak_crawl[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/leak/leak_lists[1]_include.cmake")
add_test([=[leak.leak_packets]=] "/work/h-skip/--help/tidy/bin/leak_packets")
set_tests_properties([=[leak.leak_packets]=] PROPERTIES  LABELS "leak" TIMEOUT "300" _BACKTRACE_TRIPLES "/work/h-skip/tests/CMakeLists.txt;51;add_test;/work/h-skip/tests/leak/CMakeLists.txt;17;nightjar_test;/work/h-skip/tests/leak/CMakeLists.txt;0;")
