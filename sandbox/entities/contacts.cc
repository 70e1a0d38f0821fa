// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/contacts.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sandbox/entities/phones.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kNearName = 48;  // bytes between a messenger's word and "@name"

bool IsNameByte(char c) { return IsAlnum(c) || c == '_'; }
bool IsLooseNameByte(char c) { return IsNameByte(c) || c == '.' || c == '-'; }
bool IsSpace(char c) { return c == ' ' || c == '\t'; }

// How a name is joined to the word before it.
struct Lead {
  std::size_t at = 0;  // where the name would begin
  bool colon = false;  // ":" or "=" stands between
  bool at_sign = false;
};

bool IsFiller(std::string_view word) {
  constexpr std::array<std::string_view, 13> kFillers = {"me",     "id",     "name",    "username", "user",
                                                         "handle", "number", "contact", "nick",     "account",
                                                         "uin",    "is",     "my"};
  return std::any_of(kFillers.begin(), kFillers.end(),
                     [&](std::string_view filler) { return EqualsNoCase(word, filler); });
}

// Past "me - ID :", at most three such words.
Lead ReadLead(std::string_view text, std::size_t end) {
  Lead lead{EndOf(text, end, IsSpace)};
  for (int words = 0; words < 3; ++words) {
    const std::size_t word_end = EndOf(text, lead.at, IsAlpha);
    if (word_end - lead.at > 8 || !IsFiller(text.substr(lead.at, word_end - lead.at))) break;
    lead.at = EndOf(text, word_end, IsSpace);
  }
  while (At(text, lead.at) == ':' || At(text, lead.at) == '=' || At(text, lead.at) == '-') {
    lead.colon = lead.colon || text[lead.at] != '-';
    lead.at = EndOf(text, lead.at + 1, IsSpace);
  }
  lead.at_sign = At(text, lead.at) == '@';
  if (lead.at_sign) ++lead.at;
  return lead;
}

// At most kLongestName bytes are looked at: names in names ("tg_tg_tg_") must not make reading quadratic.
constexpr std::size_t kLongestName = 64;

template <typename Test>
std::string_view NameAt(std::string_view text, std::size_t at, Test test) {
  std::string_view name = text.substr(at, kLongestName);
  name = name.substr(0, EndOf(name, 0, test));
  while (!name.empty() && (name.back() == '.' || name.back() == '-')) name.remove_suffix(1);
  return name;
}

Scan::Place PlaceOf(std::string_view name, std::size_t at) { return {at, at + name.size()}; }

bool HasDigitOrLine(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return IsDigit(c) || c == '_'; });
}

// Words of prose that follow "telegram:" or "wickr:" as answers do.
bool IsAnswer(std::string_view name) {
  constexpr std::array<std::string_view, 42> kAnswers = {
      "all",     "also",    "and",      "ask",     "available", "below",    "bot",  "channel", "click",
      "coming",  "contact", "contacts", "email",   "for",       "group",    "here", "http",    "https",
      "install", "join",    "just",     "message", "messenger", "messages", "none", "not",     "only",
      "orders",  "please",  "profile",  "request", "same",      "secure",   "see",  "send",    "soon",
      "support", "the",     "username", "yes",     "you",       "your"};
  return std::any_of(kAnswers.begin(), kAnswers.end(),
                     [&](std::string_view answer) { return EqualsNoCase(name, answer); });
}

bool IsTelegramName(std::string_view name) {
  return name.size() >= 5 && name.size() <= 32 && IsAlpha(name.front()) && All(name, IsNameByte);
}

void ReadTelegram(Scan& scan, const Lead& lead) {
  const std::string_view name = NameAt(scan.text, lead.at, IsNameByte);
  const char after = At(scan.text, lead.at + name.size());
  // "@name" is read at its "@"; a dot and a letter, or "://", make it a link.
  if (lead.at_sign || !lead.colon || !IsTelegramName(name) || IsAnswer(name) || after == ':' || after == '/')
    return;
  if (after == '.' && IsAlnum(At(scan.text, lead.at + name.size() + 1))) return;
  scan.Add("telegram", PlaceOf(name, lead.at), Lower(name), "", HasDigitOrLine(name) ? 75 : 55);
}

void ReadWickr(Scan& scan, const Lead& lead) {
  const std::string_view name = NameAt(scan.text, lead.at, IsLooseNameByte);
  if ((!lead.colon && !lead.at_sign && !HasDigitOrLine(name)) || name.size() < 3 || name.size() > 32) return;
  const char after = At(scan.text, lead.at + name.size());
  if (IsAnswer(name) || after == '@' || after == ':' || !IsAlnum(name.front())) return;
  scan.Add("wickr", PlaceOf(name, lead.at), Lower(name), "", HasDigitOrLine(name) ? 75 : 60);
}

void ReadThreema(Scan& scan, const Lead& lead) {
  constexpr std::size_t kSize = 8;
  const std::size_t star = At(scan.text, lead.at) == '*' ? 1 : 0;
  const std::string_view name = scan.text.substr(lead.at, kSize);
  if (name.size() != kSize || IsNameByte(At(scan.text, lead.at + kSize))) return;
  if (!All(name.substr(star), [](char c) { return Is(c, kDigit | kUpper); })) return;
  if (!lead.colon && !HasDigitOrLine(name)) return;
  scan.Add("threema", PlaceOf(name, lead.at), std::string(name), star != 0 ? "gateway" : "", 80);
}

void ReadIcq(Scan& scan, const Lead& lead) {
  std::string digits;
  std::size_t at = lead.at;
  while (IsDigit(At(scan.text, at)) && digits.size() <= 10) {
    digits.push_back(scan.text[at++]);
    if ((At(scan.text, at) == '-' || At(scan.text, at) == ' ') && IsDigit(At(scan.text, at + 1))) ++at;
  }
  if (digits.size() < 5 || digits.size() > 10 || digits.front() == '0' || IsNameByte(At(scan.text, at)))
    return;
  scan.Add("icq", {lead.at, at}, std::move(digits), "", 80);
}

void ReadSignal(Scan& scan, const Lead& lead) {
  const std::size_t size = NameAt(scan.text, lead.at, IsNameByte).size();
  const std::size_t dot = lead.at + size;
  if (At(scan.text, dot) != '.' || size < 3 || size > 32 || IsDigit(scan.text[lead.at])) return;
  const std::size_t end = EndOf(scan.text, dot + 1, IsDigit);
  if (end - dot < 3 || end - dot > 10 || IsNameByte(At(scan.text, end))) return;
  scan.Add("signal", {lead.at, end}, Lower(scan.text.substr(lead.at, end - lead.at)), "user name", 80);
}

void ReadDiscord(Scan& scan, const Lead& lead) {
  std::string_view name = NameAt(scan.text, lead.at, IsLooseNameByte);
  if (name.size() < 2 || name.size() > 32 || IsAnswer(name)) return;
  const std::size_t hash = lead.at + name.size();
  const bool tagged = At(scan.text, hash) == '#' && EndOf(scan.text, hash + 1, IsDigit) == hash + 5;
  if (!tagged && (!lead.colon || At(scan.text, hash) == ':')) return;
  if (tagged) name = scan.text.substr(lead.at, name.size() + 5);
  scan.Add("discord", PlaceOf(name, lead.at), std::string(name), "user name", tagged ? 85 : 55);
}

// One step of a path at `at`, without what follows it; empty where it is too long for a name.
std::string_view StepAt(std::string_view text, std::size_t at) {
  const std::string_view step =
      NameAt(text, at, [](char c) { return IsNameByte(c) || c == '-' || c == '+'; });
  return step.size() < kLongestName ? step : std::string_view();
}

// Paths of t.me that name no account (core.telegram.org/api/links).
bool IsTelegramsOwn(std::string_view name) {
  constexpr std::array<std::string_view, 18> kOwn = {
      "addemoji", "addlist",     "addstickers", "addtheme", "boost",    "confirmphone",
      "contact",  "giftcode",    "invoice",     "joinchat", "login",    "nft",
      "proxy",    "setlanguage", "share",       "socks",    "addstyle", "auction"};
  return std::any_of(kOwn.begin(), kOwn.end(), [&](std::string_view own) { return EqualsNoCase(name, own); });
}

void ReadTelegramLink(Scan& scan, std::size_t begin, std::size_t at) {
  for (const std::string_view skipped : {"joinchat/", "s/"}) {
    if (!scan.text.substr(at).starts_with(skipped)) continue;
    at += skipped.size();
    if (skipped == "s/") break;
    const std::string_view code = StepAt(scan.text, at);
    if (code.size() >= 16)
      scan.Add("telegram", {begin, at + code.size()}, "+" + std::string(code), "invitation", 90);
    return;
  }
  const std::string_view name = StepAt(scan.text, at);
  if (name.starts_with('+') && name.size() >= 16) {
    scan.Add("telegram", {begin, at + name.size()}, std::string(name), "invitation", 90);
  } else if (name.size() >= 4 && IsAlpha(name.front()) && All(name, IsNameByte) && !IsTelegramsOwn(name)) {
    scan.Add("telegram", {begin, at + name.size()}, Lower(name), "link", 95);
  }
}

void ReadNumberLink(Scan& scan, std::size_t begin, std::size_t at, std::string_view kind) {
  if (At(scan.text, at) == '+') ++at;
  const std::size_t end = EndOf(scan.text, at, IsDigit);
  const auto phone = CheckPhone(scan.text.substr(at, std::min<std::size_t>(end - at, 16)));
  if (phone) scan.Add(kind, {begin, end}, phone->number, phone->note, 95);
}

void ReadCodeLink(Scan& scan, std::size_t begin, std::size_t at, std::string_view kind) {
  const std::string_view code = StepAt(scan.text, at);
  if (code.size() >= 2) scan.Add(kind, {begin, at + code.size()}, std::string(code), "invitation", 90);
}

}  // namespace

void ReadHandleAfter(Scan& scan, Topic topic, std::size_t end) {
  switch (topic) {
    case Topic::kTelegram:
      return ReadTelegram(scan, ReadLead(scan.text, end));
    case Topic::kWickr:
      return ReadWickr(scan, ReadLead(scan.text, end));
    case Topic::kThreema:
      return ReadThreema(scan, ReadLead(scan.text, end));
    case Topic::kIcq:
      return ReadIcq(scan, ReadLead(scan.text, end));
    case Topic::kSignal:
      return ReadSignal(scan, ReadLead(scan.text, end));
    case Topic::kDiscord:
      return ReadDiscord(scan, ReadLead(scan.text, end));
    default:
      return;
  }
}

void ReadAtName(Scan& scan, std::size_t at) {
  const std::string_view name = NameAt(scan.text, at + 1, IsNameByte);
  if (!IsTelegramName(name)) return;
  const std::size_t end = at + 1 + name.size();
  bool telegram = scan.topics.Latest(Topic::kTelegram, at, kNearName);
  std::size_t next = end;
  for (int words = 0; words < 3 && !telegram; ++words) {  // "@name on Telegram", "@name (tg)"
    next = EndOf(scan.text, next, [](char c) { return IsSpace(c) || c == '(' || c == '-' || c == '['; });
    const std::size_t word_end = EndOf(scan.text, next, IsAlpha);
    if (word_end - next > 10) break;
    telegram = TopicOf(scan.text.substr(next, word_end - next)) == Topic::kTelegram;
    next = word_end;
  }
  if (telegram) {
    scan.Add("telegram", {at, end}, Lower(name), "", 85);
  } else if (scan.topics.Latest(Topic::kDiscord, at, kNearName)) {
    scan.Add("discord", {at, end}, std::string(name), "user name", 70);
  }
}

void ReadLink(Scan& scan, Scan::Place place, std::string_view host) {
  if (host.starts_with("www.")) host.remove_prefix(4);
  const std::string_view path = scan.text.substr(place.end);
  if (!path.starts_with('/')) return;
  const std::size_t at = place.end + 1;
  if (host == "t.me" || host == "telegram.me" || host == "telegram.dog") {
    ReadTelegramLink(scan, place.begin, at);
  } else if (host == "wa.me") {
    ReadNumberLink(scan, place.begin, at, "whatsapp");
  } else if (host == "api.whatsapp.com" && path.starts_with("/send?phone=")) {
    ReadNumberLink(scan, place.begin, place.end + 12, "whatsapp");
  } else if (host == "signal.me" && path.starts_with("/#p/")) {
    ReadNumberLink(scan, place.begin, place.end + 4, "signal");
  } else if (host == "chat.whatsapp.com") {
    ReadCodeLink(scan, place.begin, at, "whatsapp");
  } else if (host == "discord.gg") {
    ReadCodeLink(scan, place.begin, at, "discord");
  } else if (host == "discord.com" && path.starts_with("/invite/")) {
    ReadCodeLink(scan, place.begin, place.end + 8, "discord");
  }
}

}  // namespace nightjar::entities
