// SPDX-License-Identifier: Apache-2.0
#include "sandbox/pool/recheck.h"

#include <gtest/gtest.h>

namespace nightjar::pool {
namespace {

wire::Facts Honest() {
  wire::Facts facts;
  facts.extractor = wire::kExtractor;
  facts.sandbox = "full";
  facts.decoded_size = 100;
  facts.links = {{wire::LinkKind::kAnchor, "http://site.example/a?b=c", "x"}};
  facts.forms = {{"", "get", {}}, {"http://site.example/in", "post", {}}};
  facts.fields = {
      {.name = "title", .value = "x", .unit = "", .raw = "x", .span = {99, 100}, .confidence = 50}};
  return facts;
}

TEST(Recheck, LetsAnHonestAnswerPass) { EXPECT_TRUE(Recheck(Honest(), "full")); }

TEST(Recheck, RefusesUrlsThatAreNotTheirOwnNormalForm) {
  for (const char* url :
       {"http://SITE.example/", "http://site.example", "http://site.example/#x", "javascript:alert(1)",
        "file:///etc/passwd", "/relative", "", "http://site.example:80/"}) {
    wire::Facts facts = Honest();
    facts.links[0].url = url;
    EXPECT_FALSE(Recheck(facts, "full")) << url;
  }
}

TEST(Recheck, RefusesFormsThatSendNowhereReal) {
  wire::Facts facts = Honest();
  facts.forms[1].action = "mailto:someone";
  EXPECT_FALSE(Recheck(facts, "full"));
  facts = Honest();
  facts.forms[1].method = "delete";
  EXPECT_FALSE(Recheck(facts, "full"));
}

TEST(Recheck, RefusesSpansOutsideTheDocument) {
  wire::Facts facts = Honest();
  facts.fields[0].span = {99, 101};
  EXPECT_FALSE(Recheck(facts, "full"));
}

TEST(Recheck, RefusesVerdictsThatAreThePoolsOwn) {
  wire::Facts facts = Honest();
  facts.verdict = wire::Verdict::kTimedOut;
  EXPECT_FALSE(Recheck(facts, "full"));
}

TEST(Recheck, RefusesWallsAndReadersOtherThanTheWorkers) {
  EXPECT_FALSE(Recheck(Honest(), "reduced"));
  wire::Facts facts = Honest();
  facts.extractor = "nightjar-extract/0";
  EXPECT_FALSE(Recheck(facts, "full"));
}

}  // namespace
}  // namespace nightjar::pool
