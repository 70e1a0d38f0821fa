// SPDX-License-Identifier: Apache-2.0
#include "search/api/answers.h"

#include <gtest/gtest.h>

#include "search/api/snippet_parts.h"

namespace nightjar::api {
namespace {

TEST(SnippetParts, AreTextAndMatchesInOrder) {
  const auto parts = SplitSnippet("a \x01owl\x02 and \x01post\x02");
  ASSERT_EQ(parts.size(), 4U);
  EXPECT_EQ(parts[0].text, "a ");
  EXPECT_FALSE(parts[0].match);
  EXPECT_EQ(parts[1].text, "owl");
  EXPECT_TRUE(parts[1].match);
  EXPECT_EQ(parts[3].text, "post");
  EXPECT_TRUE(SplitSnippet("").empty());
  EXPECT_EQ(SplitSnippet("\x01\x02plain").size(), 1U);
}

TEST(Answers, NameEveryPartOfAHit) {
  query::Hit hit;
  hit.capture = {9};
  hit.title = "Owl \"x\" <y>";
  hit.snippet = "an \x01owl\x02";
  hit.first_seen = *ParseUtc("2026-01-02T03:04:05Z");
  hit.captures = 2;
  hit.fields.push_back(
      {.name = "price", .value = "5", .unit = "USD", .raw = "$5", .span = {1, 3}, .confidence = 80});
  const json::value value = ToJson(query::Request{.text = "owl", .offset = 20},
                                   {.hits = {hit}, .total = 21, .corrected = "owls", .seconds = 0.5});
  EXPECT_EQ(value.at("total").as_uint64(), 21U);
  EXPECT_EQ(value.at("query").as_string(), "owl");
  EXPECT_EQ(value.at("offset").to_number<int>(), 20);
  EXPECT_EQ(value.at("corrected").as_string(), "owls");
  const json::value& row = value.at("hits").at(0);
  EXPECT_EQ(row.at("capture").as_uint64(), 9U);
  EXPECT_EQ(row.at("first_seen").as_string(), "2026-01-02T03:04:05.000000Z");
  EXPECT_EQ(row.at("snippet").at(1).at("text").as_string(), "owl");
  EXPECT_TRUE(row.at("snippet").at(1).at("match").as_bool());
  EXPECT_EQ(row.at("fields").at(0).at("unit").as_string(), "USD");
  EXPECT_EQ(row.at("fields").at(0).at("span").at(1).to_number<int>(), 3);
  EXPECT_EQ(json::parse(json::serialize(value)).at("hits").at(0).at("title").as_string(), "Owl \"x\" <y>");
}

TEST(Answers, LeaveOutACorrectionThatIsNone) {
  EXPECT_FALSE(ToJson(query::Request{}, query::Answer{}).as_object().contains("corrected"));
}

TEST(Answers, GiveAnErrorItsCodeTextAndPlace) {
  const json::value value = ToJson(Error{Code::kInvalidInput, "no such field", "character 3"});
  EXPECT_EQ(json::serialize(value),
            R"({"code":"invalid-input","text":"no such field","where":"character 3"})");
}

TEST(Health, IsAsBadAsItsWorstPart) {
  Health health;
  EXPECT_EQ(health.Overall(), State::kWaiting);
  health.archive = health.index = State::kOk;
  EXPECT_EQ(health.Overall(), State::kOk);
  health.index = State::kFailed;
  EXPECT_EQ(health.Overall(), State::kFailed);
}

TEST(Health, TellsWaitingFromFailing) {
  const Sources waiting{.archive = Fail(Code::kNotFound, "none yet"),
                        .index = Fail(Code::kNotFound, "none yet")};
  const Health early = ReadHealth(waiting, ManualClock());
  EXPECT_EQ(early.Overall(), State::kWaiting);
  EXPECT_TRUE(early.problem.empty());
  const Sources broken{.archive = Fail(Code::kCorrupt, "bad page"),
                       .index = Fail(Code::kNotFound, "none yet")};
  const json::value value = ToJson(ReadHealth(broken, ManualClock()));
  EXPECT_EQ(value.at("status").as_string(), "failed");
  EXPECT_EQ(value.at("archive").at("state").as_string(), "failed");
  EXPECT_EQ(value.at("problem").as_string(), "bad page");
}

TEST(Health, TellsWhichWallsStandAroundTheReaders) {
  Sources sources{.archive = Fail(Code::kNotFound, "none yet"), .index = Fail(Code::kNotFound, "none yet")};
  EXPECT_EQ(ToJson(ReadHealth(sources, ManualClock())).at("sandbox").as_string(), "unknown");
  sources.sandbox = "reduced";
  EXPECT_EQ(ToJson(ReadHealth(sources, ManualClock())).at("sandbox").as_string(), "reduced");
}

}  // namespace
}  // namespace nightjar::api
