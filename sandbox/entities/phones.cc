// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/phones.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "embedded/phone_plans_txt.h"
#include "sandbox/entities/digit_pattern.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kLongestNumber = 15;  // E.164
constexpr std::size_t kNearWord = 40;

struct Plan {
  std::string_view code, region, leading, mobile, fixed, other;
};

std::string_view TakeColumn(std::string_view& line) {
  const std::string_view column = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(column.size() + 1, line.size()));
  return column;
}

std::vector<Plan> ReadPlans(std::string_view file) {
  std::vector<Plan> plans;
  while (!file.empty()) {
    std::string_view line = file.substr(0, file.find('\n'));
    file.remove_prefix(std::min(line.size() + 1, file.size()));
    if (line.empty() || line.front() == '#') continue;
    Plan plan;
    for (std::string_view* column :
         {&plan.code, &plan.region, &plan.leading, &plan.mobile, &plan.fixed, &plan.other})
      *column = TakeColumn(line);
    plans.push_back(plan);
  }
  return plans;
}

const std::vector<Plan>& Plans() {
  static const std::vector<Plan> kPlans = ReadPlans(embedded::phone_plans_txt);
  return kPlans;
}

bool Fits(std::string_view pattern, std::string_view national) {
  return pattern != "-" && MatchesDigits(pattern, national);
}

std::string_view LineOf(const Plan& plan, std::string_view national) {
  const bool mobile = Fits(plan.mobile, national);
  const bool fixed = Fits(plan.fixed, national);
  if (mobile) return fixed ? "fixed or mobile" : "mobile";
  if (fixed) return "fixed";
  return Fits(plan.other, national) ? "other" : "";
}

std::optional<Phone> CheckIn(const Plan& plan, std::string_view digits) {
  const std::string_view national = digits.substr(plan.code.size());
  if (plan.leading != "*" && !MatchesDigits(plan.leading, national, true)) return std::nullopt;
  const std::string_view line = LineOf(plan, national);
  if (line.empty()) return std::nullopt;
  const std::string_view region = plan.region == "001" ? "international" : plan.region;
  return Phone{fmt::format("+{}", digits), fmt::format("{} {}", region, line)};
}

// A written number: its digits, and for each group where it ends in the text and among the digits.
struct Written {
  struct Group {
    std::size_t text_end, digits;
  };
  std::string digits;
  std::vector<Group> groups;
};

// Past one or two of blank, "-", ".", "/", "(", ")", a no-break space; or `at` where no digit follows.
std::size_t PastGap(std::string_view text, std::size_t at) {
  constexpr std::string_view kNoBreak = "\xC2\xA0";
  std::size_t next = at;
  for (int signs = 0; signs < 3 && next < text.size(); ++signs) {
    if (text.substr(next).starts_with(kNoBreak)) {
      next += kNoBreak.size();
    } else if (std::string_view(" -./()").find(text[next]) != std::string_view::npos) {
      ++next;
    }
  }
  return IsDigit(At(text, next)) ? next : at;
}

Written ReadGroups(std::string_view text, std::size_t at) {
  Written written;
  at = PastGap(text, at);
  while (IsDigit(At(text, at)) && written.digits.size() <= kLongestNumber) {
    const std::size_t end = EndOf(text, at, IsDigit);
    const std::string_view group = text.substr(at, std::min(end - at, kLongestNumber + 1));
    const bool trunk = group == "0" && Before(text, at) == '(' && At(text, end) == ')';
    if (!trunk) written.digits.append(group);
    if (IsAlpha(At(text, end)) || At(text, end) == '_') break;
    written.groups.push_back({end, written.digits.size()});
    at = PastGap(text, end);
    if (at == end) break;
  }
  return written;
}

struct Valid {
  Phone phone;
  std::size_t end = 0;
};

// The longest run of whole groups that is valid, `skip` digits left out at the front.
std::optional<Valid> LongestValid(const Written& written, std::size_t skip, std::size_t least) {
  for (auto group = written.groups.rbegin(); group != written.groups.rend(); ++group) {
    if (group->digits < skip + least) return std::nullopt;
    auto phone = CheckPhone(std::string_view(written.digits).substr(skip, group->digits - skip));
    if (phone) return Valid{std::move(*phone), group->text_end};
  }
  return std::nullopt;
}

void AddNumber(Scan& scan, std::size_t begin, const Valid& valid, int confidence) {
  struct Account {
    Topic topic;
    std::string_view kind;
  };
  constexpr std::array kAccounts = {Account{Topic::kSignal, "signal"}, Account{Topic::kWhatsApp, "whatsapp"}};
  const Scan::Place place{begin, valid.end};
  scan.numbers_done = valid.end;
  for (const Account& account : kAccounts)
    if (scan.topics.Near(account.topic, begin, kNearWord))
      scan.Add(account.kind, place, valid.phone.number, valid.phone.note, confidence);
  scan.Add("phone", place, valid.phone.number, valid.phone.note, confidence);
}

}  // namespace

std::optional<Phone> CheckPhone(std::string_view digits) {
  if (digits.size() < 5 || digits.size() > kLongestNumber || digits.front() == '0' || !All(digits, IsDigit))
    return std::nullopt;
  for (const Plan& plan : Plans()) {
    if (!digits.starts_with(plan.code)) continue;
    if (auto phone = CheckIn(plan, digits)) return phone;
  }
  return std::nullopt;
}

void ReadPhone(Scan& scan, std::size_t plus) {
  if (plus < scan.numbers_done || IsAlnum(Before(scan.text, plus))) return;
  const auto valid = LongestValid(ReadGroups(scan.text, plus + 1), 0, 5);
  if (valid) AddNumber(scan, plus, *valid, 85);
}

void ReadBarePhone(Scan& scan, std::size_t begin) {
  constexpr std::size_t kLeastDigits = 10;
  const bool named = scan.topics.Latest(Topic::kPhone, begin, kNearWord) ||
                     scan.topics.Latest(Topic::kWhatsApp, begin, kNearWord) ||
                     scan.topics.Latest(Topic::kSignal, begin, kNearWord);
  const char before = Before(scan.text, begin);
  if (!named || begin < scan.numbers_done || before == '+' || before == '.' || before == '-') return;
  const Written written = ReadGroups(scan.text, begin);
  const std::size_t skip = written.digits.starts_with("00") ? 2 : 0;
  const auto valid = LongestValid(written, skip, kLeastDigits);
  if (valid) AddNumber(scan, begin, *valid, skip != 0 ? 75 : 55);
}

}  // namespace nightjar::entities
