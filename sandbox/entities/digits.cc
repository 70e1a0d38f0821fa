// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/digits.h"

#include <algorithm>
#include <array>
#include <vector>

#include "sandbox/entities/phones.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kShortestCard = 13;
constexpr std::size_t kLongestCard = 19;

struct Brand {
  std::string_view from, to;  // first digits, both included, of one length
  std::size_t shortest, longest;
  std::string_view name;
};
constexpr std::array kBrands = {
    Brand{"2200", "2204", 16, 19, "mir"},      Brand{"2221", "2720", 16, 16, "mastercard"},
    Brand{"300", "305", 14, 14, "diners"},     Brand{"34", "34", 15, 15, "amex"},
    Brand{"3528", "3589", 16, 19, "jcb"},      Brand{"36", "36", 14, 14, "diners"},
    Brand{"37", "37", 15, 15, "amex"},         Brand{"38", "39", 14, 14, "diners"},
    Brand{"4", "4", 13, 13, "visa"},           Brand{"4", "4", 16, 16, "visa"},
    Brand{"4", "4", 19, 19, "visa"},           Brand{"5018", "5018", 13, 19, "maestro"},
    Brand{"5020", "5020", 13, 19, "maestro"},  Brand{"5038", "5038", 13, 19, "maestro"},
    Brand{"51", "55", 16, 16, "mastercard"},   Brand{"5893", "5893", 13, 19, "maestro"},
    Brand{"6011", "6011", 16, 19, "discover"}, Brand{"62", "62", 16, 19, "unionpay"},
    Brand{"6304", "6304", 13, 19, "maestro"},  Brand{"644", "649", 16, 19, "discover"},
    Brand{"65", "65", 16, 19, "discover"},     Brand{"6759", "6759", 13, 19, "maestro"},
    Brand{"6761", "6763", 13, 19, "maestro"},
};

bool HoldsLuhn(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (auto c = digits.rbegin(); c != digits.rend(); ++c, twice = !twice) {
    const int value = (*c - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

struct Grouped {
  std::string digits;
  std::size_t end = 0;
  bool in_groups = false;
};

// The groups that follow the four digits at [begin, end), if they are those of a card.
std::optional<Grouped> ReadGroups(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::array<std::string_view, 4> kShapes = {"44443", "4444", "465", "464"};
  const char sign = At(text, end);
  if (sign != ' ' && sign != '-') return std::nullopt;
  std::string shape = "4";
  Grouped grouped{std::string(text.substr(begin, end - begin)), end, true};
  std::vector<std::size_t> ends = {end};
  while (At(text, grouped.end) == sign && shape.size() < 5) {
    const std::size_t group_end = EndOf(text, grouped.end + 1, IsDigit);
    const std::size_t size = group_end - grouped.end - 1;
    if (size < 3 || size > 6 || IsAlpha(At(text, group_end))) break;
    shape.push_back(static_cast<char>('0' + size));
    grouped.digits.append(text.substr(grouped.end + 1, size));
    grouped.end = group_end;
    ends.push_back(group_end);
  }
  for (const std::string_view known : kShapes) {
    if (!shape.starts_with(known)) continue;
    grouped.end = ends[known.size() - 1];
    std::size_t digits = 0;
    for (const char group : known) digits += static_cast<std::size_t>(group - '0');
    grouped.digits.resize(digits);
    return grouped;
  }
  return std::nullopt;
}

bool IsPartOfMore(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kJoins = "-.,/_#";
  const auto joined = [&](char sign, char beyond) {
    return sign == '_' || (kJoins.find(sign) != std::string_view::npos && IsDigit(beyond));
  };
  return joined(Before(text, begin), begin > 1 ? text[begin - 2] : '\0') ||
         (At(text, end) == '.' && IsDigit(At(text, end + 1))) || At(text, end) == '_';
}

bool ReadCard(Scan& scan, std::size_t begin, std::size_t end) {
  std::optional<Grouped> number;
  if (end - begin == 4) number = ReadGroups(scan.text, begin, end);
  if (end - begin >= kShortestCard && end - begin <= kLongestCard)
    number = Grouped{std::string(scan.text.substr(begin, end - begin)), end, false};
  if (!number || IsPartOfMore(scan.text, begin, number->end)) return false;
  const auto card = CheckCard(number->digits);
  if (!card) return false;
  const bool named = scan.topics.Near(Topic::kCard, begin, 200);
  const int bare = number->in_groups ? 75 : 50;
  scan.Add("payment_card", {begin, number->end}, card->masked, std::string(card->brand), named ? 90 : bare);
  scan.numbers_done = number->end;
  return true;
}

}  // namespace

std::optional<Card> CheckCard(std::string_view digits) {
  if (digits.size() < kShortestCard || digits.size() > kLongestCard || !All(digits, IsDigit))
    return std::nullopt;
  const auto fits = [&](const Brand& brand) {
    const std::string_view first = digits.substr(0, brand.from.size());
    return first >= brand.from && first <= brand.to && digits.size() >= brand.shortest &&
           digits.size() <= brand.longest;
  };
  const auto* brand = std::find_if(kBrands.begin(), kBrands.end(), fits);
  if (brand == kBrands.end() || !HoldsLuhn(digits)) return std::nullopt;
  std::string masked(digits);
  std::fill(masked.begin() + 6, masked.end() - 4, '*');
  return Card{std::move(masked), brand->name};
}

void ReadDigits(Scan& scan, std::size_t begin, std::size_t end) {
  if (begin < scan.numbers_done || !All(scan.text.substr(begin, end - begin), IsDigit)) return;
  if (!ReadCard(scan, begin, end)) ReadBarePhone(scan, begin);
}

}  // namespace nightjar::entities
