# CMake generated Testfile for 
# Source directory: /work/h-skip/tests/story
# Build directory: /work/h-skip/--help/tidy/tests/story
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
include("/work/h-skip/--help/tidy/tests/story/story_help[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/story/story_jobs[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/story/story_witness[1]_include.cmake")
include("/work/h-skip/--help/tidy/tests/story/story_exports[1]_include.cmake")
add_test([=[story.story_first_light]=] "/work/h-skip/--help/tidy/bin/story_first_light")
set_tests_properties([=[story.story_first_light]=] PROPERTIES  FIXTURES_REQUIRED "world" LABELS "story" RUN_SERIAL "ON" TIMEOUT "900" _BACKTRACE_TRIPLES "/work/h-skip/tests/CMakeLists.txt;51;add_test;/work/h-skip/tests/story/CMakeLists.txt;16;nightjar_test;/work/h-skip/tests/story/CMakeLists.txt;0;")
add_test([=[story.story_kill]=] "/work/h-skip/--help/tidy/bin/story_kill")
set_tests_properties([=[story.story_kill]=] PROPERTIES  FIXTURES_REQUIRED "world" LABELS "story" RUN_SERIAL "ON" TIMEOUT "900" _BACKTRACE_TRIPLES "/work/h-skip/tests/CMakeLists.txt;51;add_test;/work/h-skip/tests/story/CMakeLists.txt;18;nightjar_test;/work/h-skip/tests/story/CMakeLists.txt;0;")
add_test([=[story.story_routes]=] "/work/h-skip/--help/tidy/bin/story_routes")
set_tests_properties([=[story.story_routes]=] PROPERTIES  FIXTURES_REQUIRED "world" LABELS "story" RUN_SERIAL "ON" TIMEOUT "900" _BACKTRACE_TRIPLES "/work/h-skip/tests/CMakeLists.txt;51;add_test;/work/h-skip/tests/story/CMakeLists.txt;20;nightjar_test;/work/h-skip/tests/story/CMakeLists.txt;0;")
add_test([=[story.story_robots]=] "/work/h-skip/--help/tidy/bin/story_robots")
set_tests_properties([=[story.story_robots]=] PROPERTIES  FIXTURES_REQUIRED "world" LABELS "story" RUN_SERIAL "ON" TIMEOUT "900" _BACKTRACE_TRIPLES "/work/h-skip/tests/CMakeLists.txt;51;add_test;/work/h-skip/tests/story/CMakeLists.txt;22;nightjar_test;/work/h-skip/tests/story/CMakeLists.txt;0;")
add_test([=[story.story_sessions]=] "/work/h-skip/--help/tidy/bin/story_sessions")
set_tests_properties([=[story.story_sessions]=] PROPERTIES  FIXTURES_REQUIRED "world" LABELS "story" RUN_SERIAL "ON" TIMEOUT "900" _BACKTRACE_TRIPLES "/work/h-skip/tests/CMakeLists.txt;51;add_test;/work/h-skip/tests/story/CMakeLists.txt;25;nightjar_test;/work/h-skip/tests/story/CMakeLists.txt;0;")
