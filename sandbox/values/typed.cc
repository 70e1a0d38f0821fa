// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/typed.h"

#include "sandbox/values/count.h"
#include "sandbox/values/country.h"
#include "sandbox/values/duration.h"
#include "sandbox/values/flag.h"
#include "sandbox/values/letters.h"
#include "sandbox/values/money.h"
#include "sandbox/values/rating.h"

namespace nightjar::values {
namespace {

using Read = std::optional<Typed>;

Read Whole(std::string_view text) {
  const std::string_view trimmed = parse::Trim(text);
  if (trimmed.empty()) return std::nullopt;
  const std::size_t begin = static_cast<std::size_t>(trimmed.data() - text.data());
  return Typed{std::string(trimmed), {}, begin, begin + trimmed.size()};
}

Read AsMoney(std::string_view text) {
  auto money = FindMoney(text);
  if (!money) money = FindAmount(text);
  if (!money) return std::nullopt;
  return Typed{std::move(money->amount), std::move(money->currency), money->begin, money->end};
}

Read AsCount(std::string_view text) {
  auto count = LocateCount(text);
  if (!count) return std::nullopt;
  return Typed{std::move(count->digits), {}, count->begin, count->end};
}

Read AsCountry(std::string_view text) {
  auto country = CountryOf(text);
  if (!country) return std::nullopt;
  return Typed{std::string(text.substr(country->begin, country->end - country->begin)),
               std::move(country->code), country->begin, country->end};
}

Read AsDate(std::string_view text, Habits habits) {
  auto date = FindDate(text, habits.order, habits.detail);
  if (!date) return std::nullopt;
  return Typed{std::move(date->iso), std::string(date->precision), date->begin, date->end};
}

Read AsDuration(std::string_view text) {
  auto age = FindAge(text);
  if (!age) return std::nullopt;
  return Typed{std::move(age->iso), std::string(age->unit), age->begin, age->end};
}

Read AsRating(std::string_view text) {
  auto rating = FindRating(text);
  if (!rating) return std::nullopt;
  return Typed{std::move(rating->value), std::move(rating->scale), rating->begin, rating->end};
}

Read AsFlag(std::string_view text) {
  const auto flag = FlagOf(text);
  auto whole = flag ? Whole(text) : std::nullopt;
  if (whole) whole->value = *flag ? "true" : "false";
  return whole;
}

}  // namespace

std::optional<Typed> ReadAs(wire::FieldType type, std::string_view text, Habits habits) {
  switch (type) {
    case wire::FieldType::kMoney:
      return AsMoney(text);
    case wire::FieldType::kCount:
      return AsCount(text);
    case wire::FieldType::kCountry:
      return AsCountry(text);
    case wire::FieldType::kDate:
      return AsDate(text, habits);
    case wire::FieldType::kDuration:
      return AsDuration(text);
    case wire::FieldType::kRating:
      return AsRating(text);
    case wire::FieldType::kFlag:
      return AsFlag(text);
    case wire::FieldType::kText:
    case wire::FieldType::kEnum:
    case wire::FieldType::kLink:
    case wire::FieldType::kPgp:
      break;
  }
  return Whole(text);
}

}  // namespace nightjar::values
