// SPDX-License-Identifier: Apache-2.0
#include "indexer/rates/price_in_usd.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace nightjar::rates {
namespace {

// Currency -> how much of it one unit of the base is worth. Key of the outer map: the base, or empty where
// the page does not name it.
using Worth = std::map<std::string, double>;
using PrintedRates = std::map<std::string, Worth>;

struct Money {
  double amount = 0;
  std::string code{};  // upper case, of a whole unit
};

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

// Small units as parts of whole ones.
Money Whole(double amount, std::string_view unit) {
  if (unit == "sat") return {amount / 1e8, "BTC"};
  if (unit == "uBTC") return {amount / 1e6, "BTC"};
  if (unit.size() == 4 && unit.front() == 'm') return {amount / 1e3, Upper(unit.substr(1))};
  return {amount, Upper(unit)};
}

const wire::Field* FieldOf(const wire::Item& item, std::string_view name) {
  const auto found = std::ranges::find(item.fields, name, &wire::Field::name);
  return found == item.fields.end() ? nullptr : &*found;
}

PrintedRates RatesOf(const wire::Facts& facts) {
  PrintedRates rates;
  for (const wire::Item& item : facts.items) {
    if (item.kind != "exchange_rate") continue;
    const wire::Field* coin = FieldOf(item, "coin");
    const wire::Field* currency = FieldOf(item, "currency");
    const wire::Field* rate = FieldOf(item, "rate");
    const auto value = rate == nullptr ? std::nullopt : AmountOf(*rate);
    if (currency == nullptr || !value || *value <= 0) continue;
    const std::string base = coin == nullptr ? std::string() : Upper(coin->value);
    Worth& worth = rates[base];
    worth.emplace(Upper(currency->value), *value);  // the first of two wins
    if (!base.empty()) worth.emplace(base, 1.0);
  }
  return rates;
}

std::optional<double> ByPrintedRate(const Money& money, const PrintedRates& rates) {
  for (const auto& [base, worth] : rates) {
    const auto from = worth.find(money.code);
    const auto to = worth.find("USD");
    if (from != worth.end() && to != worth.end()) return money.amount / from->second * to->second;
  }
  return {};
}

}  // namespace

std::optional<double> AmountOf(const wire::Field& field) {
  double amount = 0;
  const char* end = field.value.data() + field.value.size();
  const auto [rest, error] = std::from_chars(field.value.data(), end, amount, std::chars_format::fixed);
  if (error != std::errc() || rest != end || !std::isfinite(amount) || amount < 0) return {};
  return amount;
}

std::optional<UsdPrice> PriceInUsd(const wire::Facts& facts, UtcTime seen, const RateTable* table) {
  const auto price = std::ranges::find(facts.fields, "price", &wire::Field::name);
  if (price == facts.fields.end() || price->unit.empty()) return {};
  const auto printed = AmountOf(*price);
  if (!printed) return {};
  const Money money = Whole(*printed, price->unit);
  if (money.code == "USD") return UsdPrice{.amount = money.amount, .source = {}};
  if (const auto amount = ByPrintedRate(money, RatesOf(facts)); amount && std::isfinite(*amount))
    return UsdPrice{.amount = *amount, .source = "printed rate"};
  if (table == nullptr) return {};
  const auto rate = table->On(money.code, std::chrono::floor<std::chrono::days>(seen));
  if (!rate) return {};
  return UsdPrice{.amount = money.amount * rate->usd,
                  .source = rate->day.empty() ? "rate without a date" : "daily rate of " + rate->day};
}

}  // namespace nightjar::rates
