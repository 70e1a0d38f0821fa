// SPDX-License-Identifier: Apache-2.0
// The members of everything in a Profile, in the order of the format; what a visitor is: wire/members.h.
// For the files of this folder.
#pragma once

#include "sandbox/profile/profile.h"
#include "sandbox/wire/members.h"

namespace nightjar::profile {

using wire::MaybeConst;

template <typename V, MaybeConst<Replacement> T>
void VisitMembers(V& v, T& replacement) {
  v.Text(replacement.printed, kMaxRuleText);
  v.Text(replacement.value, kMaxRuleText);
}

template <typename V, MaybeConst<FieldRule> T>
void VisitMembers(V& v, T& rule) {
  v.Text(rule.name, kMaxRuleText);
  v.Choice(rule.type, wire::FieldType::kPgp);
  v.List(rule.select, kMaxRules);
  v.List(rule.label, kMaxRules);
  v.Text(rule.attribute, kMaxRuleText);
  v.Choice(rule.part, Part::kOwnLines);
  v.Choice(rule.place, Place::kBefore);
  for (auto* text : {&rule.pattern, &rule.split, &rule.join, &rule.unit, &rule.otherwise})
    v.Text(*text, kMaxRuleText);
  v.List(rule.values, kMaxRules);
  for (auto* flag : {&rule.only_values, &rule.all, &rule.joined, &rule.count, &rule.exists, &rule.hidden})
    v.Flag(*flag);
}

template <typename V, MaybeConst<ItemRule> T>
void VisitMembers(V& v, T& rule) {
  v.Text(rule.kind, kMaxRuleText);
  v.List(rule.rows, kMaxRules);
  v.List(rule.fields, kMaxRules);
  v.List(rule.need, kMaxRules);
  v.Flag(rule.until_next);
}

template <typename V, MaybeConst<Condition> T>
void VisitMembers(V& v, T& when) {
  v.Text(when.url, kMaxRuleText);
  v.List(when.select, kMaxRules);
  v.List(when.without, kMaxRules);
  v.List(when.status, kMaxRules);
}

template <typename V, MaybeConst<ClassRule> T>
void VisitMembers(V& v, T& rule) {
  v.Choice(rule.page_class, wire::PageClass::kError);
  VisitMembers(v, rule.when);
}

template <typename V, MaybeConst<PageRule> T>
void VisitMembers(V& v, T& rule) {
  v.Choice(rule.kind, wire::PageKind::kBoard);
  VisitMembers(v, rule.when);
  v.List(rule.fields, kMaxRules);
  v.List(rule.items, kMaxRules);
}

template <typename V, MaybeConst<Profile> T>
void VisitMembers(V& v, T& profile) {
  v.Text(profile.name, kMaxRuleText);
  v.List(profile.hosts, kMaxRules);
  v.List(profile.signs, kMaxRules);
  v.Text(profile.habits.currency, kMaxRuleText);
  v.Choice(profile.habits.dates, DateOrder::kYearFirst);
  v.Flag(profile.habits.day_only);
  v.List(profile.classes, kMaxRules);
  v.List(profile.pages, kMaxRules);
  VisitMembers(v, profile.every);
  v.Flag(profile.generic);
}

}  // namespace nightjar::profile
