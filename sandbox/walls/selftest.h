// SPDX-License-Identifier: Apache-2.0
// The forbidden actions, as code in the shipped programs: `nightjar-parser --selftest ACTION` enters its real
// jail and then tries ACTION, so a test proves the walls of the binary that will run, not of a copy. How it
// ends: killed by SIGSYS, or one of the exit codes below. "control" is an action that is always allowed: it
// shows that the test can tell the difference.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sandbox/walls/jail.h"

namespace nightjar::walls {

enum class Ending { kKilled, kRefused, kAllowed };  // SIGSYS; EACCES or EPERM; the call worked

inline constexpr int kExitAllowed = 10;
inline constexpr int kExitRefused = 11;
inline constexpr int kExitOther = 12;   // failed for a reason that is no wall: the test proves nothing
inline constexpr int kExitNoJail = 13;  // the jail could not be entered, or no such action
inline constexpr int kExitControl = 42;

struct ForbiddenAction {
  std::string_view name;
  Ending in_parser;
  Ending in_fetcher;
};

// Every action, the same in each program of one architecture.
[[nodiscard]] const std::vector<ForbiddenAction>& ForbiddenActions();

// The body of `--selftest ACTION`: "list" prints the names, one a line; anything else enters the jail by
// `enter` and tries. "control" says on standard output which walls stand ("full", "reduced, no landlock").
// Returns the exit code, if the process still lives to do so.
[[nodiscard]] int RunSelftest(std::string_view action, const std::function<Result<JailState>()>& enter);

}  // namespace nightjar::walls
