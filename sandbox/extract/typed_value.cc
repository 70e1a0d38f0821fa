// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/typed_value.h"

#include "sandbox/values/armor.h"
#include "sandbox/values/count.h"
#include "sandbox/values/money.h"
#include "sandbox/values/typed.h"

namespace nightjar::extract {
namespace {

using wire::FieldType;

// A rule points at a price: a number without a currency is one too, and a sign before a number belongs to it.
std::optional<Typed> Price(const profile::FieldRule& rule, const profile::Habits& habits,
                           std::string_view text) {
  auto money = values::FindAmount(text);
  if (!money) return std::nullopt;
  if (const auto signed_one = values::FindMoney(text); signed_one && signed_one->begin <= money->begin)
    money = signed_one;
  std::string currency = money->currency;
  if (currency.empty()) currency = rule.unit.empty() ? habits.currency : rule.unit;
  return Typed{money->amount, std::move(currency), money->begin, money->end};
}

std::optional<Typed> Number(std::string_view text) {
  const auto count = values::LocateCount(text, values::Fractions::kTaken);
  if (!count) return std::nullopt;
  return Typed{count->digits, {}, count->begin, count->end};
}

std::optional<Typed> PgpBlock(std::string_view text) {
  const std::size_t begin = text.find("-----BEGIN PGP");
  if (begin == std::string_view::npos) return std::nullopt;
  return Typed{values::WithHeaderEnd(text.substr(begin)), {}, begin, text.size()};
}

}  // namespace

std::optional<Typed> TypedValue(const profile::FieldRule& rule, const profile::Habits& habits,
                                std::string_view text) {
  if (rule.type == FieldType::kMoney) return Price(rule, habits, text);
  if (rule.type == FieldType::kCount) return Number(text);
  if (rule.type == FieldType::kPgp) return PgpBlock(text);
  const values::Habits how{
      .order = habits.dates,
      .detail = habits.day_only ? values::DateDetail::kDayOnly : values::DateDetail::kDayAndTime};
  auto typed = values::ReadAs(rule.type, text, how);
  // The market's own word for a place stays, also where nobody else knows it.
  if (!typed && rule.type == FieldType::kCountry) typed = values::ReadAs(FieldType::kText, text);
  if (typed && typed->unit.empty() && rule.type == FieldType::kRating) typed->unit = rule.unit;
  return typed;
}

}  // namespace nightjar::extract
