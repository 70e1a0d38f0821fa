// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/money.h"

#include <algorithm>
#include <array>

#include "sandbox/extract/words.h"

namespace nightjar::extract {
namespace {

using parse::IsAlpha;
using parse::IsDigit;

struct CurrencyName {
  std::string_view printed;
  std::string_view code;
};

// Signs before codes, longer before shorter. ISO 4217 for money of states, the exchanges' codes for coins.
// clang-format off
constexpr CurrencyName kCurrencies[] = {
    {"US$", "USD"}, {"AU$", "AUD"}, {"CA$", "CAD"}, {"NZ$", "NZD"}, {"A$", "AUD"}, {"C$", "CAD"}, {"R$", "BRL"},
    {"$", "USD"}, {"€", "EUR"}, {"£", "GBP"}, {"฿", "BTC"}, {"₿", "BTC"}, {"Ƀ", "BTC"}, {"Ξ", "ETH"}, {"Ł", "LTC"},
    {"ɱ", "XMR"}, {"¥", "JPY"}, {"₽", "RUB"}, {"₹", "INR"}, {"₴", "UAH"}, {"zł", "PLN"},
    {"mBTC", "mBTC"}, {"mBCH", "mBCH"}, {"bitcoins", "BTC"}, {"bitcoin", "BTC"}, {"monero", "XMR"}, {"litecoin", "LTC"},
    {"ethereum", "ETH"}, {"euros", "EUR"}, {"euro", "EUR"}, {"dollars", "USD"},
    {"USDT", "USDT"}, {"USD", "USD"}, {"EUR", "EUR"}, {"GBP", "GBP"}, {"AUD", "AUD"}, {"CAD", "CAD"}, {"CHF", "CHF"},
    {"JPY", "JPY"}, {"CNY", "CNY"}, {"HKD", "HKD"}, {"NZD", "NZD"}, {"SEK", "SEK"}, {"NOK", "NOK"}, {"DKK", "DKK"},
    {"PLN", "PLN"}, {"CZK", "CZK"}, {"RUB", "RUB"}, {"UAH", "UAH"}, {"TRY", "TRY"}, {"BRL", "BRL"}, {"INR", "INR"},
    {"ZAR", "ZAR"}, {"MXN", "MXN"}, {"BTC", "BTC"}, {"XBT", "BTC"}, {"XMR", "XMR"}, {"LTC", "LTC"}, {"ETH", "ETH"},
    {"BCH", "BCH"}, {"DASH", "DASH"}, {"ZEC", "ZEC"}, {"DOGE", "DOGE"}, {"XRP", "XRP"}, {"TRX", "TRX"},
};
// clang-format on

bool IsWordByte(char c) { return IsAlpha(c) || IsDigit(c) || (static_cast<unsigned char>(c) & 0x80) != 0; }

// A currency printed at the front or the back of `text`, as a word of its own.
const CurrencyName* CurrencyAtFront(std::string_view text) {
  for (const CurrencyName& name : kCurrencies) {
    if (!parse::StartsWithNoCase(text, name.printed)) continue;
    const bool word = IsAlpha(name.printed.back());
    if (!word || text.size() == name.printed.size() || !IsAlpha(text[name.printed.size()])) return &name;
  }
  return nullptr;
}

const CurrencyName* CurrencyAtBack(std::string_view text) {
  for (const CurrencyName& name : kCurrencies) {
    if (text.size() < name.printed.size()) continue;
    const std::size_t at = text.size() - name.printed.size();
    if (!parse::EqualsNoCase(text.substr(at), name.printed)) continue;
    const bool word = IsAlpha(name.printed.front());
    if (!word || at == 0 || !IsWordByte(text[at - 1])) return &name;
  }
  return nullptr;
}

std::size_t NumberEnd(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (IsDigit(text[end]) || ((text[end] == '.' || text[end] == ',') &&
                                                      end + 1 < text.size() && IsDigit(text[end + 1])))) {
    ++end;
  }
  return end;
}

// The number at [at, end) with the currency beside it: before it, else after it; one blank may stand between.
Money Dress(std::string_view text, std::size_t at, std::size_t end, std::string amount) {
  Money money{std::move(amount), {}, at, end};
  std::string_view before = text.substr(0, at);
  if (before.ends_with(' ')) before.remove_suffix(1);
  const std::size_t blank = end < text.size() ? BlankAt(text, end) : 0;
  const CurrencyName* after_name = CurrencyAtFront(text.substr(end + blank));
  const CurrencyName* before_name = CurrencyAtBack(before);
  // "12 USD / 0.004 BTC": what follows at once belongs to the number; a word before it may end the amount
  // before.
  const bool sign_before = before_name != nullptr && !IsAlpha(before_name->printed.back());
  if (before_name != nullptr && (sign_before || after_name == nullptr)) {
    money.currency = before_name->code;
    money.begin = before.size() - before_name->printed.size();
  } else if (after_name != nullptr) {
    money.currency = after_name->code;
    money.end = end + blank + after_name->printed.size();
  }
  return money;
}

bool StartsNumber(std::string_view text, std::size_t at) {
  if (!IsDigit(text[at])) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  if (before == '.' || before == ',') return at < 2 || !IsDigit(text[at - 2]);
  return !IsDigit(before) && !IsAlpha(before);
}

template <typename Accept>
std::optional<Money> FirstNumber(std::string_view text, std::size_t from, const Accept& accept) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!StartsNumber(text, at) &&
        !(IsDigit(text[at]) && at > 0 && CurrencyAtBack(text.substr(0, at)) != nullptr)) {
      continue;
    }
    const std::size_t end = NumberEnd(text, at);
    if (auto amount = ExactDecimal(text.substr(at, end - at))) {
      Money money = Dress(text, at, end, std::move(*amount));
      if (accept(money)) return money;
    }
    at = end;
  }
  return std::nullopt;
}

// Groups of exactly three digits after the first group: "1,108" or "1.108.000".
bool IsGrouped(std::string_view digits, char separator) {
  std::size_t at = digits.find(separator);
  if (at == 0 || at > 3) return false;
  for (; at != std::string_view::npos; at = digits.find(separator, at + 1)) {
    const std::size_t next = digits.find(separator, at + 1);
    if (std::min(next, digits.size()) - at != 4) return false;
  }
  return true;
}

}  // namespace

std::string_view CurrencyOf(std::string_view word) {
  const auto* found =
      std::find_if(std::begin(kCurrencies), std::end(kCurrencies),
                   [&](const CurrencyName& name) { return parse::EqualsNoCase(name.printed, word); });
  return found == std::end(kCurrencies) ? std::string_view() : found->code;
}

std::optional<std::string> ExactDecimal(std::string_view printed) {
  if (printed.empty() || printed.size() > 40) return std::nullopt;
  const std::size_t points = static_cast<std::size_t>(std::count(printed.begin(), printed.end(), '.'));
  const std::size_t commas = static_cast<std::size_t>(std::count(printed.begin(), printed.end(), ','));
  char decimal = '.';
  if (points > 0 && commas > 0) {
    decimal = printed.rfind(',') > printed.rfind('.') ? ',' : '.';
  } else if (commas > 0) {
    decimal = IsGrouped(printed, ',') ? '.' : ',';
  } else if (points > 1) {
    decimal = ',';
  }
  if (std::count(printed.begin(), printed.end(), decimal) > 1) return std::nullopt;
  const char grouping = decimal == '.' ? ',' : '.';
  const std::string_view whole = printed.substr(0, printed.find(decimal));
  if (whole.find(grouping) != std::string_view::npos && !IsGrouped(whole, grouping)) return std::nullopt;
  std::string exact;
  for (const char c : printed) {
    if (c != grouping) exact.push_back(c == decimal ? '.' : c);
  }
  return exact;
}

std::optional<Money> FindMoney(std::string_view text, std::size_t from) {
  return FirstNumber(text, from, [](const Money& money) { return !money.currency.empty(); });
}

std::optional<Money> FindAmount(std::string_view text) {
  return FirstNumber(text, 0, [](const Money&) { return true; });
}

}  // namespace nightjar::extract
