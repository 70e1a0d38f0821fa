// SPDX-License-Identifier: Apache-2.0
#include "indexer/identity/link.h"

#include <gtest/gtest.h>

namespace nightjar::identity {
namespace {

Vendor Named(const std::string& site, const std::string& name) {
  Vendor vendor;
  vendor.item = site + '/' + name;
  vendor.site = site;
  vendor.site_names = {site};
  vendor.name = name;
  return vendor;
}

Vendor WithKey(Vendor vendor, const std::string& key) {
  vendor.keys.push_back(key);
  return vendor;
}

Vendor WithContact(Vendor vendor, const std::string& kind, const std::string& value) {
  vendor.contacts.push_back({kind, value});
  return vendor;
}

std::vector<std::string> ReasonsOf(const Edge& edge) {
  std::vector<std::string> names;
  for (const Reason& reason : edge.reasons) names.emplace_back(ReasonName(reason.kind));
  return names;
}
using Names = std::vector<std::string>;

// Words that no other text has.
std::string Prose(int seed, int words) {
  std::string text;
  for (int i = 0; i < words; ++i)
    text += "word" + std::to_string(seed * 1000 + i) + (i % 9 == 8 ? ".\n" : " ");
  return text;
}

TEST(Link, JoinsByKeyWhateverTheNamesAre) {
  const auto edges = Link({WithKey(Named("a", "quiet_heron"), "K1"), WithKey(Named("b", "LoudGoose"), "K1")});
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].verdict, Verdict::kLikely);
  EXPECT_EQ(ReasonsOf(edges[0]), Names{"same-key"});
  EXPECT_EQ(edges[0].reasons[0].detail, "K1");
}

TEST(Link, JoinsByAddressAndByHandle) {
  const auto edges =
      Link({WithContact(Named("a", "one"), "btc", "1x"), WithContact(Named("b", "two"), "btc", "1x"),
            WithContact(Named("c", "three"), "xmpp", "o@x"), WithContact(Named("d", "four"), "xmpp", "o@x")});
  ASSERT_EQ(edges.size(), 2U);
  EXPECT_EQ(ReasonsOf(edges[0]), Names{"same-address"});
  EXPECT_EQ(ReasonsOf(edges[1]), Names{"same-handle"});
  EXPECT_EQ(edges[0].verdict, Verdict::kLikely);
  EXPECT_EQ(edges[1].verdict, Verdict::kLikely);
}

TEST(Link, NeverJoinsByNameAlone) {
  const auto edges = Link({Named("a", "TheQuietHeron41"), Named("b", "TheQuietHeron41")});
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].verdict, Verdict::kPossible);
}

TEST(Link, FlagsTheSameNameWithAnotherKey) {
  const auto edges =
      Link({WithKey(Named("a", "QuietHeron"), "K1"), WithKey(Named("b", "Quiet_Her0n"), "K2")});
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].verdict, Verdict::kImpersonation);
  EXPECT_EQ(ReasonsOf(edges[0]), (Names{"same-name", "other-key"}));
}

TEST(Link, FlagsANameOneLetterAwayWithAnotherKey) {
  const auto edges = Link({WithKey(Named("a", "quietheron"), "K1"), WithKey(Named("b", "quiethernn"), "K2")});
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].verdict, Verdict::kImpersonation);
  EXPECT_EQ(ReasonsOf(edges[0]), (Names{"similar-name", "other-key"}));
}

TEST(Link, JoinsAVendorWithANewKeyByWhatElseIsKnown) {
  const auto edges = Link({WithContact(WithKey(Named("a", "QuietHeron"), "K1"), "telegram", "@heron"),
                           WithContact(WithKey(Named("b", "QuietHeron"), "K2"), "telegram", "@heron")});
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(ReasonsOf(edges[0]), (Names{"same-handle", "same-name", "other-key"}));
  EXPECT_NE(edges[0].verdict, Verdict::kImpersonation);
}

TEST(Link, TakesAMarkThatEverybodySharesForTheMarkets) {
  std::vector<Vendor> vendors;
  vendors.reserve(200);
  for (int i = 0; i < 30; ++i)
    vendors.push_back(WithContact(WithKey(Named("a", "seller number " + std::to_string(i * 7919)), "MARKET"),
                                  "email", "support@market"));
  for (const Edge& edge : Link(vendors)) EXPECT_NE(edge.verdict, Verdict::kLikely);
}

TEST(Link, BelievesClaimsMoreWhenTheyAreMutual) {
  Vendor here = Named("agora", "heron");
  Vendor there = Named("nucleus", "heron");
  here.claims = {{"nucleus", ""}};
  auto edges = Link({here, there});
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].verdict, Verdict::kPossible);
  there.claims = {{"agora", "heron"}};
  edges = Link({here, there});
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(edges[0].verdict, Verdict::kLikely);
}

TEST(Link, FindsReusedTexts) {
  Vendor here = Named("a", "one");
  Vendor there = Named("b", "two");
  here.texts = SketchOf({Prose(1, 300)});
  there.texts = SketchOf({Prose(1, 280) + Prose(2, 20)});
  const auto edges = Link({here, there});
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(ReasonsOf(edges[0]), Names{"same-text"});
  EXPECT_EQ(edges[0].verdict, Verdict::kPossible);  // texts are copied
}

TEST(Link, LeavesStrangersAlone) {
  std::vector<Vendor> vendors;
  vendors.reserve(200);
  for (int i = 0; i < 200; ++i) {
    vendors.push_back(WithKey(Named(i % 2 == 0 ? "a" : "b", "trader" + std::to_string(i * 104729)),
                              "K" + std::to_string(i)));
    vendors.back().texts = SketchOf({Prose(i + 1, 200)});
  }
  EXPECT_TRUE(Link(vendors).empty());
}

TEST(Sketch, EstimatesWhatTwoTextsHaveInCommon) {
  const Sketch whole = SketchOf({Prose(1, 400)});
  EXPECT_EQ(Resemblance(whole, SketchOf({Prose(1, 400)})), 100U);
  EXPECT_LT(Resemblance(whole, SketchOf({Prose(2, 400)})), 10U);
  // 200 of 600 shingles in common.
  const unsigned third = Resemblance(SketchOf({Prose(1, 400)}), SketchOf({Prose(1, 200) + Prose(3, 200)}));
  EXPECT_GT(third, 15U);
  EXPECT_LT(third, 55U);
}

TEST(Sketch, SaysNothingOfShortTexts) {
  EXPECT_EQ(Resemblance(SketchOf({"buy from me"}), SketchOf({"buy from me"})), 0U);
}

TEST(Sketch, DoesNotMindPunctuationAndCase) {
  EXPECT_EQ(
      SketchOf({"One two, three. Four five SIX seven eight nine ten one two three four five six seven."}),
      SketchOf({"one TWO three four five six; seven eight nine ten one two three four five six seven"}));
}

TEST(BareName, LeavesOutWhatIsChangedToLookLikeSomebody) {
  EXPECT_EQ(BareName("0wl_P0st"), "owlpost");
  EXPECT_EQ(BareName("Owl Post"), "owlpost");
  EXPECT_NE(BareName("owlpost2"), BareName("owlpost"));
}

}  // namespace
}  // namespace nightjar::identity
