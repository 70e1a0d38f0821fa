// SPDX-License-Identifier: Apache-2.0
// Amounts of money as people print them: "$1,108.00", "49,90 €", "0.00542 BTC", "USD 12",
// "~ 3 mBTC". Amounts stay exact decimal texts: never a floating point number, never rounded; only separators
// of thousands go and a decimal comma becomes a point. A unit of quantity after the amount ("/g") is the
// caller's matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nightjar::values {

struct Money {
  std::string amount;        // "1108.00"
  std::string currency;      // ISO 4217 code, coin code or part of a coin ("mBTC"); empty if none is printed
  bool approximate = false;  // "~", "≈", "ca.", "approx." or "about" stands before it
  std::size_t begin = 0, end = 0;  // of amount, currency and a "~", in the text
};

// The first amount with a currency, at or after `from`.
[[nodiscard]] std::optional<Money> FindMoney(std::string_view text, std::size_t from = 0);

// The first number, with its currency if one stands beside it.
[[nodiscard]] std::optional<Money> FindAmount(std::string_view text);

// The exact decimal behind a printed number ("1.108,00" -> "1108.00"), or nothing.
[[nodiscard]] std::optional<std::string> ExactDecimal(std::string_view printed);

// "usd", "$", "Bitcoin" -> "USD", "USD", "BTC"; empty for no currency.
[[nodiscard]] std::string_view CurrencyOf(std::string_view word);

// Is the code that of a coin or a part of one, not of a state's money?
[[nodiscard]] bool IsCoin(std::string_view code);

}  // namespace nightjar::values
