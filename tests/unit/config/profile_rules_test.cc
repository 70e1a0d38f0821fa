// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "config/site_profile.h"

namespace nightjar::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kHead = "name: market\nsigns: [.market]\n";

profile::Profile Good(const std::string& rest) {
  const auto profile = ParseSiteProfile(kHead + rest, "p.yaml");
  EXPECT_TRUE(profile) << (profile ? "" : profile.error().Format());
  return profile ? profile->rules : profile::Profile{};
}

std::string Bad(const std::string& rest) {
  const auto profile = ParseSiteProfile(kHead + rest, "p.yaml");
  EXPECT_FALSE(profile) << rest;
  return profile ? "" : profile.error().Format();
}

TEST(ProfileRules, TakeAFieldAsASelectorOrAMapping) {
  const auto rules = Good(
      "pages:\n"
      "  - kind: listing\n"
      "    select: h1\n"
      "    fields:\n"
      "      title: h1\n"
      "      price: {select: [.sale, .price], unit: EUR}\n"
      "      ships_to: {label: Ships to, split: ', '}\n");
  const auto& fields = rules.pages.at(0).fields;
  ASSERT_EQ(fields.size(), 3U);
  EXPECT_THAT(fields[0].select, ElementsAre("h1"));
  EXPECT_EQ(fields[0].type, wire::FieldType::kText);
  EXPECT_EQ(fields[1].type, wire::FieldType::kMoney) << "the field schema knows what a price is";
  EXPECT_THAT(fields[1].select, ElementsAre(".sale", ".price"));
  EXPECT_EQ(fields[1].unit, "EUR");
  EXPECT_THAT(fields[2].label, ElementsAre("Ships to"));
}

TEST(ProfileRules, TakeRowsClassesAndHabits) {
  const auto rules = Good(
      "habits: {currency: USD, dates: day-first, clock: day-only}\n"
      "classes: [{class: captcha, select: img.captcha, status: [403, 503]}]\n"
      "every_page:\n"
      "  items:\n"
      "    offer: {rows: tr, need: [title], until_next: true, fields: {title: 'td:nth-child(2)'}}\n"
      "generic: true\n");
  EXPECT_EQ(rules.habits.dates, profile::DateOrder::kDayFirst);
  EXPECT_TRUE(rules.habits.day_only && rules.generic);
  EXPECT_EQ(rules.classes.at(0).page_class, wire::PageClass::kCaptcha);
  EXPECT_THAT(rules.classes.at(0).when.status, ElementsAre(403U, 503U));
  EXPECT_EQ(rules.every.items.at(0).kind, "offer");
  EXPECT_TRUE(rules.every.items.at(0).until_next);
}

TEST(ProfileRules, CrossTheWallUnchanged) {
  const auto rules =
      Good("pages: [{kind: thread, url: '^/t', fields: {title: {select: h1, values: {A: b}, in: page}}}]\n");
  const auto back = profile::Decode(profile::Encode({rules}));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->at(0), rules);
  const Bytes whole = profile::Encode({rules});
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(profile::Decode(ByteView(whole).substr(0, size)));
}

TEST(ProfileRules, SayWhatIsWrongAndInWhichLine) {
  EXPECT_THAT(Bad("pages:\n  - {kind: shop, url: x}\n"),
              HasSubstr("p.yaml:4: 'shop' is none of other, listing"));
  EXPECT_THAT(Bad("pages:\n  - kind: listing\n"), HasSubstr("says nothing of when it holds"));
  EXPECT_THAT(Bad("pages:\n  - kind: listing\n    url: '('\n"), HasSubstr("p.yaml:5: '(' is no pattern"));
  EXPECT_THAT(Bad("every_page:\n  fields:\n    title: 'a['\n"), HasSubstr("p.yaml:5: the selector 'a['"));
  EXPECT_THAT(Bad("every_page:\n  fields:\n    title: {selct: a}\n"),
              HasSubstr("unknown key 'selct'; here stand all,"));
  EXPECT_THAT(Bad("every_page:\n  fields:\n    Title: a\n"), HasSubstr("'Title' is no name"));
  EXPECT_THAT(Bad("every_page:\n  fields:\n    title: {type: prose, select: a}\n"),
              HasSubstr("'type' is text, money"));
  EXPECT_THAT(Bad("every_page:\n  fields:\n    title: {all: true}\n"), HasSubstr("looked for nowhere"));
  EXPECT_THAT(Bad("every_page:\n  fields:\n    x: {select: a, all: yes}\n"),
              HasSubstr("'all' is true or false"));
  EXPECT_THAT(Bad("every_page:\n  items:\n    offer: {fields: {title: a}}\n"),
              HasSubstr("'rows' is missing"));
  EXPECT_THAT(Bad("every_page:\n  items:\n    offer: {rows: a, need: [b], fields: {title: a}}\n"),
              HasSubstr("names a field that the rows do not have"));
  EXPECT_THAT(Bad("classes: [{class: captcha, status: 40}]\n"), HasSubstr("three digits"));
  EXPECT_THAT(Bad("habits: {dates: european}\n"), HasSubstr("day-first, month-first or year-first"));
  const auto nameless = ParseSiteProfile("name: market\n", "p.yaml");
  ASSERT_FALSE(nameless);
  EXPECT_THAT(nameless.error().Format(), HasSubstr("names no site"));
}

}  // namespace
}  // namespace nightjar::config
