// SPDX-License-Identifier: Apache-2.0
// Entities where they stand: in the text, in what is hidden, and in the markup around.
#include "sandbox/extract/identify.h"

#include <gtest/gtest.h>

#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

const std::string kBtc = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
const std::string kEth = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const std::string kOnion = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion";

// "kind=value (note) [hidden]"
std::string Listed(const wire::Facts& facts) {
  std::string list;
  for (const wire::Entity& entity : facts.entities) {
    list.append(list.empty() ? "" : "; ").append(entity.kind).append("=").append(entity.value);
    if (!entity.note.empty()) list.append(" (").append(entity.note).append(")");
    if (entity.hidden) list.append(" hidden");
  }
  return list;
}

TEST(Identify, FindsWhereLinksLead) {
  EXPECT_EQ(Listed(Read(
                "<p>hi <a href='mailto:owl@example.org'>write</a> <a href=https://t.me/night_owl1>chat</a>")),
            "email=owl@example.org (in a link); telegram=night_owl1 (link, in a link)");
  EXPECT_EQ(Listed(Read("<p style='display:none'><a href='xmpp:owl@example.org'>write</a>")),
            "xmpp=owl@example.org (in a link) hidden");
}

TEST(Identify, FindsWhatAttributesHold) {
  EXPECT_EQ(
      Listed(Read("<p>hi <input readonly value=" + kBtc + "><i data-clipboard-text=" + kEth + ">c</i>")),
      "btc=" + kBtc + " (mainnet p2pkh, in an attribute); eth=" + kEth + " (EIP-55, in an attribute) hidden");
  EXPECT_EQ(Listed(Read("<form><input type=hidden value=" + kBtc + "></form>")),
            "btc=" + kBtc + " (mainnet p2pkh, in an attribute) hidden");
}

TEST(Identify, FindsWhatScriptsSay) {
  EXPECT_EQ(Listed(Read("<script>ga('create', 'UA-12345-6')</script><p>hi")),
            "analytics_id=UA-12345-6 (google analytics, in a script) hidden");
}

TEST(Identify, SaysEachOnceAtTheFirstPlaceAPersonWouldLook) {
  const wire::Facts facts =
      Read("<script>'" + kBtc + "'</script><a href=bitcoin:" + kBtc + ">pay</a><p>Send to " + kBtc);
  EXPECT_EQ(Listed(facts), "btc=" + kBtc + " (mainnet p2pkh)");
}

TEST(Identify, FindsNothingInOrdinaryLinks) {
  EXPECT_EQ(
      Listed(Read(
          "<a href=/item/7>a</a><a href='https://example.org/a?b=4111111111111111'>b</a>"
          "<img src='data:image/png;base64,iVBORw0KGgo='><a href='?csrf=d41d8cd98f00b204e9800998'>c</a>")),
      "");
}

TEST(Identify, LeavesThePagesOwnOnionOut) {
  wire::Document page = PageOf("<a href='http://" + kOnion + "/a'>a</a>");
  EXPECT_EQ(Listed(ReadDocument(page)), "onion=" + kOnion + " (in a link)");
  page.url = "http://www." + kOnion + "/";
  EXPECT_EQ(Listed(ReadDocument(page)), "");
}

TEST(Identify, GivesThePlaceOfEach) {
  const std::string body = "<p style='display:none'>a " + kBtc + " b</p><a href='bitcoin:" + kEth +
                           "'>x</a><script>\nvar a='" + kOnion + "'</script>";
  const wire::Facts facts = Read(body);
  const auto there = [&](std::size_t i) {
    const wire::Span span = facts.entities.at(i).span;
    return body.substr(span.begin, span.end - span.begin);
  };
  EXPECT_EQ(there(0), kBtc);
  EXPECT_EQ(there(1), "'bitcoin:" + kEth + "'");
  EXPECT_EQ(there(2), kOnion);
}

TEST(Identify, ReadsTheLinksOfAPageWithoutATree) {
  std::string body;
  for (int i = 0; i < 3000; ++i) body += "<div>";
  body += "<a href='mailto:owl@example.org'>write</a>";
  const wire::Facts facts = Read(body);
  EXPECT_EQ(facts.verdict, wire::Verdict::kFallbackDeep);
  EXPECT_EQ(Listed(facts), "email=owl@example.org (in a link)");
}

TEST(Identify, StopsAtItsBudget) {
  std::string body = "<p>x";
  for (std::size_t size = 0; size < kMostMarkup; size += 60'000)
    body += "<i data-a=" + std::string(60'000, 'x') + "></i>";
  EXPECT_EQ(Listed(Read(body + "<i data-a=" + kBtc + "></i>")), "");
}

}  // namespace
}  // namespace nightjar::extract
