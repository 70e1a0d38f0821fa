// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/mail.h"

#include <algorithm>
#include <array>

#include "sandbox/entities/contacts.h"
#include "sandbox/entities/hosts.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kLongestLocal = 64;  // RFC 5321, section 4.5.3.1.1
constexpr std::size_t kXmppWindow = 32;

bool IsLocalByte(char c) { return Is(c, kDigit | kUpper | kLower | kLocalSign); }

// Servers that markets name most; providers.xmpp.net and what pages show.
constexpr std::array<std::string_view, 30> kXmppHosts = {
    "5222.de",    "chatme.im",      "cnw.su",        "conversations.im", "creep.im",     "dismail.de",
    "draugr.de",  "dukgo.com",      "exploit.im",    "jabb.im",          "jabb3r.org",   "jabbim.com",
    "jabbim.cz",  "jabbim.sk",      "jabberes.org",  "jabberix.com",     "jabberpl.org", "securejabber.me",
    "suchat.org", "swissjabber.ch", "thesecure.biz", "thiessen.im",      "tigase.im",    "wiuwiu.de",
    "xabber.org", "xmpp.is",        "xmpp.jp",       "yax.im",           "zloy.im",      "njs.netlab.cz"};

bool IsXmppHost(std::string_view host) {
  return host.starts_with("jabber.") || host.starts_with("xmpp.") ||
         std::find(kXmppHosts.begin(), kXmppHosts.end(), host) != kXmppHosts.end();
}

// Where a local part that ends before `end` begins; `end` where there is none.
std::size_t LocalBegin(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin <= kLongestLocal && IsLocalByte(text[begin - 1])) --begin;
  while (begin < end && !IsAlnum(text[begin]) && text[begin] != '_') ++begin;
  if (end - begin > kLongestLocal || (begin < end && text[end - 1] == '.')) return end;
  return begin;
}

bool IsMailHost(const Host& host) {
  return host.kind == HostKind::kDomain || host.kind == HostKind::kOnion || host.kind == HostKind::kI2p ||
         host.kind == HostKind::kOldOnion;
}

void ReadAddressAt(Scan& scan, std::size_t local_begin, std::size_t at) {
  scan.hosts_done = std::max(scan.hosts_done, at + 1);
  const Scan::Place host_place = HostAround(scan, at + 1);
  scan.hosts_done = std::max(scan.hosts_done, host_place.end);
  if (host_place.begin != at + 1) return;
  Host host = ReadHostName(scan.text.substr(host_place.begin, host_place.end - host_place.begin));
  if (!IsMailHost(host)) return;
  const bool xmpp = scan.topics.Latest(Topic::kXmpp, local_begin, kXmppWindow) || IsXmppHost(host.name);
  std::string value = Lower(scan.text.substr(local_begin, host_place.end - local_begin));
  scan.Add(xmpp ? "xmpp" : "email", {local_begin, host_place.end}, std::move(value), "", xmpp ? 85 : 90);
}

// "@name:host" with the name [a-z0-9._=/+-] (Matrix specification, user identifiers).
bool ReadMatrix(Scan& scan, std::size_t at) {
  const std::size_t colon = EndOf(scan.text, at + 1, [](char c) {
    return IsAlnum(c) || c == '.' || c == '_' || c == '=' || c == '-' || c == '/' || c == '+';
  });
  if (At(scan.text, colon) != ':' || colon == at + 1 || colon - at > kLongestLocal) return false;
  scan.hosts_done = std::max(scan.hosts_done, colon + 1);
  const Scan::Place place = HostAround(scan, colon + 1);
  if (place.begin != colon + 1) return false;
  const Host host = ReadHostName(scan.text.substr(place.begin, place.end - place.begin));
  if (!IsMailHost(host)) return false;
  scan.hosts_done = place.end;
  scan.Add("matrix", {at, place.end}, Lower(scan.text.substr(at, place.end - at)), "", 85);
  return true;
}

// "[at]" in any brackets, blanks inside: where it ends, or 0.
std::size_t EndOfBracketed(std::string_view text, std::size_t open, std::string_view word) {
  constexpr std::string_view kOpen = "[({";
  constexpr std::string_view kClose = "])}";
  const std::size_t kind = kOpen.find(At(text, open));
  if (kind == std::string_view::npos) return 0;
  const std::size_t begin = EndOf(text, open + 1, [](char c) { return c == ' '; });
  if (!StartsNoCase(text.substr(begin), word)) return 0;
  const std::size_t close = EndOf(text, begin + word.size(), [](char c) { return c == ' '; });
  return At(text, close) == kClose[kind] ? close + 1 : 0;
}

// The host behind "[at]", its dots spelled or not, up to kLongestSpelled; `end` is moved past it.
std::string ReadSpelledHost(std::string_view text, std::size_t& end) {
  constexpr std::size_t kLongestSpelled = 128;
  const auto is_space = [](char c) { return c == ' '; };
  std::string host;
  std::size_t at = EndOf(text, end, is_space);
  while (host.size() < kLongestSpelled) {
    const std::size_t label_end = EndOf(text, at, [](char c) { return IsAlnum(c) || c == '-'; });
    if (label_end == at) break;
    host.append(text.substr(at, std::min(label_end - at, kLongestSpelled)));
    end = label_end;
    const std::size_t dot = EndOf(text, label_end, is_space);
    const std::size_t dot_end = At(text, label_end) == '.' ? label_end + 1 : EndOfBracketed(text, dot, "dot");
    if (dot_end == 0 || !IsAlnum(At(text, EndOf(text, dot_end, is_space)))) break;
    host.push_back('.');
    at = EndOf(text, dot_end, is_space);
  }
  return host;
}

}  // namespace

void ReadAt(Scan& scan, std::size_t at) {
  const std::size_t local_begin = LocalBegin(scan.text, at);
  if (local_begin < at) return ReadAddressAt(scan, local_begin, at);
  if (IsLocalByte(Before(scan.text, at)) || ReadMatrix(scan, at)) return;
  ReadAtName(scan, at);
}

void ReadSpelledMail(Scan& scan, std::size_t open) {
  std::size_t end = EndOfBracketed(scan.text, open, "at");
  if (end == 0) return;
  std::size_t local_end = open;
  while (local_end > 0 && open - local_end < 3 && scan.text[local_end - 1] == ' ') --local_end;
  const std::size_t local_begin = LocalBegin(scan.text, local_end);
  if (local_begin == local_end) return;
  const std::string name = ReadSpelledHost(scan.text, end);
  if (!IsMailHost(ReadHostName(name))) return;
  scan.hosts_done = std::max(scan.hosts_done, end);
  scan.Add("email", {local_begin, end},
           Lower(scan.text.substr(local_begin, local_end - local_begin)) + "@" + Lower(name), "spelled", 70);
}

}  // namespace nightjar::entities
