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
#include "sandbox/extract/words.h"
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

// As printed: the values of countries are codes.
std::string RawOf(const std::vector<wire::Field>& fields, std::string_view name) {
  std::string joined;
  for (const wire::Field& field : fields) {
    if (field.name == name) joined.append(joined.empty() ? "" : "; ").append(field.raw);
  }
  return joined;
}

std::string ValueOf(const std::vector<wire::Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const wire::Field& field) { return field.name == name; });
  if (found == fields.end()) return {};
  const bool money = found->type == wire::FieldType::kMoney;
  return money ? found->value + " " + found->unit : found->value;
}

std::vector<const wire::Item*> ItemsOf(const wire::Facts& facts, std::string_view kind) {
  std::vector<const wire::Item*> items;
  for (const wire::Item& item : facts.items) {
    if (item.kind == kind) items.push_back(&item);
  }
  return items;
}

const json::array& ArrayOf(const json::object& expected, std::string_view name) {
  static const json::array none;
  const json::value* list = expected.if_contains(name);
  return list != nullptr && list->is_array() ? list->as_array() : none;
}

void CompareListing(const std::string& page, const wire::Facts& facts, const json::object& expected,
                    Table& table) {
  Compare(page, "title", FieldOf(facts, "title"), TextOf(expected.at("title")), table);
  Compare(page, "price", FieldOf(facts, "price"), PriceOf(expected), table);
  Compare(page, "vendor", FieldOf(facts, "vendor"), TextOf(expected.at("vendor")), table);
  Compare(page, "ships_from", RawOf(facts.fields, "ships_from"), TextOf(expected.at("ships_from")), table);
  Compare(page, "ships_to", RawOf(facts.fields, "ships_to"), Joined(expected.if_contains("ships_to"), "; "),
          table);
  Compare(page, "category", FieldOf(facts, "category"), Joined(expected.if_contains("category"), " > "),
          table);
  const std::string description = FieldOf(facts, "description");
  const json::value* begin = expected.if_contains("description_starts");
  if (begin != nullptr && begin->is_string()) {
    Compare(page, "description", Folded(description).substr(0, TextOf(*begin).size()), TextOf(*begin), table);
  }
  const json::value* sold = expected.if_contains("sold");
  if (sold != nullptr) Compare(page, "sold", FieldOf(facts, "sold"), TextOf(*sold), table);
  const auto options = ItemsOf(facts, "shipping_option");
  const json::array& wanted = ArrayOf(expected, "shipping_options");
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const json::object& option = wanted[i].as_object();
    const std::string got =
        i < options.size() ? ValueOf(options[i]->fields, "name") + " " + ValueOf(options[i]->fields, "price")
                           : "";
    Compare(page, "shipping option", got, TextOf(option.at("name")) + " " + PriceOf(option), table);
  }
}

// The items that a page lists, by the target of their link: pages may show one twice.
void CompareOffers(const std::string& page, const wire::Facts& facts, const json::object& expected,
                   Table& table) {
  std::map<std::string, const wire::Item*> offers;
  for (const wire::Item* offer : ItemsOf(facts, "offer"))
    offers.emplace(ValueOf(offer->fields, "link"), offer);
  for (const json::value& value : ArrayOf(expected, "items")) {
    const json::object& item = value.as_object();
    const auto found = offers.find(TextOf(item.at("link")));
    static const std::vector<wire::Field> none;
    const std::vector<wire::Field>& fields = found == offers.end() ? none : found->second->fields;
    Compare(page, "row title", ValueOf(fields, "title"), TextOf(item.at("title")), table);
    if (item.contains("price") && item.at("price").is_object())
      Compare(page, "row price", ValueOf(fields, "price"), PriceOf(item), table);
    if (item.contains("vendor"))
      Compare(page, "row vendor", ValueOf(fields, "vendor"), TextOf(item.at("vendor")), table);
  }
  const std::size_t listed = ArrayOf(expected, "items").size();
  if (listed > 0)
    Compare(page, "rows found", std::to_string(ItemsOf(facts, "offer").size()), std::to_string(listed),
            table);
  if (expected.contains("next_page_link") && expected.at("next_page_link").is_string())
    Compare(page, "next page", FieldOf(facts, "next_page"), TextOf(expected.at("next_page_link")), table);
  for (const char* count : {"result_total", "total"}) {
    if (expected.contains(count))
      Compare(page, "announced count", FieldOf(facts, "announced_count"), TextOf(expected.at(count)), table);
  }
}

std::string DateOf(const json::object& expected, std::string_view name) {
  const json::value* date = expected.if_contains(name);
  return date != nullptr && date->is_object() ? TextOf(date->at("date")) : "";
}

void CompareVendor(const std::string& page, const wire::Facts& facts, const json::object& expected,
                   Table& table) {
  Compare(page, "profile vendor", FieldOf(facts, "vendor"), TextOf(expected.at("vendor")), table);
  Compare(page, "member since", ValueOf(facts.fields, "member_since"), DateOf(expected, "registered"), table);
  Compare(page, "last seen", ValueOf(facts.fields, "last_seen"), DateOf(expected, "last_seen"), table);
  if (expected.contains("sales"))
    Compare(page, "sales", FieldOf(facts, "sales"), TextOf(expected.at("sales")), table);
  for (const char* count : {"disputes_won", "disputes_lost"}) {
    if (expected.contains(count))
      Compare(page, count, FieldOf(facts, count), TextOf(expected.at(count)), table);
  }
  if (expected.contains("pgp_key_first_line") && expected.at("pgp_key_first_line").is_string()) {
    const std::string pgp = FieldOf(facts, "pgp");
    Compare(page, "pgp",
            pgp.find(TextOf(expected.at("pgp_key_first_line"))) == std::string::npos ? "" : "there", "there",
            table);
  }
}

void CompareFeedback(const std::string& page, const wire::Facts& facts, const json::object& expected,
                     Table& table) {
  const auto items = ItemsOf(facts, "feedback");
  const json::array& rows = ArrayOf(expected, "rows");
  Compare(page, "feedback found", std::to_string(items.size()), TextOf(expected.at("row_count")), table);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const json::object& row = rows[i].as_object();
    static const std::vector<wire::Field> none;
    const std::vector<wire::Field>& fields = i < items.size() ? items[i]->fields : none;
    if (row.at("comment").is_string())
      Compare(page, "feedback text", ValueOf(fields, "text"), TextOf(row.at("comment")), table);
    Compare(page, "feedback author", ValueOf(fields, "author"), TextOf(row.at("buyer")), table);
    if (row.contains("stars"))
      Compare(page, "feedback stars", ValueOf(fields, "score"), TextOf(row.at("stars")), table);
    if (row.contains("age"))
      Compare(page, "feedback age", ValueOf(fields, "age"), TextOf(row.at("age")), table);
    if (row.contains("date"))
      Compare(page, "feedback date", ValueOf(fields, "date"), TextOf(row.at("date")), table);
  }
}

bool IsKind(const json::object& expected, std::string_view kind) {
  if (TextOf(expected.at("kind")) == kind) return true;
  const json::array& also = ArrayOf(expected, "kind_also");
  return std::any_of(also.begin(), also.end(),
                     [&](const json::value& other) { return TextOf(other) == kind; });
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
    if (facts.page_class == wire::PageClass::kContent) {
      const std::string got(wire::PageKindName(facts.page_kind));
      Compare(name, "kind", IsKind(expected, got) ? kind : got, kind, table);
    }
    const std::string where = market + "/" + name;
    if (kind == "listing") CompareListing(where, facts, expected, table);
    if (kind == "vendor" || kind == "feedback") CompareVendor(where, facts, expected, table);
    if (kind == "feedback") CompareFeedback(where, facts, expected, table);
    CompareOffers(where, facts, expected, table);
  }
  std::printf("%s\n", market.c_str());
  for (const auto& [what, score] : table)
    std::printf("  %-16s %3d of %3d\n", what.c_str(), score.right, score.all);
  return table;
}

TEST(RealPages, GenericRulesReadTheListingsOfTwoMarketsTheyWereNotWrittenFor) {
  if (!std::filesystem::exists(kPages)) GTEST_SKIP() << "SKIP: ../shared/real-pages not present";
  for (const std::string market : {"market-a", "market-b"}) {
    const Table table = ReadMarket(market);
    for (const char* what : {"title", "price", "vendor", "ships_from", "ships_to"}) {
      EXPECT_GE(table.at(what).Share(), 0.99) << market << " " << what;
    }
    for (const char* what : {"verdict", "page title", "class", "kind"}) {
      EXPECT_GE(table.at(what).Share(), 0.99) << market << " " << what;
    }
    for (const char* what : {"row title", "row price", "row vendor", "profile vendor"}) {
      EXPECT_GE(table.at(what).Share(), 0.90) << market << " " << what;
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
      if (field.raw.find("\xEF\xBF\xBD") != std::string::npos) continue;  // a byte that is no character
      if (there.find('&') != std::string::npos || there.find('<') != std::string::npos) continue;
      EXPECT_EQ(Folded(there), Folded(field.raw)) << entry.path() << " " << field.name;
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
