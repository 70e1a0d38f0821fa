// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/typed_value.h"

#include "sandbox/values/count.h"
#include "sandbox/values/country.h"
#include "sandbox/values/date.h"
#include "sandbox/values/duration.h"
#include "sandbox/values/flag.h"
#include "sandbox/values/money.h"
#include "sandbox/values/rating.h"

namespace nightjar::extract {
namespace {

using wire::FieldType;

std::optional<Typed> TypedMoney(const profile::FieldRule& rule, const profile::Habits& habits,
                                std::string_view text) {
  auto money = values::FindAmount(text);
  if (!money) return std::nullopt;
  // A sign before the number belongs to it.
  if (const auto signed_one = values::FindMoney(text); signed_one && signed_one->begin <= money->begin)
    money = signed_one;
  std::string currency = money->currency;
  if (currency.empty()) currency = rule.unit.empty() ? habits.currency : rule.unit;
  return Typed{money->amount, std::move(currency), money->begin, money->end};
}

std::optional<Typed> TypedDate(const profile::Habits& habits, std::string_view text) {
  const auto order = static_cast<values::DateOrder>(habits.dates);
  const auto detail = habits.day_only ? values::DateDetail::kDayOnly : values::DateDetail::kDayAndTime;
  const auto date = values::FindDate(text, order, detail);
  if (!date) return std::nullopt;
  return Typed{date->iso, std::string(date->precision), date->begin, date->end};
}

// As printed: the market's own word stays the value, the code says what it means.
Typed TypedCountry(std::string_view text) {
  const auto country = values::CountryOf(text);
  return {std::string(text), country ? country->code : "", 0, text.size()};
}

template <typename Found, typename ValueOf>
std::optional<Typed> From(const std::optional<Found>& found, ValueOf value_of) {
  if (!found) return std::nullopt;
  return Typed{value_of(*found), "", found->begin, found->end};
}

std::optional<Typed> TypedFlag(std::string_view text) {
  const auto flag = values::FlagOf(text);
  if (!flag) return std::nullopt;
  return Typed{*flag ? "true" : "false", "", 0, text.size()};
}

std::optional<Typed> TypedRating(const profile::FieldRule& rule, std::string_view text) {
  const auto rating = values::FindRating(text);
  if (!rating) return std::nullopt;
  return Typed{rating->value, rating->scale.empty() ? rule.unit : rating->scale, rating->begin, rating->end};
}

}  // namespace

std::optional<Typed> TypedValue(const profile::FieldRule& rule, const profile::Habits& habits,
                                std::string_view text) {
  switch (rule.type) {
    case FieldType::kMoney:
      return TypedMoney(rule, habits, text);
    case FieldType::kDate:
      return TypedDate(habits, text);
    case FieldType::kCountry:
      return TypedCountry(text);
    case FieldType::kFlag:
      return TypedFlag(text);
    case FieldType::kRating:
      return TypedRating(rule, text);
    case FieldType::kCount:
      return From(values::LocateCount(text, values::Fractions::kTaken),
                  [](const auto& count) { return count.digits; });
    case FieldType::kDuration:
      return From(values::FindAge(text), [](const auto& age) { return age.iso; });
    case FieldType::kPgp: {
      const std::size_t begin = text.find("-----BEGIN PGP");
      if (begin == std::string_view::npos) return std::nullopt;
      return Typed{std::string(text.substr(begin)), "", begin, text.size()};
    }
    case FieldType::kText:
    case FieldType::kEnum:
    case FieldType::kLink:
      return Typed{std::string(text), "", 0, text.size()};
  }
  return std::nullopt;
}

}  // namespace nightjar::extract
