// SPDX-License-Identifier: Apache-2.0
#include "sandbox/values/money.h"

#include <algorithm>
#include <array>

#include "sandbox/values/letters.h"

namespace nightjar::values {
namespace {

using parse::IsDigit;

struct CurrencyName {
  std::string_view printed;
  std::string_view code;
};

// Signs before codes, longer before shorter. ISO 4217 for money of states, the exchanges' codes for coins.
// clang-format off
constexpr CurrencyName kCurrencies[] = {
    {"US$", "USD"}, {"AU$", "AUD"}, {"CA$", "CAD"}, {"NZ$", "NZD"}, {"A$", "AUD"}, {"C$", "CAD"}, {"R$", "BRL"},
    {"HK$", "HKD"}, {"S$", "SGD"}, {"$", "USD"}, {"€", "EUR"}, {"£", "GBP"}, {"฿", "BTC"}, {"₿", "BTC"}, {"Ƀ", "BTC"},
    {"Ξ", "ETH"}, {"Ł", "LTC"}, {"ɱ", "XMR"}, {"₮", "USDT"}, {"Ð", "DOGE"}, {"¥", "JPY"}, {"₽", "RUB"}, {"₹", "INR"},
    {"₴", "UAH"}, {"₩", "KRW"}, {"₪", "ILS"}, {"₺", "TRY"}, {"₱", "PHP"}, {"zł", "PLN"}, {"Kč", "CZK"},
    {"mBTC", "mBTC"}, {"mXMR", "mXMR"}, {"mBCH", "mBCH"}, {"mLTC", "mLTC"}, {"uBTC", "uBTC"}, {"μBTC", "uBTC"},
    {"satoshis", "sat"}, {"satoshi", "sat"}, {"sats", "sat"}, {"bitcoin cash", "BCH"}, {"bitcoins", "BTC"},
    {"bitcoin", "BTC"}, {"monero", "XMR"}, {"litecoin", "LTC"}, {"ethereum", "ETH"}, {"zcash", "ZEC"},
    {"dogecoin", "DOGE"}, {"tether", "USDT"}, {"euros", "EUR"}, {"euro", "EUR"}, {"dollars", "USD"},
    {"dollar", "USD"}, {"рублей", "RUB"}, {"руб", "RUB"},
    {"USDT", "USDT"}, {"USDC", "USDC"}, {"USD", "USD"}, {"EUR", "EUR"}, {"GBP", "GBP"}, {"AUD", "AUD"}, {"CAD", "CAD"},
    {"CHF", "CHF"}, {"JPY", "JPY"}, {"CNY", "CNY"}, {"HKD", "HKD"}, {"SGD", "SGD"}, {"KRW", "KRW"}, {"THB", "THB"},
    {"NZD", "NZD"}, {"SEK", "SEK"}, {"NOK", "NOK"}, {"DKK", "DKK"}, {"PLN", "PLN"}, {"CZK", "CZK"}, {"HUF", "HUF"},
    {"RON", "RON"}, {"BGN", "BGN"}, {"ILS", "ILS"}, {"RUB", "RUB"}, {"UAH", "UAH"}, {"TRY", "TRY"}, {"BRL", "BRL"},
    {"INR", "INR"}, {"ZAR", "ZAR"}, {"MXN", "MXN"}, {"PHP", "PHP"}, {"BTC", "BTC"}, {"XBT", "BTC"}, {"XMR", "XMR"},
    {"LTC", "LTC"}, {"ETH", "ETH"}, {"BCH", "BCH"}, {"DASH", "DASH"}, {"ZEC", "ZEC"}, {"DOGE", "DOGE"}, {"XRP", "XRP"},
    {"TRX", "TRX"}, {"SOL", "SOL"}, {"BNB", "BNB"}, {"TON", "TON"}, {"DAI", "DAI"}, {"FIRO", "FIRO"}, {"PART", "PART"},
};
// clang-format on

// Does the sign or word name a letter at its end (else it may touch what follows: "$5")?
bool EndsInLetter(const CurrencyName& name) { return IsWordBefore(name.printed, name.printed.size()); }
bool IsSign(const CurrencyName& name) { return !IsLetterAt(name.printed, 0) || !EndsInLetter(name); }

// A currency printed at the front or the back of `text`, as a word of its own.
const CurrencyName* CurrencyAtFront(std::string_view text) {
  if (text.empty()) return nullptr;
  const char first = parse::LowerOf(text.front());
  for (const CurrencyName& name : kCurrencies) {
    if (parse::LowerOf(name.printed.front()) != first || !parse::StartsWithNoCase(text, name.printed))
      continue;
    if (!EndsInLetter(name) || !IsLetterAt(text, name.printed.size())) return &name;
  }
  return nullptr;
}

const CurrencyName* CurrencyAtBack(std::string_view text) {
  if (text.empty()) return nullptr;
  const char last = parse::LowerOf(text.back());
  for (const CurrencyName& name : kCurrencies) {
    if (parse::LowerOf(name.printed.back()) != last || text.size() < name.printed.size()) continue;
    const std::size_t at = text.size() - name.printed.size();
    if (!parse::EqualsNoCase(text.substr(at), name.printed)) continue;
    if (!IsLetterAt(name.printed, 0) || !IsWordBefore(text, at)) return &name;
  }
  return nullptr;
}

std::size_t PlainNumberEnd(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (IsDigitAt(text, end) ||
         (end < text.size() && (text[end] == '.' || text[end] == ',') && IsDigitAt(text, end + 1))) {
    ++end;
  }
  return end;
}

bool IsGroupAt(std::string_view text, std::size_t at) {
  return IsDigitAt(text, at) && IsDigitAt(text, at + 1) && IsDigitAt(text, at + 2) &&
         !IsDigitAt(text, at + 3);
}

// Thousands may be parted by an apostrophe ("1'108.00"), and by blanks where a decimal comma follows
// ("1 108,00 €"); "3 500 mg" are two numbers. At most four such groups: a bound, for rows of numbers.
std::size_t NumberEnd(std::string_view text, std::size_t at) {
  const std::size_t plain = PlainNumberEnd(text, at);
  if (plain - at > 3) return plain;
  const auto separator_at = [&](std::size_t i) {
    return text.substr(i, 1) == "'" ? std::size_t{1} : BlankAt(text, i);
  };
  std::size_t end = plain;
  for (int groups = 0; groups < 4; ++groups) {
    const std::size_t separator = separator_at(end);
    if (separator == 0 || !IsGroupAt(text, end + separator)) break;
    end += separator + 3;
  }
  const bool comma = text.substr(end, 1) == "," && IsDigitAt(text, end + 1);
  const bool point = text.substr(end, 1) == "." && IsDigitAt(text, end + 1);
  if (end == plain || (BlankAt(text, plain) != 0 && !comma)) return plain;
  if (!comma && !point) return end;
  for (++end; IsDigitAt(text, end);) ++end;
  return end;
}

std::string WithoutBlanks(std::string_view printed) {
  std::string number;
  for (const char c : printed) {
    if (IsDigit(c) || c == '.' || c == ',') number.push_back(c);
  }
  return number;
}

// "~", "≈", "approx." and the like at the end of `before`; the sign's place, where it is one.
void NoteApproximate(std::string_view before, Money& money) {
  while (before.ends_with(' ')) before.remove_suffix(1);
  for (const std::string_view sign : {"~", "≈", "≃", "±"}) {
    if (!before.ends_with(sign)) continue;
    money.approximate = true;
    money.begin = before.size() - sign.size();
  }
  for (const std::string_view word : {"ca.", "ca", "approx.", "approx", "approximately", "about", "circa"}) {
    if (before.size() < word.size()) continue;
    const std::size_t at = before.size() - word.size();
    money.approximate |= parse::EqualsNoCase(before.substr(at), word) && !IsWordBefore(before, at);
  }
}

// The number at [at, end) with the currency beside it: before it, else after it; one blank may stand between.
Money Dress(std::string_view text, std::size_t at, std::size_t end, std::string amount) {
  Money money{.amount = std::move(amount), .currency = {}, .begin = at, .end = end};
  std::string_view before = text.substr(0, at);
  if (before.ends_with(' ')) before.remove_suffix(1);
  const std::size_t blank = BlankAt(text, end);
  const CurrencyName* after_name = CurrencyAtFront(text.substr(end + blank));
  const CurrencyName* before_name = CurrencyAtBack(before);
  // "12 USD / 0.004 BTC": what follows at once belongs to the number; a word before it may end the amount
  // before.
  if (before_name != nullptr && (IsSign(*before_name) || after_name == nullptr)) {
    money.currency = before_name->code;
    money.begin = before.size() - before_name->printed.size();
  } else if (after_name != nullptr) {
    money.currency = after_name->code;
    money.end = end + blank + after_name->printed.size();
  }
  NoteApproximate(text.substr(0, money.begin), money);
  return money;
}

bool StartsNumber(std::string_view text, std::size_t at) {
  if (!IsDigit(text[at])) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  if (before == '.' || before == ',') return at < 2 || !IsDigit(text[at - 2]);
  return !IsDigit(before) && !parse::IsAlpha(before);
}

template <typename Accept>
std::optional<Money> FirstNumber(std::string_view text, std::size_t from, const Accept& accept) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!StartsNumber(text, at) &&
        !(IsDigit(text[at]) && at > 0 && CurrencyAtBack(text.substr(0, at)) != nullptr)) {
      continue;
    }
    const std::size_t end = NumberEnd(text, at);
    if (auto amount = ExactDecimal(WithoutBlanks(text.substr(at, end - at)))) {
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

bool IsCoin(std::string_view code) {
  constexpr auto kCoins = std::to_array<std::string_view>(
      {"BTC", "XMR", "LTC", "ETH", "BCH",  "DASH", "ZEC",  "DOGE", "XRP",  "TRX",  "USDT", "USDC",
       "SOL", "BNB", "TON", "DAI", "FIRO", "PART", "mBTC", "uBTC", "mXMR", "mBCH", "mLTC", "sat"});
  return std::find(kCoins.begin(), kCoins.end(), code) != kCoins.end();
}

}  // namespace nightjar::values
