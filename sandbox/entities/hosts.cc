// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/hosts.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/onion.h"
#include "sandbox/entities/contacts.h"
#include "sandbox/entities/tlds.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kLongestHost = 253;  // RFC 1035
constexpr std::size_t kLongestLabel = 63;

bool IsHostByte(char c) { return IsAlnum(c) || c == '-' || c == '.'; }
bool IsBase32(char c) { return Is(c, kUpper | kLower) || (c >= '2' && c <= '7'); }

std::vector<std::string_view> LabelsOf(std::string_view name) {
  std::vector<std::string_view> labels;
  for (;;) {
    const std::size_t dot = name.find('.');
    labels.push_back(name.substr(0, dot));
    if (dot == std::string_view::npos) return labels;
    name.remove_prefix(dot + 1);
  }
}

bool IsLabel(std::string_view label) {
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' && label.back() != '-';
}

// Four numbers without leading zeros, not private, shared, loopback, link-local, documentation or multicast.
Host ReadIpv4(const std::vector<std::string_view>& labels, std::string_view name) {
  std::array<unsigned, 4> octets{};
  if (labels.size() != octets.size()) return {};
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (labels[i].empty() || labels[i].size() > 3 || !All(labels[i], IsDigit)) return {};
    if (labels[i].size() > 1 && labels[i].front() == '0') return {};
    for (const char c : labels[i]) octets[i] = octets[i] * 10 + static_cast<unsigned>(c - '0');
    if (octets[i] > 255) return {};
  }
  const auto [a, b, c, d] = octets;
  const bool hidden = a == 0 || a == 10 || a == 127 || a >= 224 || (a == 100 && b >= 64 && b < 128) ||
                      (a == 169 && b == 254) || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) ||
                      (a == 192 && b == 0 && (c == 0 || c == 2)) || (a == 198 && (b == 18 || b == 19)) ||
                      (a == 198 && b == 51 && c == 100) || (a == 203 && b == 0 && c == 113);
  if (hidden) return {};
  return {HostKind::kIpv4, std::string(name), ""};
}

Host ReadOnion(std::string_view label, std::string note) {
  if (label.size() == 16 && All(label, IsBase32))
    return {HostKind::kOldOnion, Lower(label) + ".onion", std::move(note)};
  const auto address = OnionAddress::Parse(std::string(label) + ".onion");
  if (!address) return {};
  return {HostKind::kOnion, address->host(), std::move(note)};
}

// "<52>.b32.i2p", longer ones for encrypted services, or a name of an address book.
Host ReadI2p(const std::vector<std::string_view>& labels, std::string_view name) {
  if (!EqualsNoCase(labels[labels.size() - 2], "b32")) return {HostKind::kI2p, Lower(name), "name"};
  if (labels.size() < 3) return {};
  const std::string_view key = labels[labels.size() - 3];
  if (!All(key, IsBase32) || (key.size() != 52 && (key.size() < 56 || key.size() > 62))) return {};
  return {HostKind::kI2p, Lower(key) + ".b32.i2p", "b32"};
}

// An onion inside another name ("<56>.onion.ly") is what its gateway leads to.
Host ReadDomain(const std::vector<std::string_view>& labels, std::string_view name) {
  for (std::size_t i = 1; i + 1 < labels.size(); ++i) {
    if (!EqualsNoCase(labels[i], "onion")) continue;
    Host onion = ReadOnion(labels[i - 1], "gateway onion." + Lower(labels[i + 1]));
    if (onion.kind != HostKind::kNone) return onion;
  }
  // "S.T.Dupont", "J.R.Place": initials before a name that is a top-level domain as well.
  const bool initials =
      std::all_of(labels.begin(), labels.end() - 1, [](std::string_view label) { return label.size() == 1; });
  if (!IsTld(labels.back()) || (initials && labels.size() > 2)) return {};
  return {HostKind::kDomain, Lower(name), ""};
}

// "end.In the" is two sentences: an ending with a capital, in a name that is not all capitals.
bool IsSentenceEnd(std::string_view last) {
  return Is(last.front(), kUpper) &&
         std::any_of(last.begin(), last.end(), [](char c) { return Is(c, kLower); });
}

int ConfidenceOf(const Scan& scan, Scan::Place place, std::string_view name) {
  constexpr int kLink = 90;
  constexpr int kWithPath = 75;
  constexpr int kBare = 60;
  constexpr int kLikeAFile = 30;
  constexpr std::array<std::string_view, 7> kFileEndings = {".py", ".sh",  ".rs", ".md",
                                                            ".ps", ".zip", ".mov"};
  const std::string_view before = scan.text.substr(0, place.begin);
  if (before.ends_with("//") || StartsNoCase(name, "www.")) return kLink;
  if (At(scan.text, place.end) == '/') return kWithPath;
  const bool file = std::any_of(kFileEndings.begin(), kFileEndings.end(),
                                [&](std::string_view ending) { return Lower(name).ends_with(ending); });
  return file ? kLikeAFile : kBare;
}

void AddDomain(Scan& scan, Scan::Place place, Host host) {
  const std::string_view name = scan.text.substr(place.begin, place.end - place.begin);
  const int confidence = ConfidenceOf(scan, place, name);
  const bool in_path =
      Before(scan.text, place.begin) == '/' && !scan.text.substr(0, place.begin).ends_with("//");
  if (in_path || (confidence < 75 && IsSentenceEnd(name.substr(name.rfind('.') + 1)))) return;
  ReadLink(scan, place, host.name);
  scan.Add("domain", place, std::move(host.name), std::move(host.note), confidence);
}

}  // namespace

Host ReadHostName(std::string_view name) {
  if (name.size() > kLongestHost) return {};
  const std::vector<std::string_view> labels = LabelsOf(name);
  if (labels.size() < 2 || !std::all_of(labels.begin(), labels.end(), IsLabel)) return {};
  if (IsDigit(labels.back().front())) return ReadIpv4(labels, name);
  if (EqualsNoCase(labels.back(), "onion")) return ReadOnion(labels[labels.size() - 2], "");
  if (EqualsNoCase(labels.back(), "i2p")) return ReadI2p(labels, name);
  return ReadDomain(labels, name);
}

Scan::Place HostAround(const Scan& scan, std::size_t place) {
  const std::string_view text = scan.text;
  Scan::Place around{place, EndOf(text, place, IsHostByte)};
  while (around.begin > scan.hosts_done && IsHostByte(text[around.begin - 1])) --around.begin;
  while (around.begin < around.end && !IsAlnum(text[around.begin])) ++around.begin;
  while (around.begin < around.end && !IsAlnum(text[around.end - 1])) --around.end;
  return around;
}

void ReadHost(Scan& scan, std::size_t dot) {
  const Scan::Place place = HostAround(scan, dot);
  scan.hosts_done = std::max(EndOf(scan.text, dot, IsHostByte), dot + 1);
  if (place.end <= dot || place.begin >= dot) return;
  const char before = Before(scan.text, place.begin);
  const char after = At(scan.text, place.end);
  if (before == '@' || before == '_' || after == '@' || after == '_') return;
  Host host = ReadHostName(scan.text.substr(place.begin, place.end - place.begin));
  switch (host.kind) {
    case HostKind::kNone:
      return;
    case HostKind::kDomain:
      return AddDomain(scan, place, std::move(host));
    case HostKind::kOnion:
      return scan.Add("onion", place, std::move(host.name), std::move(host.note), 98);
    case HostKind::kOldOnion:
      return scan.Add("onion_v2", place, std::move(host.name), "historic, no checksum", 80);
    case HostKind::kI2p:
      return scan.Add("i2p", place, std::move(host.name), std::move(host.note), 80);
    case HostKind::kIpv4:
      return scan.Add("ipv4", place, std::move(host.name), "", At(scan.text, place.end) == ':' ? 85 : 60);
  }
}

}  // namespace nightjar::entities
