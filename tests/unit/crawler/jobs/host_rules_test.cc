// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/host_rules.h"

#include "tests/unit/crawler/jobs/control_fixture.h"

namespace nightjar::jobs {
namespace {

using HostRulesTest = ControlTest;

TEST_F(HostRulesTest, KeepWhatWasSetOverAReopenUnderTheHostsOwnName) {
  {
    const auto rules = *HostRules::Open(folder_);
    const auto host = rules->Change("WWW." + OnionHost('a'), [&](HostRule& rule) {
      rule.blocked = true;
      rule.reason = "seized";
      rule.since = now_;
    });
    ASSERT_TRUE(host) << host.error().Format();
    EXPECT_EQ(*host, OnionHost('a'));
    ASSERT_TRUE(
        rules->Change(OnionHost('a'), [](HostRule& rule) { rule.min_delay = std::chrono::seconds(9); }));
  }
  const auto listed = (*HostRules::Open(folder_))->List();
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->size(), 1U);
  const HostRule expected{true, std::chrono::seconds(9), "seized", now_};
  EXPECT_EQ(listed->at(OnionHost('a')), expected);
}

TEST_F(HostRulesTest, KeepALiftedRuleAsOneThatMeansNothing) {
  const auto rules = *HostRules::Open(folder_);
  ASSERT_TRUE(rules->Change(OnionHost('a'), [](HostRule& rule) { rule.blocked = true; }));
  ASSERT_TRUE(rules->Change(OnionHost('a'), [](HostRule& rule) { rule.blocked = false; }));
  EXPECT_FALSE(rules->List()->at(OnionHost('a')).Means());
}

TEST_F(HostRulesTest, RefuseWhatIsNoHostAndWhatIsOutOfBounds) {
  const auto rules = *HostRules::Open(folder_);
  const auto block = [](HostRule& rule) { rule.blocked = true; };
  EXPECT_EQ(rules->Change("localhost", block).error().code, Code::kRefused);
  EXPECT_FALSE(
      rules->Change(OnionHost('a'), [](HostRule& rule) { rule.min_delay = std::chrono::hours(25); }));
  EXPECT_FALSE(
      rules->Change(OnionHost('a'), [](HostRule& rule) { rule.blocked = true, rule.reason = "a\nb"; }));
  EXPECT_TRUE(rules->List()->empty());
}

}  // namespace
}  // namespace nightjar::jobs
