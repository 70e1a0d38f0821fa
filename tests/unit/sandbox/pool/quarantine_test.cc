// SPDX-License-Identifier: Apache-2.0
#include "sandbox/pool/quarantine.h"

#include <gtest/gtest.h>

namespace nightjar::pool {
namespace {

constexpr QuarantineRules kRules{.faults = 3, .window = 10, .sentence = 4, .longest = 16, .most_sites = 8};

bool ReadInFull(Quarantine& quarantine, const std::string& site, bool fault) {
  if (quarantine.Ask(site)) return false;
  quarantine.Note(site, fault);
  return true;
}

void Convict(Quarantine& quarantine, const std::string& site) {
  for (std::uint32_t i = 0; i < kRules.faults; ++i) ASSERT_TRUE(ReadInFull(quarantine, site, true));
  ASSERT_EQ(quarantine.sites(), 1U);
}

// How many documents in a row are read linearly.
int LinearRun(Quarantine& quarantine, const std::string& site) {
  int run = 0;
  while (quarantine.Ask(site)) ++run;
  return run;
}

TEST(SiteOf, IsTheOnionWhateverTheSubDomain) {
  const std::string onion(56, 'a');
  EXPECT_EQ(SiteOf("http://" + onion + ".onion/x"), onion);
  EXPECT_EQ(SiteOf("http://a.b." + onion + ".onion:81/?y"), onion);
  EXPECT_EQ(SiteOf("http://www.example.org/"), "www.example.org");
  EXPECT_EQ(SiteOf("no url"), "no url");
}

TEST(Quarantine, HoldsASiteAfterItsThirdFaultAndNoOther) {
  Quarantine quarantine(kRules);
  EXPECT_TRUE(ReadInFull(quarantine, "bad", true));
  EXPECT_TRUE(ReadInFull(quarantine, "bad", true));
  EXPECT_EQ(quarantine.sites(), 0U);
  EXPECT_TRUE(ReadInFull(quarantine, "bad", true));
  EXPECT_EQ(quarantine.Ask("bad"), "site in quarantine after 3 faults: read as linear text");
  EXPECT_EQ(quarantine.Ask("good"), std::nullopt);
  EXPECT_EQ(quarantine.sites(), 1U);
}

TEST(Quarantine, ForgetsFaultsThatLieFarApart) {
  Quarantine quarantine(kRules);
  for (int round = 0; round < 20; ++round) {
    EXPECT_TRUE(ReadInFull(quarantine, "site", true));
    for (int i = 0; i < 11; ++i) EXPECT_TRUE(ReadInFull(quarantine, "site", false));
  }
  EXPECT_EQ(quarantine.sites(), 0U);
}

TEST(Quarantine, CountsFaultsAmongGoodDocumentsOfTheWindow) {
  Quarantine quarantine(kRules);
  for (const bool fault : {true, false, false, true, false, false, true})
    EXPECT_TRUE(ReadInFull(quarantine, "site", fault));
  EXPECT_TRUE(quarantine.Ask("site"));
}

TEST(Quarantine, SetsASiteFreeByAGoodProbe) {
  Quarantine quarantine(kRules);
  Convict(quarantine, "bad");
  EXPECT_EQ(LinearRun(quarantine, "bad"), 4);
  EXPECT_TRUE(quarantine.Ask("bad")) << "while the probe is under way the others wait";
  quarantine.Note("bad", false);
  EXPECT_EQ(quarantine.sites(), 0U);
  EXPECT_TRUE(ReadInFull(quarantine, "bad", false));
}

TEST(Quarantine, DoublesTheTimeAfterABadProbeUpToABound) {
  Quarantine quarantine(kRules);
  Convict(quarantine, "bad");
  for (const int expected : {4, 8, 16, 16, 16}) {
    EXPECT_EQ(LinearRun(quarantine, "bad"), expected);
    quarantine.Note("bad", true);
  }
}

TEST(Quarantine, RemembersABoundedNumberOfSitesAndDropsTheQuietest) {
  Quarantine quarantine(kRules);
  Convict(quarantine, "old");
  for (int i = 0; i < 7; ++i) EXPECT_TRUE(ReadInFull(quarantine, "one" + std::to_string(i), true));
  EXPECT_TRUE(quarantine.Ask("old"));  // heard of again, so one0 is the quietest now
  EXPECT_TRUE(ReadInFull(quarantine, "new", true));
  EXPECT_EQ(quarantine.sites(), 1U);
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(ReadInFull(quarantine, "n" + std::to_string(i), true));
  EXPECT_EQ(quarantine.sites(), 0U) << "pushed out by a hundred others";
}

}  // namespace
}  // namespace nightjar::pool
