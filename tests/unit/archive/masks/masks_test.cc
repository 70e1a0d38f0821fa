// SPDX-License-Identifier: Apache-2.0
#include "archive/masks/masks.h"

#include <gtest/gtest.h>

#include "tests/unit/base/temporary_folder.h"

namespace nightjar::masks {
namespace {

Mask NightReader() {
  SeededRandom random(1);
  return MakeMask("Night_Reader", random);
}

TEST(Masks, HideTheNameAsAWordInAnyLetterCase) {
  EXPECT_EQ(Hide("Logged in as night_reader (Log out)", NightReader()), "Logged in as [account] (Log out)");
  EXPECT_EQ(Hide("NIGHT_READER", NightReader()), "[account]");
  EXPECT_EQ(Hide("night_reader,night_reader.", NightReader()), "[account],[account].");
}

TEST(Masks, LeaveOtherWordsAlone) {
  for (const char* text : {"", "night reader", "night_readers", "midnight_reader", "\xC3\xBCnight_reader"})
    EXPECT_EQ(Hide(text, NightReader()), text);
}

TEST(Masks, CoverEveryTextOfFactsThatIsShownOrSearched) {
  wire::Facts facts;
  facts.title = "Hello night_reader";
  facts.text = "night_reader\nowl";
  facts.hidden_text = "night_reader";
  facts.links = {{wire::LinkKind::kAnchor, "http://a.example/", "night_reader"}};
  facts.forms = {{"", "post", {{"user", "text", "night_reader"}}}};
  facts.fields = {
      {.name = "vendor", .value = "night_reader", .unit = "", .raw = "by night_reader", .span = {}}};
  facts.items = {{"post", {}, {facts.fields[0]}}};
  facts.headings = {{1, "night_reader"}};
  facts.images = {{"", "night_reader"}};
  facts.statements = {{"og", "og:title", "night_reader"}};
  facts.folded_text = "night_reader";
  facts.entities = {{.kind = "email", .value = "night_reader@a.example", .note = "", .span = {}},
                    {.kind = "email", .value = "owl@a.example", .note = "", .span = {}}};
  facts.furniture = {{0, 12}};
  Hide(facts, NightReader());
  EXPECT_EQ(wire::Encode(facts).find("night_reader"), Bytes::npos);
  EXPECT_EQ(facts.text.substr(0, facts.furniture[0].end), "[account]") << "ranges move with the text";
  EXPECT_EQ(facts.entities.size(), 1U);
  EXPECT_EQ(facts.text, "[account]\nowl");
  EXPECT_EQ(facts.fields[0].raw, "by [account]");
}

TEST(Masks, KnowThePersonaOfARoute) {
  EXPECT_EQ(PersonaOf("owls/pg6mmjiyjmcrsslv/night-owl/0"), "night-owl");
  EXPECT_EQ(PersonaOf("owls/pg6mmjiyjmcrsslv/-/0"), "");
  for (const char* odd : {"", "a", "a/b", "a/b/"}) EXPECT_EQ(PersonaOf(odd), "") << odd;
}

TEST(Masks, AreKeptWithoutTheName) {
  const TemporaryFolder folder;
  auto store = MaskStore::Open(folder.path());
  ASSERT_TRUE(store) << store.error().Format();
  ASSERT_TRUE((*store)->Put("night-owl", NightReader()));
  EXPECT_EQ((*store)->Get("night-owl").value(), NightReader());
  EXPECT_FALSE((*store)->Get("elk").value());
  wire::Facts facts;
  facts.text = "Logged in as night_reader";
  MaskFinder finder(folder.path());
  ASSERT_TRUE(finder.HideIn(facts, "owls/host/-/0"));
  EXPECT_EQ(facts.text, "Logged in as night_reader") << "captures without a persona are not touched";
  ASSERT_TRUE(finder.HideIn(facts, "owls/host/night-owl/0"));
  EXPECT_EQ(facts.text, "Logged in as [account]");
}

}  // namespace
}  // namespace nightjar::masks
