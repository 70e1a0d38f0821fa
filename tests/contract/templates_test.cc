// SPDX-License-Identifier: Apache-2.0
// Pages in the manner of twelve shop and forum templates, all made up (tests/templates), beside the values
// that a person reads off them: first by the generic rules, then by the profile that a stranger to the code
// wrote for the template. Prints the table of right values by kind.
// NIGHTJAR_SHOW_MISSES=1 prints what was wrong.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "base/file.h"
#include "base/json.h"
#include "config/site_profile.h"
#include "sandbox/extract/extract.h"

namespace nightjar {
namespace {

const std::string kTemplates = std::string(NIGHTJAR_SOURCE) + "/tests/templates/";

struct Score {
  int right = 0, all = 0;
};
using Table = std::map<std::string, Score>;  // by kind of value: "price", "feedback.author"

std::string ValuesOf(const std::vector<wire::Field>& fields, std::string_view name) {
  std::string joined;
  for (const wire::Field& field : fields) {
    if (field.name != name) continue;
    joined.append(joined.empty() ? "" : "; ").append(field.value);
    if (!field.unit.empty()) joined.append(" ").append(field.unit);
  }
  return joined;
}

class Comparison final {
 public:
  Comparison(std::string page, Table& table) : page_(std::move(page)), table_(table) {}

  void Facts(const json::object& expected, const wire::Facts& facts) {
    const std::string kind(wire::PageKindName(facts.page_kind));
    const json::value* also = expected.if_contains("kind_also");
    const bool second = also != nullptr && also->as_string() == kind;
    Value("(page kind)", kind, second ? kind : std::string(expected.at("kind").as_string()));
    Fields("", expected.at("fields").as_object(), facts.fields);
    for (const auto& [item_kind, items] : expected.at("items").as_object())
      Items(std::string(item_kind), items.as_array(), facts.items);
  }

 private:
  void Value(const std::string& what, const std::string& got, const std::string& wanted) {
    Score& score = table_[what];
    ++score.all;
    score.right += got == wanted ? 1 : 0;
    if (got != wanted && std::getenv("NIGHTJAR_SHOW_MISSES") != nullptr)
      std::printf("  %s %s: got [%s], wanted [%s]\n", page_.c_str(), what.c_str(), got.c_str(),
                  wanted.c_str());
  }

  void Fields(const std::string& prefix, const json::object& expected, const std::vector<wire::Field>& got) {
    for (const auto& [name, value] : expected)
      Value(prefix + std::string(name), ValuesOf(got, name), std::string(value.as_string()));
  }

  void Items(const std::string& kind, const json::array& expected, const std::vector<wire::Item>& items) {
    std::vector<const wire::Item*> got;
    for (const wire::Item& item : items)
      if (item.kind == kind) got.push_back(&item);
    Value(kind + " (how many)", std::to_string(got.size()), std::to_string(expected.size()));
    static const std::vector<wire::Field> kNone;
    for (std::size_t i = 0; i < expected.size(); ++i)
      Fields(kind + ".", expected[i].as_object(), i < got.size() ? got[i]->fields : kNone);
  }

  std::string page_;
  Table& table_;
};

std::vector<std::string> TemplateNames() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kTemplates))
    if (entry.path().extension() == ".html") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

wire::Document PageOf(const std::string& name, const json::object& expected) {
  wire::Document document;
  document.url = "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad.onion" +
                 std::string(expected.at("url").as_string());
  document.head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
  document.body = ReadFile(kTemplates + name + ".html").value();
  return document;
}

json::object ExpectedOf(const std::string& name) {
  return json::parse(ReadFile(kTemplates + name + ".json").value()).as_object();
}

// The template's own profile; none where generic reading is to be enough.
extract::Profiles ProfileOf(const std::string& name) {
  const std::string file = kTemplates + name + ".yaml";
  auto profile = config::ParseSiteProfile(ReadFile(file).value(), file);
  EXPECT_TRUE(profile) << (profile ? "" : profile.error().Format());
  return profile ? extract::Profiles({profile->rules}) : extract::Profiles();
}

Score Print(const Table& table) {
  Score total;
  for (const auto& [what, score] : table) {
    std::printf("  %-28s %3d of %3d\n", what.c_str(), score.right, score.all);
    total.right += score.right;
    total.all += score.all;
  }
  std::printf("  %-28s %3d of %3d = %.3f\n", "all", total.right, total.all,
              static_cast<double>(total.right) / total.all);
  return total;
}

TEST(Templates, AreReadByGenericRules) {
  Table table;
  for (const std::string& name : TemplateNames()) {
    const json::object expected = ExpectedOf(name);
    Comparison(name, table).Facts(expected, extract::ReadDocument(PageOf(name, expected)));
  }
  const Score total = Print(table);
  EXPECT_GE(total.all, 300);
  EXPECT_GE(total.right, total.all * 0.97);
  for (const auto& [what, score] : table) EXPECT_GE(score.right * 2, score.all) << what;
}

TEST(Templates, AreReadWhollyByTheProfileOfAStranger) {
  Table table;
  for (const std::string& name : TemplateNames()) {
    if (!std::filesystem::exists(kTemplates + name + ".yaml")) continue;
    const json::object expected = ExpectedOf(name);
    const wire::Facts facts = extract::ReadDocument(PageOf(name, expected), ProfileOf(name));
    EXPECT_NE(facts.profile, "") << name;
    Comparison(name, table).Facts(expected, facts);
  }
  const Score total = Print(table);
  EXPECT_GE(total.right, total.all * 0.99);
}

// The floor above means something only if the tables can show a wrong value.
TEST(Templates, CountAWrongValueAsWrong) {
  wire::Facts facts;
  wire::Field price;
  price.name = "price";
  price.value = "41.00";
  price.unit = "USD";
  facts.fields.push_back(price);
  Table table;
  Comparison("none", table)
      .Facts(json::parse(R"({"kind": "other", "fields": {"price": "42.00 USD"}, "items": {"offer": []}})")
                 .as_object(),
             facts);
  EXPECT_EQ(table["price"].right, 0);
  EXPECT_EQ(table["offer (how many)"].right, 1);
}

}  // namespace
}  // namespace nightjar
