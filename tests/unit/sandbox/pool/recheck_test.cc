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
  facts.text = "menu words";
  facts.items = {{"offer", {0, 100}, {facts.fields[0]}}};
  facts.entities = {{.kind = "btc", .value = "1x", .note = "", .span = {0, 100}}};
  facts.furniture = {{0, 2}, {2, 4}};
  facts.headings = {{1, "x"}};
  facts.images = {{"", "no place of its own"}, {"http://site.example/x.png", ""}};
  facts.wall_pictures = {{"", "bytes"}};
  facts.decision.proxy_suspect = "site.example";
  facts.fingerprints = {std::string(64, 'a'), std::string(16, '0'), std::string(32, 'f'),
                        "hhh:1:" + std::string(64, '1'), "-1234567890"};
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

using Lie = void (*)(wire::Facts&);

TEST(Recheck, RefusesEachLieInEachMemberThatHasAMeaning) {
  const std::pair<const char*, Lie> lies[] = {
      {"picture url",
       [](wire::Facts& f) {
         f.wall_pictures = {{"ftp://x/", ""}};
       }},
      {"picture of nothing",
       [](wire::Facts& f) {
         f.wall_pictures = {{"", ""}};
       }},
      {"image url",
       [](wire::Facts& f) {
         f.images = {{"http://SITE.example/x.png", ""}};
       }},
      {"item span", [](wire::Facts& f) { f.items[0].span.end = 101; }},
      {"item kind", [](wire::Facts& f) { f.items[0].kind = "An Offer"; }},
      {"item field span", [](wire::Facts& f) { f.items[0].fields[0].span.end = 101; }},
      {"item field name", [](wire::Facts& f) { f.items[0].fields[0].name = ""; }},
      {"field name", [](wire::Facts& f) { f.fields[0].name = "XAtitle\n"; }},
      {"entity span", [](wire::Facts& f) { f.entities[0].span.end = 101; }},
      {"entity kind", [](wire::Facts& f) { f.entities[0].kind = "b t c"; }},
      {"entity of no value", [](wire::Facts& f) { f.entities[0].value = ""; }},
      {"furniture end", [](wire::Facts& f) { f.furniture[1].end = 11; }},
      {"furniture order", [](wire::Facts& f) { std::swap(f.furniture[0], f.furniture[1]); }},
      {"heading level", [](wire::Facts& f) { f.headings[0].level = 0; }},
      {"proxy suspect", [](wire::Facts& f) { f.decision.proxy_suspect = "a b/../"; }},
      {"sha256", [](wire::Facts& f) { f.fingerprints.body_sha256 = "abc"; }},
      {"simhash", [](wire::Facts& f) { f.fingerprints.simhash[0] = 'G'; }},
      {"dom hash", [](wire::Facts& f) { f.fingerprints.dom_hash += "0"; }},
      {"hhhash", [](wire::Facts& f) { f.fingerprints.hhhash[4] = '2'; }},
      {"favicon", [](wire::Facts& f) { f.fingerprints.favicon_mmh3 = "1e9"; }},
  };
  for (const auto& [name, lie] : lies) {
    wire::Facts facts = Honest();
    lie(facts);
    EXPECT_FALSE(Recheck(facts, "full")) << name;
  }
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
