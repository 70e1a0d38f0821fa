// SPDX-License-Identifier: Apache-2.0
#include "sandbox/wire/facts.h"

#include <gtest/gtest.h>

#include "base/codec.h"

namespace nightjar::wire {
namespace {

Facts Sample() {
  Facts facts;
  facts.extractor = kExtractor;
  facts.verdict = Verdict::kFallbackDeep;
  facts.reason = "tags are nested deeper than 512";
  facts.page_class = PageClass::kLogin;
  facts.page_kind = PageKind::kListing;
  facts.sandbox = "full";
  facts.charset = "utf-8";
  facts.decoded_size = 4000;
  facts.title = "Über alles ☢";
  facts.text = "line one\nline two";
  facts.hidden_text = "bait";
  facts.links = {{LinkKind::kAnchor, "http://site.example/", "home", "nofollow"},
                 {LinkKind::kOnionLocation, "http://x.example/", ""}};
  facts.forms = {{"http://site.example/in", "post", {{"user", "text", ""}, {"pin", "password", "x"}}}};
  facts.fields = {
      {"price", FieldType::kMoney, FoundBy::kProfile, "1108.00", "USD", "$1,108.00", {17, 26}, 90}};
  facts.refresh_seconds = 5;
  facts.wall_pictures = {{"http://site.example/captcha", ""}, {"", std::string("\x89PNG\0", 5)}};
  facts.profile = "birdmart sha256:0123456789abcdef";
  facts.decision = {80, FoundBy::kProfile, {"status 404", "short"}, "other.onion"};
  facts.folded_text = "line one";
  facts.furniture = {{0, 8}};
  facts.items = {{"feedback", {20, 60}, {facts.fields[0], facts.fields[0]}}, {"post", {60, 61}, {}}};
  facts.entities = {{"btc", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "mainnet p2pkh", true, {3, 37}, 100}};
  facts.headings = {{2, "Owls"}};
  facts.images = {{"http://site.example/a.png", "an owl"}, {"", "embedded"}};
  facts.statements = {{"og", "og:title", "Owls"}};
  facts.languages = {{"en", 97}};
  facts.marks = {3, 1};
  facts.fingerprints = {"ab", "0123456789abcdef", "cd", "hhh:1:ef", "-17"};
  return facts;
}

TEST(FactsFormat, GivesBackWhatWentIn) {
  const auto back = Decode(Encode(Sample()));
  ASSERT_TRUE(back) << back.error().Format();
  EXPECT_EQ(*back, Sample());
}

TEST(FactsFormat, RefusesEveryShorterAndEveryLongerRecord) {
  const Bytes whole = Encode(Sample());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(Decode(ByteView(whole).substr(0, size))) << size;
  EXPECT_FALSE(Decode(whole + "x"));
}

TEST(FactsFormat, RefusesAnotherVersion) {
  Bytes other = Encode(Sample());
  other[0] = static_cast<char>(kFactsFormat + 1);
  EXPECT_FALSE(Decode(other));
}

TEST(FactsFormat, RefusesTextThatIsNotUtf8) {
  Facts facts = Sample();
  facts.links[0].text = "\xC3";
  EXPECT_FALSE(Decode(Encode(facts)));
}

TEST(FactsFormat, RefusesEnumerationsAndNumbersOutOfRange) {
  Facts facts = Sample();
  facts.verdict = static_cast<Verdict>(9);
  EXPECT_FALSE(Decode(Encode(facts)));
  facts = Sample();
  facts.links[0].kind = static_cast<LinkKind>(5);
  EXPECT_FALSE(Decode(Encode(facts)));
  facts = Sample();
  facts.items[0].fields[1].type = static_cast<FieldType>(11);
  EXPECT_FALSE(Decode(Encode(facts)));
  facts = Sample();
  facts.entities[0].span = {9, 8};
  EXPECT_FALSE(Decode(Encode(facts)));
  facts = Sample();
  facts.fields[0].confidence = 101;
  EXPECT_FALSE(Decode(Encode(facts)));
  facts = Sample();
  facts.fields[0].span = {9, 8};
  EXPECT_FALSE(Decode(Encode(facts)));
}

TEST(FactsFormat, RefusesWhatIsOverACap) {
  Facts facts = Sample();
  facts.title = std::string(kMaxTitle + 1, 'x');
  EXPECT_FALSE(Decode(Encode(facts)));
  facts = Sample();
  facts.forms.resize(kMaxForms + 1, facts.forms[0]);
  EXPECT_FALSE(Decode(Encode(facts)));
}

TEST(FactsFormat, TakesNoMemoryForACountThatLies) {
  Facts empty;
  Bytes record = Encode(empty);
  record.resize(record.size() - 10 * sizeof(std::uint32_t));  // the counts stand last in an empty record
  EXPECT_FALSE(Decode(record + Encoder().U32(kMaxFields).Take()));
}

TEST(HoldCaps, LeavesFactsThatHoldThemAlone) {
  Facts facts = Sample();
  HoldCaps(facts);
  EXPECT_EQ(facts, Sample());
}

TEST(HoldCaps, CutsTextAtACharacterAndDropsWhatIsTooMany) {
  Facts facts = Sample();
  facts.title = std::string(kMaxTitle - 1, 'x') + "é";
  facts.links.resize(kMaxLinks + 10, facts.links[0]);
  facts.forms[0].inputs.resize(kMaxInputs + 1);
  HoldCaps(facts);
  EXPECT_EQ(facts.title.size(), kMaxTitle - 1);
  EXPECT_EQ(facts.links.size(), kMaxLinks);
  EXPECT_TRUE(Decode(Encode(facts)));
}

TEST(HoldCaps, KeepsTheWholeRecordWithinOneFrame) {
  Facts facts;
  facts.text = std::string(kMaxText, 'x');
  facts.links.assign(kMaxLinks, {LinkKind::kAnchor, "http://" + std::string(kMaxUrl - 7, 'x'),
                                 std::string(kMaxShort, 'x'), ""});
  facts.fields.assign(
      kMaxFields,
      {"description", FieldType::kText, FoundBy::kGeneric, std::string(kMaxFieldValue, 'x'), "", "", {}, 1});
  HoldCaps(facts);
  const Bytes record = Encode(facts);
  EXPECT_LE(record.size(), kMaxEncodedFacts);
  EXPECT_GT(record.size(), kMaxEncodedFacts / 2);
  EXPECT_TRUE(Decode(record));
}

TEST(HoldCaps, DropsWhatWouldBeAnotherValueIfItWereCut) {
  Facts facts = Sample();
  facts.links[0].url += std::string(kMaxUrl, 'x');
  facts.forms[0].action += std::string(kMaxUrl, 'x');
  facts.entities[0].value += std::string(kMaxEntityValue, 'x');
  HoldCaps(facts);
  EXPECT_EQ(facts.links.size(), 1U);
  EXPECT_EQ(facts.forms[0].action, "");
  EXPECT_TRUE(facts.entities.empty());
}

TEST(FactsNames, AreOneWordForEachValue) {
  EXPECT_EQ(VerdictName(Verdict::kOk), "ok");
  EXPECT_EQ(VerdictName(Verdict::kRefusedAnswer), "refused-answer");
  EXPECT_EQ(PageClassName(PageClass::kDdosWait), "ddos-wait");
  EXPECT_EQ(PageClassName(PageClass::kError), "error");
  EXPECT_EQ(PageKindName(PageKind::kFeedback), "feedback");
  EXPECT_EQ(PageKindName(PageKind::kBoard), "board");
  EXPECT_EQ(FieldTypeName(FieldType::kPgp), "pgp");
  EXPECT_EQ(LinkKindName(LinkKind::kOnionLocation), "onion-location");
  EXPECT_EQ(LinkKindName(static_cast<LinkKind>(99)), "unknown");
}

}  // namespace
}  // namespace nightjar::wire
