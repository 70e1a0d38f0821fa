# CMake generated Testfile for 
# Source directory: /work/h-skip/tests/world
# Build directory: /work/h-skip/--help/tidy/tests/world
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
include("/work/h-skip/--help/tidy/tests/world/unit_world[1]_include.cmake")
add_test([=[world.start]=] "/work/h-skip/tests/world/run_world" "start" "/work/h-skip/--help/tidy/world" "--program" "/work/h-skip/--help/tidy/bin/world-sites" "--listings" "60" "--threads" "40")
set_tests_properties([=[world.start]=] PROPERTIES  FIXTURES_SETUP "world" LABELS "world" TIMEOUT "300" _BACKTRACE_TRIPLES "/work/h-skip/tests/world/CMakeLists.txt;21;add_test;/work/h-skip/tests/world/CMakeLists.txt;0;")
add_test([=[world.stop]=] "/work/h-skip/tests/world/run_world" "stop" "/work/h-skip/--help/tidy/world")
set_tests_properties([=[world.stop]=] PROPERTIES  FIXTURES_CLEANUP "world" LABELS "world" TIMEOUT "60" _BACKTRACE_TRIPLES "/work/h-skip/tests/world/CMakeLists.txt;23;add_test;/work/h-skip/tests/world/CMakeLists.txt;0;")
add_test([=[world.sites are reachable over Tor]=] "/work/h-skip/tests/world/reachable_test" "/work/h-skip/--help/tidy/world")
set_tests_properties([=[world.sites are reachable over Tor]=] PROPERTIES  FIXTURES_REQUIRED "world" LABELS "world" TIMEOUT "120" _BACKTRACE_TRIPLES "/work/h-skip/tests/world/CMakeLists.txt;24;add_test;/work/h-skip/tests/world/CMakeLists.txt;0;")
