// SPDX-License-Identifier: Apache-2.0
// Ordinary text holds none of the kinds that have a checksum: a megabyte of sentences with numbers, dates,
// prices, digests and base64 between, the same for every run, and the licences that Debian installs.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <set>

#include "base/digest.h"
#include "base/file.h"
#include "base/random.h"
#include "sandbox/entities/entities.h"
#include "sandbox/entities/kinds.h"

namespace nightjar::entities {
namespace {

constexpr std::array kWords = {"the",
                               "of",
                               "and",
                               "to",
                               "in",
                               "a",
                               "is",
                               "that",
                               "for",
                               "it",
                               "as",
                               "was",
                               "with",
                               "be",
                               "by",
                               "on",
                               "not",
                               "he",
                               "I",
                               "this",
                               "are",
                               "or",
                               "his",
                               "from",
                               "at",
                               "which",
                               "but",
                               "have",
                               "an",
                               "had",
                               "they",
                               "you",
                               "were",
                               "their",
                               "one",
                               "all",
                               "we",
                               "can",
                               "her",
                               "has",
                               "there",
                               "been",
                               "if",
                               "more",
                               "when",
                               "will",
                               "would",
                               "who",
                               "so",
                               "no",
                               "telegram",
                               "signal",
                               "session",
                               "card",
                               "visa",
                               "phone",
                               "call",
                               "mail",
                               "key",
                               "pgp",
                               "fingerprint",
                               "order",
                               "number",
                               "price",
                               "shipping",
                               "stealth",
                               "refund",
                               "escrow",
                               "vendor",
                               "quality",
                               "package",
                               "delivery",
                               "country",
                               "Germany",
                               "France",
                               "Bitcoin",
                               "monero",
                               "address",
                               "payment",
                               "account",
                               "quick",
                               "brown",
                               "fox",
                               "jumps",
                               "over",
                               "lazy",
                               "dog",
                               "Strasse",
                               "München",
                               "naïve",
                               "internationalisation",
                               "Donaudampfschifffahrtsgesellschaft",
                               "x86",
                               "H2O",
                               "B2B",
                               "e.g.",
                               "i.e.",
                               "etc."};

std::string Digits(Random& random, std::uint64_t count) {
  std::string digits;
  for (; count > 0; --count) digits.push_back(static_cast<char>('0' + random.Next() % 10));
  return digits;
}

std::string Noise(Random& random) {
  const std::string seed = std::to_string(random.Next());
  std::string hex = Sha256(seed).Hex();
  switch (random.Next() % 9) {
    case 0:
      return hex;
    case 1:
      return hex.substr(0, 40);
    case 2:
      return hex.substr(0, 32);
    case 3:
      return Base64Encode(Sha256(seed).View());
    case 4:
      return "20" + Digits(random, 2) + "-0" + Digits(random, 1) + "-1" + Digits(random, 1) + " 1" +
             Digits(random, 1) + ":" + Digits(random, 2);
    case 5:
      return "$" + Digits(random, 3) + "." + Digits(random, 2);
    case 6:
      return Digits(random, 1 + random.Next() % 10);
    case 7:
      return Digits(random, 3) + " " + Digits(random, 3) + " " + Digits(random, 3);
    default:
      return Digits(random, 2) + "." + Digits(random, 2) + ".20" + Digits(random, 2);
  }
}

std::string Prose(std::size_t size) {
  SeededRandom random(7);
  std::string text;
  while (text.size() < size) {
    for (std::uint64_t words = 4 + random.Next() % 14; words > 0; --words)
      text.append(kWords[random.Next() % kWords.size()]).append(" ");
    if (random.Next() % 3 == 0) text.append(Noise(random)).append(" ");
    text.back() = '.';
    text.append(random.Next() % 5 == 0 ? "\n" : " ");
  }
  return text;
}

std::set<std::string_view> CheckedKinds() {
  std::set<std::string_view> checked;
  for (const Kind& kind : Kinds())
    if (kind.checked) checked.insert(kind.name);
  return checked;
}

void ExpectNoChecked(std::string_view text, const std::string& where) {
  const auto checked = CheckedKinds();
  for (const Found& found : FindEntities(text))
    EXPECT_FALSE(checked.contains(found.kind)) << where << ": " << found.kind << " " << found.value;
}

TEST(Prose, HoldsNoneOfTheCheckedKinds) {
  const std::string prose = Prose(1 << 20);
  ExpectNoChecked(prose, "prose");
  // The search was alive: an address put into it is found.
  std::string with_one = prose;
  with_one.insert(with_one.find(' ', 500'000), " 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
  int found = 0;
  for (const Found& one : FindEntities(with_one))
    if (one.kind == "btc") ++found;
  EXPECT_EQ(found, 1);
}

TEST(Prose, OfLicencesHoldsNoneOfTheCheckedKinds) {
  const std::filesystem::path licences = "/usr/share/common-licenses";
  if (!std::filesystem::exists(licences)) GTEST_SKIP() << "SKIP: no " << licences;
  for (const auto& entry : std::filesystem::directory_iterator(licences))
    ExpectNoChecked(*ReadFile(entry.path()), entry.path());
}

}  // namespace
}  // namespace nightjar::entities
