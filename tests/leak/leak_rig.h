// SPDX-License-Identifier: Apache-2.0
// The fetcher in the OuterWorld: whatever it sends is seen.
#pragma once

#include "tests/leak/fetcher_rig.h"
#include "tests/leak/outer_world.h"

namespace nightjar::leak {

class LeakTest : public FetcherTest {
 protected:
  void SetUp() override {
    if (const std::string why_not = OuterWorld::WhyNot(); !why_not.empty()) GTEST_SKIP() << why_not;
    (void)OuterWorld::Get().Take();  // before the threads of the rig; nothing of the test before counts
    FetcherTest::SetUp();
  }

  // Makes Start() run the fetcher with these variables set, as nothing of ours does: the role starts it with
  // an empty environment.
  void UseEnvironment(const std::map<std::string, std::string>& variables);

  // Ends the fetcher, so that nothing can follow, and gives what got out.
  [[nodiscard]] OuterWorld::Leaks Leaked() {
    fetcher_.reset();
    return OuterWorld::Get().Take();
  }
};

}  // namespace nightjar::leak
