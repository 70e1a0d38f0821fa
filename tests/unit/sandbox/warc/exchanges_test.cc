// SPDX-License-Identifier: Apache-2.0
#include "sandbox/warc/exchanges.h"

#include <gtest/gtest.h>

#include "tests/unit/sandbox/warc/example_warc.h"

namespace nightjar::warc {
namespace {

using wire::ForeignEnd;
using wire::ForeignExchange;
using wire::ForeignFault;

const Bytes kRequest = "GET / HTTP/1.1\r\nHost: a.onion\r\n\r\n";
const Bytes kPage = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>owl</p>";
const Bytes kPicture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1A\n";
const std::string kUrl = "http://a.onion/";

std::vector<wire::ForeignItem> ReadAll(const Bytes& file, Exchanges::Rules rules = {}) {
  Exchanges exchanges(file, std::move(rules));
  std::vector<wire::ForeignItem> items;
  while (auto item = exchanges.Next()) {
    EXPECT_EQ(wire::DecodeForeign(wire::EncodeForeign(*item)).value(), *item);
    items.push_back(std::move(*item));
  }
  return items;
}

const ForeignExchange& ExchangeAt(const std::vector<wire::ForeignItem>& items, std::size_t n) {
  return std::get<ForeignExchange>(items.at(n));
}

TEST(Exchanges, JoinRequestAndResponseInEitherOrder) {
  const Bytes request = Plain("request", kRequest, Of(kUrl, "urn:1", "urn:2"));
  const Bytes response = Plain("response", kPage, Of(kUrl, "urn:2"));
  for (const Bytes& file : {request + response, response + request}) {
    const auto items = ReadAll(file);
    ASSERT_EQ(items.size(), 2U);
    const auto& one = ExchangeAt(items, 0);
    EXPECT_EQ(one.type, "response");
    EXPECT_EQ(one.request, kRequest);
    EXPECT_EQ(one.head + one.body, kPage);
    EXPECT_EQ(one.body, "<p>owl</p>");
    EXPECT_EQ(one.http_status, 200U);
    EXPECT_EQ(one.url, kUrl);
    EXPECT_EQ(one.date, "2024-05-06T07:08:09Z");
    EXPECT_EQ(one.record_id, "<urn:2>");
    EXPECT_EQ(std::get<ForeignEnd>(items[1]), (ForeignEnd{.records = 2, .skipped = 0}));
  }
}

TEST(Exchanges, JoinByUrlWhereNothingElseIsSaidAndNeverAgainstWhatIsSaid) {
  const auto joined =
      ReadAll(Plain("request", kRequest, Of(kUrl, "urn:1")) + Plain("response", kPage, Of(kUrl, "urn:2")));
  EXPECT_EQ(joined.size(), 2U);
  const auto apart = ReadAll(Plain("request", kRequest, Of("http://b.onion/", "urn:1")) +
                             Plain("response", kPage, Of(kUrl, "urn:2")));
  ASSERT_EQ(apart.size(), 3U);
  EXPECT_EQ(ExchangeAt(apart, 0).type, "request");
  EXPECT_EQ(ExchangeAt(apart, 1).type, "response");
  EXPECT_EQ(ExchangeAt(apart, 1).request, "");
  const auto others = ReadAll(Plain("request", kRequest, Of(kUrl, "urn:1", "urn:8")) +
                              Plain("response", kPage, Of(kUrl, "urn:2", "urn:9")));
  EXPECT_EQ(others.size(), 3U);
}

TEST(Exchanges, KeepResourcesAndMetadataAndCountWhatIsNoExchange) {
  const auto items =
      ReadAll(Plain("warcinfo", "software: x") +
              Plain("resource", "text", Of(kUrl, "urn:1") + "Content-Type: text/plain\r\n") +
              Plain("metadata", "via: y", Of(kUrl, "urn:2")) + Plain("revisit", "", Of(kUrl, "urn:3")));
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(ExchangeAt(items, 0).type, "resource");
  EXPECT_EQ(ExchangeAt(items, 0).body, "text");
  EXPECT_EQ(ExchangeAt(items, 0).head, "");
  EXPECT_EQ(ExchangeAt(items, 0).http_status, 0U);
  EXPECT_EQ(ExchangeAt(items, 1).type, "metadata");
  EXPECT_EQ(std::get<ForeignEnd>(items[2]), (ForeignEnd{.records = 4, .skipped = 2}));
}

TEST(Exchanges, WithholdWhatTheMediaPolicyDoesNotAllow) {
  const Bytes file =
      Plain("response", kPicture, Of(kUrl, "urn:1")) +
      Plain("resource", "\x89PNG\r\n\x1A\n", Of(kUrl, "urn:2") + "Content-Type: image/png\r\n");
  const auto items = ReadAll(file);
  for (const std::size_t n : {0, 1}) {
    const auto& one = ExchangeAt(items, n);
    EXPECT_EQ(one.body, "");
    EXPECT_NE(one.withheld.find("withheld by media policy: image/png"), std::string::npos);
    EXPECT_EQ(one.withheld_size, 8U);
    EXPECT_EQ(one.withheld_sha256, Sha256("\x89PNG\r\n\x1A\n"));
    EXPECT_FALSE(one.by_hash_list);
  }
  const auto allowed = ReadAll(file, {.policy = media::Policy({"image/png"}), .known = {}});
  EXPECT_EQ(ExchangeAt(allowed, 0).body.size(), 8U);
  const auto known = ReadAll(file, {.policy = media::Policy({"image/png"}),
                                    .known = [](ByteView body) { return body.starts_with("\x89PNG"); }});
  EXPECT_TRUE(ExchangeAt(known, 0).by_hash_list);
  EXPECT_EQ(ExchangeAt(known, 0).body, "");
}

TEST(Exchanges, PassOnFaultsInTheirPlace) {
  const auto items = ReadAll(Plain("response", kPage, Of(kUrl, "urn:1")) + "rubbish\n" +
                             Plain("response", kPage, Of("http://b.onion/", "urn:2")));
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(std::get<ForeignFault>(items[0]).reason, "no record begins here");
  EXPECT_EQ(ExchangeAt(items, 2).url, "http://b.onion/");
}

}  // namespace
}  // namespace nightjar::warc
