// SPDX-License-Identifier: Apache-2.0
// Pages made to break a reader, through the shipped, jailed one. Each must end in the verdict listed, without
// costing a worker; deadlines bound the time.
#include <gtest/gtest.h>

#include "sandbox/pool/pool.h"
#include "tests/hostile/made_pages.h"
#include "tests/hostile/started.h"

namespace nightjar::pool {
namespace {

using hostile::Brotli;
using hostile::Gzip;
using hostile::Repeat;
using hostile::Zstd;
using wire::Verdict;

class HostilePages : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto started = Pool::Start({.program = hostile::Program("nightjar-parser"), .workers = 1});
    ASSERT_TRUE(started) << started.error().Format();
    pool_ = std::move(*started);
  }
  static void TearDownTestSuite() { pool_.reset(); }

  static wire::Facts Read(Bytes body, const std::string& more_head = "") {
    const wire::Document document = hostile::DocumentOf(std::move(body), more_head);
    auto facts = pool_->Read(document);
    EXPECT_TRUE(facts) << facts.error().Format();
    return facts.value_or(wire::Facts{});
  }

  static void ExpectNoWorkerLost() { EXPECT_EQ(pool_->counts().faults, 0U); }

  static std::unique_ptr<Pool> pool_;
};

std::unique_ptr<Pool> HostilePages::pool_;

TEST_F(HostilePages, TwentyThousandUnclosedTagsAreReadLinearly) {
  const wire::Facts facts = Read(Repeat("<span>word ", 20'000));
  EXPECT_EQ(facts.verdict, Verdict::kFallbackDeep);
  EXPECT_NE(facts.text.find("word word"), std::string::npos);
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, TwoHundredThousandDivsAreReadLinearly) {
  const wire::Facts facts = Read(Repeat("<div>", 200'000) + "the end");
  EXPECT_EQ(facts.verdict, Verdict::kFallbackDeep);
  EXPECT_EQ(facts.text, "the end");
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, DepthHiddenFromTagCountingIsSeen) {
  for (const char* piece : {"<div></b>", "<b><div></b>", "<div><table></div>", "<b a=%><p></p>"}) {
    std::string page;
    for (int i = 0; i < 3000; ++i) {
      std::string one(piece);
      if (const auto at = one.find('%'); at != std::string::npos) one.replace(at, 1, std::to_string(i));
      page += one;
    }
    EXPECT_EQ(Read(page).verdict, Verdict::kFallbackDeep) << piece;
  }
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, FortyThousandAttributesAreReadLinearly) {
  std::string tag = "<p";
  for (int i = 0; i < 40'000; ++i) tag += " a" + std::to_string(i) + "=1";
  const wire::Facts facts = Read(tag + ">still here</p>");
  EXPECT_EQ(facts.verdict, Verdict::kFallbackLarge);
  EXPECT_EQ(facts.text, "still here");
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, MillionsOfTagsAreReadLinearly) {
  const wire::Facts facts = Read(Repeat("<p>", 2'700'000));
  EXPECT_EQ(facts.verdict, Verdict::kFallbackLarge);
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, CompressionBombsAreGivenUp) {
  const Bytes zeros(64 << 20, '\0');
  EXPECT_EQ(Read(Gzip(zeros), "Content-Encoding: gzip\r\n").verdict, Verdict::kBadCoding);
  EXPECT_EQ(Read(Zstd(zeros), "Content-Encoding: zstd\r\n").verdict, Verdict::kBadCoding);
  EXPECT_EQ(Read(Gzip(Gzip(zeros)), "Content-Encoding: gzip, gzip\r\n").verdict, Verdict::kBadCoding);
  EXPECT_EQ(Read(Brotli(zeros), "Content-Encoding: br\r\n").verdict, Verdict::kBadCoding);
  EXPECT_EQ(Read("x", "Content-Encoding: gzip, br, gzip\r\n").verdict, Verdict::kBadCoding);
  ExpectNoWorkerLost();
}

// A style sheet of one rule a thousand times packs well and is no bomb, whatever the coding.
TEST_F(HostilePages, WhatOnlyPacksWellIsRead) {
  std::string page = "<title>packed</title><style>";
  for (int i = 0; i < 3000; ++i) page += ".row-" + std::to_string(i * 7919) + " { margin: 0; padding: 0 }\n";
  page += "</style><p>words</p>";
  for (const auto& [coding, body] :
       {std::pair("gzip", Gzip(page)), std::pair("br", Brotli(page)), std::pair("zstd", Zstd(page)),
        std::pair("deflate", hostile::Deflate(page, true))}) {
    const wire::Facts facts = Read(body, std::string("Content-Encoding: ") + coding + "\r\n");
    EXPECT_EQ(facts.verdict, Verdict::kOk) << coding;
    EXPECT_EQ(facts.text, "words") << coding;
  }
  const Bytes small(60 << 10, ' ');  // under the grace: any ratio goes
  EXPECT_EQ(Read(Brotli("<p>x" + small), "Content-Encoding: br\r\n").verdict, Verdict::kOk);
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, WhatIsOnlyLargeIsReadUpToTheCap) {
  std::string page;
  for (std::uint64_t i = 0; page.size() < (10U << 20); ++i) page += "line " + std::to_string(i * 7919) + "\n";
  const wire::Facts facts = Read(Gzip(page), "Content-Encoding: gzip\r\n");
  EXPECT_EQ(facts.verdict, Verdict::kFallbackLarge);
  EXPECT_EQ(facts.decoded_size, 8U << 20);
  EXPECT_TRUE(facts.text.starts_with("line 0 line 7919"));
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, LiesAboutTheCharacterSetGiveValidText) {
  for (const char* charset : {"utf-8", "utf-7", "utf-16le", "iso-2022-jp", "gb18030", "big5", "shift_jis",
                              "euc-kr", "windows-1251", "replacement", "no-such-thing"}) {
    std::string bytes = "<p>\xC0\x80\xFF\xFE +ADw-script+AD4- \xF8\x88\x80\x80\x80 \x1B$B";
    for (int i = 1; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    const wire::Facts facts =
        Read(bytes, std::string("X: y\r\nContent-Type: text/html; charset=") + charset + "\r\n");
    EXPECT_EQ(facts.verdict, Verdict::kOk) << charset;
    EXPECT_TRUE(IsValidUtf8(facts.text)) << charset;
  }
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, NulAndBidiControlsDoNotCutOrKillThePage) {
  const wire::Facts facts =
      Read(Bytes("<title>a\0b</title><p>one\0two \xE2\x80\xAE"
                 "evil</p>",
                 39));
  EXPECT_EQ(facts.verdict, Verdict::kOk);
  EXPECT_NE(facts.text.find("evil"), std::string::npos);
  ExpectNoWorkerLost();
}

// What reading needs of libraries was loaded before the walls went up: a file opened late would kill the
// worker.
TEST_F(HostilePages, EveryPartOfReadingWorksBehindTheWalls) {
  const wire::Facts facts = Read(
      "<meta charset=koi8-r><style>.x{display:none}</style><p>Все заказы тщательно упаковываются и "
      "отправляются в "
      "течение двух рабочих дней.<p class=x>bait<p>c\u043Ec\u0430ine ｆｕｌｌ 𝕱𝖗𝖆𝖐𝖙𝖚𝖗 a\u200Bb"
      "<script type='application/ld+json'>{\"@type\":\"Product\",\"price\":12.5}</script>");
  EXPECT_EQ(facts.verdict, Verdict::kOk);
  EXPECT_EQ(facts.hidden_text, "display-none: bait");
  EXPECT_NE(facts.folded_text.find("cocaine full Fraktur ab"), std::string::npos);
  ASSERT_FALSE(facts.languages.empty());
  EXPECT_EQ(facts.languages[0].code, "ru");
  EXPECT_EQ(facts.statements.size(), 1U);
  EXPECT_EQ(facts.fingerprints.dom_hash.size(), 32U);
  EXPECT_EQ(facts.fingerprints.simhash.size(), 16U);
  EXPECT_EQ(facts.fingerprints.body_sha256.size(), 64U);
  ExpectNoWorkerLost();
}

// Each costs a multiple of its size unless the matching of rules has a budget.
TEST_F(HostilePages, StyleSheetsMadeToBeSlowAreGivenUp) {
  std::string rules;
  for (int i = 0; i < 4000; ++i) rules += "[a" + std::to_string(i) + "] *{color:red}";
  EXPECT_TRUE(Read("<style>" + rules + "</style>" + Repeat("<b></b>", 100'000))
                  .hidden_text.ends_with("style-unread:"));
  EXPECT_EQ(Read("<style>" + Repeat(":not(", 100'000) + "</style><p>x").text, "x");
  EXPECT_EQ(Read("<style>" + Repeat("@media screen{", 60'000) + "</style><p>x").text, "x");
  ExpectNoWorkerLost();
}

TEST_F(HostilePages, RandomBytesAlwaysGetAnAnswer) {
  std::uint64_t state = 42;
  for (int round = 0; round < 60; ++round) {
    Bytes body;
    while (body.size() < 20'000) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      constexpr std::string_view kPieces[] = {
          "<",   ">",        "</",     "<!--",     "\"",       "'",    "=", "<table><td>", "<svg><style>",
          "&#x", "<a href=", "<math>", "<select>", "<script>", "\xE2", "\0"};
      body.append(kPieces[(state >> 33) % std::size(kPieces)]);
      body.push_back(static_cast<char>(state >> 40));
    }
    EXPECT_TRUE(IsValidUtf8(Read(body).text));
  }
  ExpectNoWorkerLost();
}

}  // namespace
}  // namespace nightjar::pool
