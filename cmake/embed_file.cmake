# The script behind nightjar_embed: writes the bytes of SOURCE as character literals. A byte list, not a raw string:
# raw strings are limited to 64 KiB by some compilers and end at their own delimiter.
file(READ ${SOURCE} hex HEX)
string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
file(WRITE ${OUT}.h
"#pragma once
#include <string_view>
namespace nightjar::embedded {
extern const std::string_view ${SYMBOL};
}  // namespace nightjar::embedded
")
file(WRITE ${OUT}.cc
"#include \"embedded/${SYMBOL}.h\"
namespace nightjar::embedded {
namespace {
constexpr char kBytes[] = {
${bytes}
'\\0'};
}  // namespace
const std::string_view ${SYMBOL}(kBytes, sizeof kBytes - 1);
}  // namespace nightjar::embedded
")
