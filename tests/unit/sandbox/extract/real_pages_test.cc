// SPDX-License-Identifier: Apache-2.0
// Generic reading (no site profile) against pages of two real markets and what a correct extractor must read
// from them. Prints the table per market; the floors asserted are what the rules reach today, not where they
// should end.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "tests/unit/sandbox/extract/page_of.h"

namespace nightjar::extract {
namespace {

const std::string kPages = std::string(NIGHTJAR_SOURCE) + "/../shared/real-pages";

struct Score {
  int right = 0, all = 0;
  void Count(bool good) {
    right += good ? 1 : 0;
    ++all;
  }
  [[nodiscard]] double Share() const { return all == 0 ? 1.0 : static_cast<double>(right) / all; }
};

using Table = std::map<std::string, Score>;

std::string TextOf(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : "";
}

std::string PriceOf(const json::object& expected) {
  const json::value* price = expected.if_contains("price");
  if (price == nullptr || !price->is_object()) return {};
  return TextOf(price->at("amount")) + " " + TextOf(price->at("currency"));
}

std::string Joined(const json::value* list, std::string_view separator) {
  std::string joined;
  if (list == nullptr || !list->is_array()) return joined;
  for (const json::value& element : list->as_array())
    joined.append(joined.empty() ? "" : separator).append(TextOf(element));
  return joined;
}

void Compare(const std::string& page, const std::string& what, const std::string& got,
             const std::string& wanted, Table& table) {
  table[what].Count(got == wanted);
  if (got != wanted && std::getenv("NIGHTJAR_SHOW_MISSES") != nullptr) {
    std::printf("  %s %s: got [%s], wanted [%s]\n", page.c_str(), what.c_str(), got.c_str(), wanted.c_str());
  }
}

void CompareListing(const std::string& page, const wire::Facts& facts, const json::object& expected,
                    Table& table) {
  Compare(page, "title", FieldOf(facts, "title"), TextOf(expected.at("title")), table);
  Compare(page, "price", FieldOf(facts, "price"), PriceOf(expected), table);
  Compare(page, "vendor", FieldOf(facts, "vendor"), TextOf(expected.at("vendor")), table);
  Compare(page, "ships_from", FieldOf(facts, "ships_from"), TextOf(expected.at("ships_from")), table);
  Compare(page, "ships_to", FieldsOf(facts, "ships_to"), Joined(expected.if_contains("ships_to"), "; "),
          table);
  Compare(page, "category", FieldOf(facts, "category"), Joined(expected.if_contains("category"), " > "),
          table);
}

// The page class that stands for a kind of the expected values.
std::string ClassFor(const std::string& kind) {
  static const std::set<std::string> walls = {"login", "captcha", "not-found"};
  return walls.contains(kind) ? kind : "content";
}

Table ReadMarket(const std::string& market) {
  Table table;
  const auto text = ReadFile(kPages + "/" + market + "/expected.json");
  const json::object all = json::parse(*text).as_object();
  for (const auto& [key, value] : all) {
    const std::string name(key);
    if (name.starts_with('_')) continue;
    const json::object& expected = value.as_object();
    const wire::Facts facts = Read(*ReadFile(kPages + "/" + market + "/" + name));
    const std::string kind = TextOf(expected.at("kind"));
    Compare(name, "verdict", std::string(wire::VerdictName(facts.verdict)), "ok", table);
    Compare(name, "page title", facts.title, TextOf(expected.at("page_title")), table);
    Compare(name, "class", std::string(wire::PageClassName(facts.page_class)), ClassFor(kind), table);
    const bool is_listing = facts.page_kind == wire::PageKind::kListing;
    Compare(name, "listing or not", is_listing ? "listing" : "", kind == "listing" ? "listing" : "", table);
    if (kind == "listing") CompareListing(market + "/" + name, facts, expected, table);
  }
  std::printf("%s\n", market.c_str());
  for (const auto& [what, score] : table)
    std::printf("  %-16s %2d of %2d\n", what.c_str(), score.right, score.all);
  return table;
}

TEST(RealPages, GenericRulesReadTheListingsOfTwoMarketsTheyWereNotWrittenFor) {
  if (!std::filesystem::exists(kPages)) GTEST_SKIP() << "SKIP: ../shared/real-pages not present";
  for (const std::string market : {"market-a", "market-b"}) {
    const Table table = ReadMarket(market);
    for (const char* what : {"title", "price", "vendor", "ships_from", "ships_to"}) {
      EXPECT_GE(table.at(what).Share(), 0.99) << market << " " << what;
    }
    for (const char* what : {"verdict", "page title", "class", "listing or not"}) {
      EXPECT_GE(table.at(what).Share(), 0.99) << market << " " << what;
    }
  }
}

TEST(RealPages, EveryFieldOfAListingStandsWhereItsSpanSays) {
  if (!std::filesystem::exists(kPages)) GTEST_SKIP() << "SKIP: ../shared/real-pages not present";
  int checked = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kPages)) {
    if (!entry.path().filename().string().starts_with("listing-")) continue;
    const std::string bytes = *ReadFile(entry.path());
    for (const wire::Field& field : Read(bytes).fields) {
      ASSERT_LE(field.span.end, bytes.size());
      const std::string there = bytes.substr(field.span.begin, field.span.end - field.span.begin);
      if (there.find('&') != std::string::npos || there.find('<') != std::string::npos) continue;
      EXPECT_EQ(there, field.raw) << entry.path() << " " << field.name;
      ++checked;
    }
  }
  EXPECT_GT(checked, 50);
}

TEST(RealPages, KeepTheirDecoysOutOfTheVisibleText) {
  if (!std::filesystem::exists(kPages)) GTEST_SKIP() << "SKIP: ../shared/real-pages not present";
  int checked = 0;
  const json::object all = json::parse(*ReadFile(kPages + "/market-b/expected.json")).as_object();
  for (const auto& [key, value] : all) {
    const json::value* phrases = value.is_object() ? value.as_object().if_contains("hidden_text") : nullptr;
    if (phrases == nullptr) continue;
    const std::string name(key);
    const wire::Facts facts = Read(*ReadFile(kPages + "/market-b/" + name));
    for (const json::value& phrase : phrases->as_array()) {
      EXPECT_EQ(facts.text.find(TextOf(phrase)), std::string::npos) << name << ": " << TextOf(phrase);
      EXPECT_NE(facts.hidden_text.find(TextOf(phrase)), std::string::npos) << name << ": " << TextOf(phrase);
      ++checked;
    }
    for (const wire::Link& link : facts.links)
      EXPECT_EQ(link.text.find("Phisher"), std::string::npos) << name;
  }
  EXPECT_GT(checked, 40);
}

}  // namespace
}  // namespace nightjar::extract
