// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/selection.h"

#include <gtest/gtest.h>

namespace nightjar::bundle {
namespace {

Selection Example() {
  Selection s{.case_id = "owl-7",
              .case_title = "Owls \"and\" others\n",
              .legal_basis = "§ 100a \xF0\x9F\xA6\x89\x7F",
              .officer = "",
              .selected_by = "query: vendor:strix \\",
              .exported_by = "Analyst 3",
              .reason = "Hearing",
              .log = "unit.example/nightjar/2026a",
              .tree_size = 9,
              .captures = 3,
              .first = 2,
              .last = 8,
              .counts = {},
              .rejections = {{8, "the signature does not match"}}};
  s.counts[{"job", "b.onion", "timed-out"}] = {0, 4};
  s.counts[{"job", "a.onion", "ok"}] = {3, 5};
  return s;
}

TEST(Selection, HasOneSpelling) {
  EXPECT_EQ(FormatSelection(Example()),
            R"({
"format": "nightjar-selection/v1",
"case": "owl-7",
"case_title": "Owls \"and\" others\n",
"legal_basis": "\u00a7 100a \ud83e\udd89\u007f",
"officer": "",
"selected_by": "query: vendor:strix \\",
"exported_by": "Analyst 3",
"reason": "Hearing",
"log": "unit.example/nightjar/2026a",
"tree_size": 9,
"captures": 3,
"first": 2,
"last": 8,
"counts": [
{"job": "job", "host": "a.onion", "outcome": "ok", "exported": 3, "archived": 5},
{"job": "job", "host": "b.onion", "outcome": "timed-out", "exported": 0, "archived": 4}
],
"rejections": [
{"capture": 8, "reason": "the signature does not match"}
]
}
)");
}

TEST(Selection, ComesBackFromItsText) {
  const auto back = ParseSelection(FormatSelection(Example()));
  ASSERT_TRUE(back) << back.error().Format();
  EXPECT_EQ(*back, Example());
}

TEST(Selection, MakesInvalidTextValid) {
  Selection s = Example();
  s.case_title = "a\xFF z";
  EXPECT_NE(FormatSelection(s).find("\"case_title\": \"a\\ufffd z\""), Bytes::npos);
}

TEST(Selection, RefusesEveryOtherSpelling) {
  const Bytes good = FormatSelection(Example());
  const auto with = [&](const std::string& from, const std::string& to) {
    Bytes text = good;
    text.replace(text.find(from), from.size(), to);
    return ParseSelection(text);
  };
  EXPECT_FALSE(with("{", " {"));
  EXPECT_FALSE(with("\"tree_size\": 9", "\"tree_size\": 9.0"));
  EXPECT_FALSE(with("\"tree_size\": 9", "\"tree_size\": \"9\""));
  EXPECT_FALSE(with("\"tree_size\": 9", "\"tree_size\": -9"));
  EXPECT_FALSE(with("\"tree_size\": 9", "\"tree_size\": 9223372036854775808"));
  EXPECT_FALSE(with("\"officer\": \"\",", "\"officer\": \"\",\n\"officer\": \"\","));
  EXPECT_FALSE(with("\"officer\": \"\",", "\"officer\": \"\",\n\"rank\": \"\","));
  EXPECT_FALSE(with("\"officer\": \"\",\n", ""));
  EXPECT_FALSE(with("\\u00a7", "\xC2\xA7"));
  EXPECT_FALSE(with("\\u00a7", "\\u00A7"));
  EXPECT_FALSE(with("\\ud83e\\udd89", "\\ud83e"));
  EXPECT_FALSE(with("a.onion", "c.onion")) << "rows out of order";
  EXPECT_FALSE(with("selection/v1", "selection/v2"));
  EXPECT_FALSE(ParseSelection(good + "\n"));
  EXPECT_FALSE(ParseSelection(good.substr(0, good.size() / 2)));
  EXPECT_FALSE(ParseSelection("[]"));
  EXPECT_FALSE(ParseSelection(std::string(100'000, '[')));
}

TEST(Selection, TalliesByTheAuthorityOfTheUrl) {
  captures::Record record;
  record.job = JobId{"owls"};
  record.outcome = captures::Outcome::kTimedOut;
  const auto host = [&](const std::string& url) {
    record.url = url;
    return TallyKeyOf(record, false).host;
  };
  EXPECT_EQ(host("http://a.onion/x?y"), "a.onion");
  EXPECT_EQ(host("http://a.onion:81"), "a.onion:81");
  EXPECT_EQ(host("http://a.onion?q"), "a.onion");
  EXPECT_EQ(host("http:///x"), "-");
  EXPECT_EQ(host("nonsense"), "-");
  EXPECT_EQ(TallyKeyOf(record, false).outcome, "timed-out");
  EXPECT_EQ(TallyKeyOf(record, true).outcome, "rejected");
}

}  // namespace
}  // namespace nightjar::bundle
