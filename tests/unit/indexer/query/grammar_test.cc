// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/grammar.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "base/random.h"

namespace nightjar::query {
namespace {

std::string Number(const std::optional<double>& bound) { return bound ? fmt::format("{:g}", *bound) : ""; }

// The tree in one line: (and owl (not vendor="barn")).
std::string Show(const Node& node) {
  std::string field = node.field == nullptr ? "" : std::string(node.field->name) + "=";
  switch (node.kind) {
    case NodeKind::kWord:
      return field + node.text;
    case NodeKind::kPhrase:
      return field + "\"" + node.text + "\"";
    case NodeKind::kPrefix:
      return field + node.text + "*";
    case NodeKind::kRange:
      return fmt::format("{}{}{}..{}{}{}", field, Number(node.bounds.from),
                         node.bounds.from_excluded ? "<" : "", Number(node.bounds.to),
                         node.bounds.to_included ? "=" : "", node.bounds.currency);
    default:
      break;
  }
  std::string text = node.kind == NodeKind::kAnd   ? "(and"
                     : node.kind == NodeKind::kOr  ? "(or"
                     : node.kind == NodeKind::kNot ? "(not"
                                                   : fmt::format("(near/{}", node.distance);
  for (const Node& child : node.children) text += " " + Show(child);
  return text + ")";
}

struct Reading {
  std::string query;
  std::string tree;
};

class GrammarReads : public testing::TestWithParam<Reading> {};

TEST_P(GrammarReads, TheQueryAsThisTree) {
  const auto node = Parse(GetParam().query);
  ASSERT_TRUE(node.has_value()) << node.error().Format();
  EXPECT_EQ(Show(*node), GetParam().tree);
}

INSTANTIATE_TEST_SUITE_P(
    Grammar, GrammarReads,
    testing::Values(
        Reading{"owl", "owl"}, Reading{"  owl  ", "owl"}, Reading{"owl post", "(and owl post)"},
        Reading{"owl AND post", "(and owl post)"}, Reading{"owl OR post", "(or owl post)"},
        Reading{"owl post OR barn", "(or (and owl post) barn)"},
        Reading{"owl (post OR barn)", "(and owl (or post barn))"}, Reading{"((owl))", "owl"},
        Reading{"owl NOT barn", "(and owl (not barn))"}, Reading{"owl -barn", "(and owl (not barn))"},
        Reading{"NOT owl", "(not owl)"}, Reading{"NOT NOT owl", "(not (not owl))"},
        Reading{"owl AND NOT barn", "(and owl (not barn))"}, Reading{"owl-post", "owl-post"},
        Reading{"\"owl post\"", "\"owl post\""}, Reading{"\"AND\"", "\"AND\""},
        Reading{"and or not near", "(and and or not near)"}, Reading{"owl*", "owl*"},
        Reading{"vendor:bar*", "vendor=bar*"}, Reading{"vendor:barn", "vendor=barn"},
        Reading{"vendor:\"barn owl\"", "vendor=\"barn owl\""}, Reading{"owl NEAR post", "(near/10 owl post)"},
        Reading{"owl NEAR/3 post NEAR/5 barn", "(near/5 owl post barn)"}, Reading{"12:30", "12:30"},
        Reading{":owl", ":owl"}, Reading{"http://abc.onion/x?y=1", "url=\"http://abc.onion/x?y=1\""},
        Reading{"price:10..50", "price=10..50="}, Reading{"price:10..", "price=10..="},
        Reading{"price:..50usd", "price=..50=usd"}, Reading{"price:<=50", "price=..50="},
        Reading{"price:<50", "price=..50"}, Reading{"price:>0.5BTC", "price=0.5<..=btc"},
        Reading{"price:50", "price=50..50="}, Reading{"price:10usd..50usd", "price=10..50=usd"},
        Reading{"seen:2026-01-31", "seen=1.76982e+09..1.7699e+09"},
        Reading{"seen:1970", "seen=0..3.1536e+07"}, Reading{"seen:1970-01..1970-02", "seen=0..5.0976e+06"},
        Reading{"seen:>=1970-01-02", "seen=86400.."}, Reading{"seen:<1970-01-02", "seen=..86400"},
        Reading{"seen:>1970-01-01", "seen=86400.."},
        Reading{"Übergabe \"frühe Eule\"", "(and Übergabe \"frühe Eule\")"}));

struct Slip {
  std::string query;
  std::string where;
  std::string part;  // of the sentence
};

class GrammarRefuses : public testing::TestWithParam<Slip> {};

TEST_P(GrammarRefuses, TheMistakeAndPointsAtIt) {
  const auto node = Parse(GetParam().query);
  ASSERT_FALSE(node.has_value());
  EXPECT_EQ(node.error().code, Code::kInvalidInput);
  EXPECT_EQ(node.error().where, GetParam().where);
  EXPECT_NE(node.error().text.find(GetParam().part), std::string::npos) << node.error().text;
}

INSTANTIATE_TEST_SUITE_P(
    Grammar, GrammarRefuses,
    testing::Values(
        Slip{"", "character 1", "empty"}, Slip{"   ", "character 1", "empty"},
        Slip{"vender:bob", "character 1", "did you mean “vendor:”"},
        Slip{"owl ship_from:de", "character 5", "ships_from"},
        Slip{"zzzzzzzz:x", "character 1", "put them in quotes"}, Slip{"\"owl", "character 1", "never closed"},
        Slip{"ü \"owl", "character 3", "never closed"}, Slip{"(owl", "character 1", "add )"},
        Slip{"owl)", "character 4", "never opened"}, Slip{"owl ()", "character 6", "parenthesis"},
        Slip{"owl AND", "character 8", "ends where"}, Slip{"OR owl", "character 1", "operator"},
        Slip{"owl OR OR post", "character 8", "operator"}, Slip{"vendor: bob", "character 8", "missing"},
        Slip{"o*", "character 1", "at least 2"}, Slip{"*owl", "character 1", "end of a word"},
        Slip{"ow*l", "character 3", "end of a word"}, Slip{"owl NEAR/0 post", "character 5", "1 to 100"},
        Slip{"owl NEAR/x post", "character 5", "NEAR/5"},
        Slip{"owl NEAR \"barn owl\"", "character 10", "plain words"},
        Slip{"price:cheap", "character 7", "price:10..50"}, Slip{"price:..", "character 7", "not a price"},
        Slip{"price:50..10", "character 7", "backwards"},
        Slip{"price:10eur..20usd", "character 7", "not a price"},
        Slip{"price:-5", "character 7", "not a price"}, Slip{"price:nan", "character 7", "not a price"},
        Slip{"seen:2026-13", "character 6", "not a date"},
        Slip{"seen:2026-02-30", "character 6", "not a date"},
        Slip{"seen:2026..2025", "character 6", "backwards"},
        Slip{"seen:yesterday", "character 6", "2026-01-31"}, Slip{"NOT", "character 4", "ends where"},
        Slip{"\xff", "character 1", "UTF-8"}));

TEST(Grammar, RefusesMoreThanSixtyFourWords) {
  std::string query = "owl";
  for (int i = 0; i < 64; ++i) query += " a" + std::to_string(i);
  const auto node = Parse(query);
  ASSERT_FALSE(node.has_value());
  EXPECT_NE(node.error().text.find("at most 64"), std::string::npos);
}

TEST(Grammar, RefusesDepthAndLengthBeyondItsLimits) {
  EXPECT_TRUE(Parse(std::string(20, '(') + "owl" + std::string(20, ')')).has_value());
  EXPECT_FALSE(Parse(std::string(21, '(') + "owl" + std::string(21, ')')).has_value());
  EXPECT_FALSE(Parse(std::string(400, '-') + "owl").has_value());
  EXPECT_FALSE(Parse(std::string(1001, 'a')).has_value());
}

TEST(Grammar, KnowsWhichFieldsAQueryNames) {
  EXPECT_TRUE(Names(*Parse("owl (barn OR NOT class:login)"), "class"));
  EXPECT_FALSE(Names(*Parse("owl class"), "class"));
}

// Whatever is typed gives a tree or a sentence with a place, never a crash.
TEST(Grammar, SurvivesRandomInput) {
  SeededRandom random(20260101);
  const std::string_view kPieces[] = {
      "owl", "(", ")",       "\"",     " ",     "AND", "OR", "NOT", "NEAR/3", "-",
      "*",   ":", "vendor:", "price:", "seen:", "..",  "5",  "ü",   "\xc3"};
  for (int round = 0; round < 20000; ++round) {
    std::string query;
    for (std::uint64_t pieces = random.Next() % 12; pieces > 0; --pieces)
      query += kPieces[random.Next() % std::size(kPieces)];
    const auto node = Parse(query);
    if (!node) {
      ASSERT_TRUE(node.error().where.starts_with("character ")) << query;
      ASSERT_FALSE(node.error().text.empty()) << query;
    }
  }
}

}  // namespace
}  // namespace nightjar::query
