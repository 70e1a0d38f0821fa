// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/iban.h"

#include <algorithm>
#include <array>

namespace nightjar::entities {
namespace {

// What follows country and check digits: counts and n (digits), a (capitals), c (either).
struct Country {
  std::string_view code, structure;
};
constexpr std::array kCountries = {
    Country{"AD", "8n12c"},    Country{"AE", "19n"},     Country{"AL", "8n16c"},    Country{"AT", "16n"},
    Country{"AZ", "4a20c"},    Country{"BA", "16n"},     Country{"BE", "12n"},      Country{"BG", "4a6n8c"},
    Country{"BH", "4a14c"},    Country{"BI", "23n"},     Country{"BR", "23n1a1c"},  Country{"BY", "4c4n16c"},
    Country{"CH", "5n12c"},    Country{"CR", "18n"},     Country{"CY", "8n16c"},    Country{"CZ", "20n"},
    Country{"DE", "18n"},      Country{"DJ", "23n"},     Country{"DK", "14n"},      Country{"DO", "4c20n"},
    Country{"EE", "16n"},      Country{"EG", "25n"},     Country{"ES", "20n"},      Country{"FI", "14n"},
    Country{"FK", "2a12n"},    Country{"FO", "14n"},     Country{"FR", "10n11c2n"}, Country{"GB", "4a14n"},
    Country{"GE", "2a16n"},    Country{"GI", "4a15c"},   Country{"GL", "14n"},      Country{"GR", "7n16c"},
    Country{"GT", "4c20c"},    Country{"HR", "17n"},     Country{"HU", "24n"},      Country{"IE", "4a14n"},
    Country{"IL", "19n"},      Country{"IQ", "4a15n"},   Country{"IS", "22n"},      Country{"IT", "1a10n12c"},
    Country{"JO", "4a4n18c"},  Country{"KW", "4a22c"},   Country{"KZ", "3n13c"},    Country{"LB", "4n20c"},
    Country{"LC", "4a24c"},    Country{"LI", "5n12c"},   Country{"LT", "16n"},      Country{"LU", "3n13c"},
    Country{"LV", "4a13c"},    Country{"LY", "21n"},     Country{"MC", "10n11c2n"}, Country{"MD", "2c18c"},
    Country{"ME", "18n"},      Country{"MK", "3n10c2n"}, Country{"MN", "16n"},      Country{"MR", "23n"},
    Country{"MT", "4a5n18c"},  Country{"MU", "4a19n3a"}, Country{"NI", "4a20n"},    Country{"NL", "4a10n"},
    Country{"NO", "11n"},      Country{"OM", "3n16c"},   Country{"PK", "4a16c"},    Country{"PL", "24n"},
    Country{"PS", "4a21c"},    Country{"PT", "21n"},     Country{"QA", "4a21c"},    Country{"RO", "4a16c"},
    Country{"RS", "18n"},      Country{"RU", "14n15c"},  Country{"SA", "2n18c"},    Country{"SC", "4a20n3a"},
    Country{"SD", "14n"},      Country{"SE", "20n"},     Country{"SI", "15n"},      Country{"SK", "20n"},
    Country{"SM", "1a10n12c"}, Country{"SO", "19n"},     Country{"ST", "21n"},      Country{"SV", "4a20n"},
    Country{"TL", "19n"},      Country{"TN", "20n"},     Country{"TR", "6n16c"},    Country{"UA", "6n19c"},
    Country{"VA", "18n"},      Country{"VG", "4a16n"},   Country{"XK", "16n"},
};

constexpr std::size_t kHead = 4;  // country and check digits

const Country* FindCountry(std::string_view code) {
  const auto* found =
      std::lower_bound(kCountries.begin(), kCountries.end(), code,
                       [](const Country& country, std::string_view wanted) { return country.code < wanted; });
  return found != kCountries.end() && found->code == code ? found : nullptr;
}

bool Fits(char c, char kind) { return Is(c, kind == 'n' ? kDigit : kind == 'a' ? kUpper : kDigit | kUpper); }

// Takes "12c" off the front: how many and what.
struct Part {
  std::size_t count = 0;
  char kind = 'n';
};
Part TakePart(std::string_view& structure) {
  Part part;
  for (; IsDigit(structure.front()); structure.remove_prefix(1))
    part.count = part.count * 10 + static_cast<std::size_t>(structure.front() - '0');
  part.kind = structure.front();
  structure.remove_prefix(1);
  return part;
}

std::size_t LengthOf(const Country& country) {
  std::size_t length = kHead;
  for (std::string_view structure = country.structure; !structure.empty();)
    length += TakePart(structure).count;
  return length;
}

bool HasStructure(std::string_view account, std::string_view structure) {
  while (!structure.empty()) {
    const Part part = TakePart(structure);
    if (account.size() < part.count) return false;
    if (!All(account.substr(0, part.count), [&](char c) { return Fits(c, part.kind); })) return false;
    account.remove_prefix(part.count);
  }
  return account.empty();
}

// The number with its first four characters moved to the end and letters as 10..35, modulo 97.
unsigned Remainder(std::string_view packed) {
  unsigned remainder = 0;
  for (std::size_t i = 0; i < packed.size(); ++i) {
    const char c = packed[(i + kHead) % packed.size()];
    remainder = IsDigit(c) ? remainder * 10 + static_cast<unsigned>(c - '0')
                           : remainder * 100 + static_cast<unsigned>(c - 'A' + 10);
    remainder %= 97;
  }
  return remainder;
}

bool IsHead(std::string_view word) {
  return word.size() >= kHead && Is(word[0], kUpper) && Is(word[1], kUpper) && IsDigit(word[2]) &&
         IsDigit(word[3]);
}

}  // namespace

std::optional<std::string_view> CheckIban(std::string_view packed) {
  if (!IsHead(packed)) return std::nullopt;
  const Country* country = FindCountry(packed.substr(0, 2));
  if (country == nullptr || !HasStructure(packed.substr(kHead), country->structure)) return std::nullopt;
  // 00, 01 and 99 are never issued: 02..98 are the check digits there are.
  const int check = (packed[2] - '0') * 10 + (packed[3] - '0');
  if (check < 2 || check > 98 || Remainder(packed) != 1) return std::nullopt;
  return country->code;
}

void ReadIban(Scan& scan, std::size_t begin, std::size_t end) {
  const std::string_view text = scan.text;
  if (!IsHead(text.substr(begin, end - begin))) return;
  const Country* country = FindCountry(text.substr(begin, 2));
  if (country == nullptr) return;
  const std::size_t length = LengthOf(*country);
  std::string packed;
  std::size_t at = begin;
  for (; packed.size() < length; ++at) {
    const bool gap =
        packed.size() % 4 == 0 && !packed.empty() && (At(text, at) == ' ' || At(text, at) == '-');
    if (gap) ++at;
    if (!IsAlnum(At(text, at))) return;
    packed.push_back(text[at]);
  }
  if (IsAlnum(At(text, at)) || !CheckIban(packed)) return;
  scan.Add("iban", {begin, at}, std::move(packed), std::string(country->code), 95);
}

}  // namespace nightjar::entities
