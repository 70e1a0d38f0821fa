// SPDX-License-Identifier: Apache-2.0
// The walls themselves are proved in tests/hostile, on the programs that ship; here only what needs no jail.
#include "sandbox/walls/selftest.h"

#include <gtest/gtest.h>

#include <set>

namespace nightjar::walls {
namespace {

TEST(Selftest, TriesAnActionOnlyAfterTheJailStands) {
  int entered = 0;
  const auto enter = [&]() -> Result<JailState> {
    ++entered;
    return Fail(Code::kRefused, "no jail today");
  };
  EXPECT_EQ(RunSelftest("execve", enter), kExitNoJail);
  EXPECT_EQ(RunSelftest("control", enter), kExitNoJail);
  EXPECT_EQ(entered, 2);
}

TEST(Selftest, CanTellAllowedFromRefused) {
  const auto no_walls = []() -> Result<JailState> { return JailState{}; };
  EXPECT_EQ(RunSelftest("unix-socket", no_walls), kExitAllowed);
  EXPECT_EQ(RunSelftest("open", no_walls), kExitAllowed);
  EXPECT_EQ(RunSelftest("control", no_walls), kExitControl);
}

TEST(Selftest, KnowsNoActionThatIsNotInItsTable) {
  EXPECT_EQ(RunSelftest("no-such-action", []() -> Result<JailState> { return JailState{}; }), kExitNoJail);
}

TEST(Selftest, NamesEachActionOnceAndKillsThemAllInTheParser) {
  std::set<std::string_view> names;
  for (const ForbiddenAction& action : ForbiddenActions()) {
    EXPECT_TRUE(names.insert(action.name).second) << action.name;
    EXPECT_EQ(action.in_parser, Ending::kKilled) << action.name;
  }
}

}  // namespace
}  // namespace nightjar::walls
