// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/references.h"

#include <algorithm>
#include <array>

namespace nightjar::entities {
namespace {

struct Form {
  std::string_view head;  // with its "-"
  unsigned letters;       // what the rest consists of
  std::size_t shortest, longest;
  std::string_view note;
};
constexpr std::array kForms = {
    Form{"G-", kDigit | kUpper, 10, 10, "google analytics 4"},
    Form{"GTM-", kDigit | kUpper, 6, 8, "google tag manager"},
    Form{"AW-", kDigit, 9, 11, "google ads"},
    Form{"ca-pub-", kDigit, 16, 16, "google adsense"},
};

bool EndsHere(std::string_view text, std::size_t end) {
  const char after = At(text, end);
  return !IsAlnum(after) && after != '_' && !(after == '-' && IsAlnum(At(text, end + 1)));
}

std::size_t DigitsAt(std::string_view text, std::size_t at) { return EndOf(text, at, IsDigit) - at; }

// CVE's syntax since 2014: a year, then four digits or more.
void ReadCve(Scan& scan, std::size_t begin, std::size_t at) {
  const std::size_t year_end = at + 4;
  if (DigitsAt(scan.text, at) != 4 || At(scan.text, year_end) != '-') return;
  const std::size_t digits = DigitsAt(scan.text, year_end + 1);
  const std::size_t end = year_end + 1 + digits;
  const bool century = scan.text.substr(at, 2) == "19" || scan.text.substr(at, 2) == "20";
  if (digits < 4 || digits > 7 || !century || !EndsHere(scan.text, end)) return;
  scan.Add("cve", {begin, end}, Upper(scan.text.substr(begin, end - begin)), "", 95);
}

void ReadUniversal(Scan& scan, std::size_t begin, std::size_t at) {
  const std::size_t account = DigitsAt(scan.text, at);
  if (account < 4 || account > 10 || At(scan.text, at + account) != '-') return;
  const std::size_t property = DigitsAt(scan.text, at + account + 1);
  const std::size_t end = at + account + 1 + property;
  if (property < 1 || property > 4 || !EndsHere(scan.text, end)) return;
  scan.Add("analytics_id", {begin, end}, std::string(scan.text.substr(begin, end - begin)),
           "google analytics", 90);
}

// ym(12345678, "init", ...)
void ReadMetrika(Scan& scan, std::size_t begin, std::size_t at) {
  const std::size_t digits = DigitsAt(scan.text, at);
  const char after = At(scan.text, at + digits);
  if (digits < 5 || digits > 9 || (after != ',' && after != ')')) return;
  scan.Add("analytics_id", {begin, at + digits}, std::string(scan.text.substr(at, digits)), "yandex metrika",
           90);
}

void ReadForm(Scan& scan, std::size_t begin, const Form& form) {
  const std::size_t at = begin + form.head.size();
  const std::size_t end = EndOf(scan.text, at, [&](char c) { return Is(c, form.letters); });
  const std::string_view rest = scan.text.substr(at, end - at);
  const bool has_digit = std::any_of(rest.begin(), rest.end(), IsDigit);
  if (rest.size() < form.shortest || rest.size() > form.longest || !has_digit || !EndsHere(scan.text, end))
    return;
  scan.Add("analytics_id", {begin, end}, std::string(scan.text.substr(begin, end - begin)),
           std::string(form.note), 80);
}

}  // namespace

void ReadReference(Scan& scan, std::size_t begin, std::size_t end) {
  constexpr std::size_t kLongestHead = 3;
  const char after = At(scan.text, end);
  if (end - begin > kLongestHead || (after != '-' && after != '(')) return;
  const char before = Before(scan.text, begin);
  if (before == '-' || before == '_') return;
  const std::string_view word = scan.text.substr(begin, end - begin);
  if (after == '(') {
    if (word == "ym") ReadMetrika(scan, begin, end + 1);
    return;
  }
  if (EqualsNoCase(word, "cve")) return ReadCve(scan, begin, end + 1);
  if (word == "UA") return ReadUniversal(scan, begin, end + 1);
  for (const Form& form : kForms)
    if (scan.text.substr(begin).starts_with(form.head)) return ReadForm(scan, begin, form);
}

}  // namespace nightjar::entities
