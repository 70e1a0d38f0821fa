// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "indexer/query/terms.h"
#include "sandbox/wire/facts.h"

namespace nightjar::query {
namespace {

using Names = std::vector<std::string_view>;

constexpr std::size_t kLongestName = 64;  // bytes that are compared: a longer value is near to nothing

// Those of sandbox/values/money.cc, which this side of the jail does not link; checked by a test.
constexpr auto kCurrencies = std::to_array<std::string_view>(
    {"aud",  "bch", "bgn",  "bnb", "brl",  "btc", "cad",  "chf",  "cny", "czk", "dai", "dash", "dkk",  "doge",
     "eth",  "eur", "firo", "gbp", "hkd",  "huf", "ils",  "inr",  "jpy", "krw", "ltc", "mbch", "mbtc", "mltc",
     "mxmr", "mxn", "nok",  "nzd", "part", "php", "pln",  "ron",  "rub", "sat", "sek", "sgd",  "sol",  "thb",
     "ton",  "trx", "try",  "uah", "ubtc", "usd", "usdc", "usdt", "xmr", "xrp", "zar", "zec"});

// Those of sandbox/entities/kinds.cc; checked by a test.
constexpr auto kEntityKinds = std::to_array<std::string_view>({"analytics_id",
                                                               "bch",
                                                               "btc",
                                                               "cve",
                                                               "dash",
                                                               "discord",
                                                               "doge",
                                                               "domain",
                                                               "email",
                                                               "eth",
                                                               "i2p",
                                                               "iban",
                                                               "icq",
                                                               "ipv4",
                                                               "ltc",
                                                               "matrix",
                                                               "onion",
                                                               "onion_v2",
                                                               "payment_card",
                                                               "pgp_fingerprint",
                                                               "pgp_key",
                                                               "pgp_key_damaged",
                                                               "pgp_key_id",
                                                               "pgp_message",
                                                               "pgp_signature",
                                                               "pgp_signed",
                                                               "pgp_subkey",
                                                               "pgp_user_id",
                                                               "phone",
                                                               "session",
                                                               "signal",
                                                               "telegram",
                                                               "threema",
                                                               "tox",
                                                               "trx",
                                                               "whatsapp",
                                                               "wickr",
                                                               "xmpp",
                                                               "xmr",
                                                               "xrp",
                                                               "zec"});

struct LanguageName {
  std::string_view name;
  std::string_view code;
};

// People write the language's name; ISO 639 has its code.
constexpr auto kLanguages = std::to_array<LanguageName>(
    {{"arabic", "ar"},    {"chinese", "zh"},    {"czech", "cs"},    {"danish", "da"},  {"dutch", "nl"},
     {"english", "en"},   {"finnish", "fi"},    {"french", "fr"},   {"german", "de"},  {"deutsch", "de"},
     {"hungarian", "hu"}, {"italian", "it"},    {"japanese", "ja"}, {"korean", "ko"},  {"norwegian", "no"},
     {"polish", "pl"},    {"portuguese", "pt"}, {"romanian", "ro"}, {"russian", "ru"}, {"spanish", "es"},
     {"swedish", "sv"},   {"turkish", "tr"},    {"ukrainian", "uk"}});

template <typename Enum>
Names AllNames(std::string_view (*name_of)(Enum), Enum last) {
  Names names;
  for (int i = 0; i <= static_cast<int>(last); ++i) names.push_back(name_of(static_cast<Enum>(i)));
  return names;
}

Names Kinds() {
  Names names = AllNames(&wire::PageKindName, wire::PageKind::kBoard);
  names.emplace_back("post");  // a page that holds posts
  return names;
}

std::string_view Nearest(std::string_view value, std::span<const std::string_view> names) {
  constexpr std::size_t kFarthest = 2;
  std::string_view nearest;
  std::size_t best = kFarthest + 1;
  for (const std::string_view name : names) {
    const std::size_t distance = EditDistance(value.substr(0, kLongestName), name);
    if (distance >= best || distance >= name.size()) continue;
    best = distance;
    nearest = name;
  }
  return nearest;
}

std::string NotOneOf(std::string_view what, std::string_view value, std::span<const std::string_view> names) {
  if (std::ranges::find(names, value) != names.end()) return {};
  const std::string_view nearest = Nearest(value, names);
  std::string sentence = fmt::format("there is no {} “{}”; ", what, Utf8Prefix(value, kLongestName));
  if (!nearest.empty()) return sentence + fmt::format("did you mean “{}”?", nearest);
  return sentence + fmt::format("write one of {}", fmt::join(names, ", "));
}

std::string WrongLanguage(const std::string& value) {
  const auto named = std::ranges::find(kLanguages, value, &LanguageName::name);
  if (named != kLanguages.end()) return fmt::format("languages have short names; write lang:{}", named->code);
  const std::size_t letters = std::min(value.find('-'), value.size());
  const bool code = (letters == 2 || letters == 3) && value.size() <= 12 &&
                    std::ranges::all_of(value, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  if (code) return {};
  return fmt::format("“{}” is no language; write its ISO 639 code, for example lang:de",
                     Utf8Prefix(value, kLongestName));
}

std::string WrongHex(std::string_view value, std::span<const std::size_t> lengths, std::string_view what) {
  const bool hex =
      std::ranges::all_of(value, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  if (hex && std::ranges::find(lengths, value.size()) != lengths.end()) return {};
  return fmt::format("“{}” is no {}; write {} hex digits", Utf8Prefix(value, kLongestName), what,
                     fmt::join(lengths, ", or "));
}

}  // namespace

std::string WrongValue(const FieldRow& field, std::string_view value) {
  static constexpr std::array<std::size_t, 4> kPgpLengths{40, 64, 16, 8};  // OpenPGP v4, v6, key ids
  static constexpr std::array<std::size_t, 1> kItemLength{32};
  const std::string folded = FoldValue(CanonicalValue(field, value));
  if (field.name == "kind") return NotOneOf("kind of page", folded, Kinds());
  if (field.name == "class") {
    return NotOneOf("class of pages", folded, AllNames(&wire::PageClassName, wire::PageClass::kError));
  }
  if (field.name == "verdict") {
    return NotOneOf("verdict", folded, AllNames(&wire::VerdictName, wire::Verdict::kQuarantined));
  }
  if (field.name == "entity")
    return NotOneOf("kind of entity", folded.substr(0, folded.find(' ')), kEntityKinds);
  if (field.name == "lang") return WrongLanguage(folded);
  if (field.name == "pgp") return WrongHex(folded, kPgpLengths, "PGP fingerprint or key id");
  if (field.name == "item") return WrongHex(folded, kItemLength, "item id");
  return {};
}

std::string WrongCurrency(std::string_view code) { return NotOneOf("currency", code, kCurrencies); }

}  // namespace nightjar::query
