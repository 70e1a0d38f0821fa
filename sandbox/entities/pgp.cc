// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/pgp.h"

#include <fmt/format.h>

#include <chrono>

#include "base/digest.h"
#include "sandbox/entities/openpgp/armor.h"
#include "sandbox/entities/openpgp/keys.h"

namespace nightjar::entities {
namespace {

constexpr std::size_t kNearName = 80;
constexpr std::size_t kLongestValue = 1024;

std::string DayOf(std::uint32_t seconds) {
  const std::chrono::sys_days day{std::chrono::days{seconds / 86400}};
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

std::string NoteOf(const openpgp::Key& key) {
  return fmt::format("v{} {} {}", key.version, key.algorithm_name, DayOf(key.created));
}

void AddCertificate(Scan& scan, Scan::Place place, const openpgp::Certificate& certificate) {
  const std::string& primary = certificate.primary.fingerprint;
  scan.Add("pgp_key", place, primary, NoteOf(certificate.primary), 99);
  for (const openpgp::Key& subkey : certificate.subkeys)
    scan.Add("pgp_subkey", place, subkey.fingerprint, fmt::format("{} of {}", NoteOf(subkey), primary), 99);
  int left = kMaxUserIds;
  for (const std::string& user_id : certificate.user_ids)
    if (left-- > 0)
      scan.Add("pgp_user_id", place, std::string(Utf8Prefix(user_id, kLongestValue)), primary, 95);
}

// Equal damaged blocks are equal: white space is left out of the digest.
void AddDamaged(Scan& scan, Scan::Place place, std::string_view why) {
  std::string characters;
  for (const char c : scan.text.substr(place.begin, place.end - place.begin))
    if (!IsBlank(c)) characters.push_back(c);
  scan.Add("pgp_key_damaged", place, Sha256(characters).Hex(), std::string(why), 60);
}

void AddKeys(Scan& scan, Scan::Place place, const openpgp::Armor& armor) {
  if (!armor.damage.empty()) return AddDamaged(scan, place, armor.damage);
  const auto certificates = openpgp::ReadCertificates(armor.data);
  if (!certificates) return AddDamaged(scan, place, "not the packets of a key");
  for (const openpgp::Certificate& certificate : *certificates) AddCertificate(scan, place, certificate);
}

std::string Joined(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) {
    if (joined.size() + name.size() >= kLongestValue) break;
    joined.append(joined.empty() ? "" : " ").append(name);
  }
  return joined.empty() ? "none" : joined;
}

void AddSignature(Scan& scan, Scan::Place place, const openpgp::Armor& armor) {
  std::string issuers = Joined(openpgp::IssuersOf(armor.data));
  const std::string note(armor.damage);
  if (scan.signed_at == std::string_view::npos)
    return scan.Add("pgp_signature", place, std::move(issuers), note, note.empty() ? 95 : 50);
  scan.Add("pgp_signed", {scan.signed_at, place.end}, std::move(issuers), note, note.empty() ? 95 : 50);
  scan.signed_at = std::string_view::npos;
}

void AddMessage(Scan& scan, Scan::Place place, const openpgp::Armor& armor) {
  const auto recipients = openpgp::RecipientsOf(armor.data);
  std::string note =
      armor.damage.empty() ? fmt::format("{} recipients", recipients.size()) : std::string(armor.damage);
  scan.Add("pgp_message", place, Joined(recipients), std::move(note), armor.damage.empty() ? 95 : 50);
}

void AddFingerprint(Scan& scan, Scan::Place place, std::string value) {
  const char* note = value.size() == 40 ? "v4, no checksum" : "v6, no checksum";
  scan.Add("pgp_fingerprint", place, std::move(value), note, 80);
}

// Ten groups of four from `begin` on, one or two blanks between (GnuPG puts two in the middle).
void ReadGroupedFingerprint(Scan& scan, std::size_t begin) {
  constexpr std::size_t kGroup = 4;
  constexpr std::size_t kDigits = 40;
  std::string digits;
  std::size_t at = begin;
  while (digits.size() < kDigits) {
    const std::size_t end = EndOf(scan.text, at, IsAlnum);
    if (end - at != kGroup || !All(scan.text.substr(at, kGroup), IsHex)) return;
    digits.append(scan.text.substr(at, kGroup));
    if (digits.size() == kDigits) return AddFingerprint(scan, {begin, end}, Upper(digits));
    at = EndOf(scan.text, end, [](char c) { return IsBlank(c) || c == '\xC2' || c == '\xA0'; });
    if (at == end || at - end > 6) return;
  }
}

}  // namespace

std::size_t ReadPgpBlock(Scan& scan, std::size_t at) {
  const auto armor = openpgp::ReadArmor(scan.text, at);
  if (!armor) return at + 1;
  const Scan::Place place{armor->begin, armor->end};
  scan.topics.See(Topic::kPgp, place.end);
  if (armor->label == "PUBLIC KEY BLOCK") {
    AddKeys(scan, place, *armor);
  } else if (armor->label == "SIGNED MESSAGE") {
    scan.signed_at = at;
  } else if (armor->label == "SIGNATURE") {
    AddSignature(scan, place, *armor);
  } else if (armor->label == "MESSAGE") {
    AddMessage(scan, place, *armor);
  }
  // What stands inside a block that has an end is base64: no place for anything else.
  return armor->end;
}

void ReadPgpName(Scan& scan, std::size_t begin, std::size_t end) {
  const std::size_t size = end - begin;
  const bool may_be = size == 4 || size == 10 || size == 18 || size == 40 || size == 42 || size == 64;
  if (!may_be || !scan.topics.Near(Topic::kPgp, begin, kNearName)) return;
  std::string_view word = scan.text.substr(begin, size);
  const bool marked = word.starts_with("0x") || word.starts_with("0X");
  if (marked) word.remove_prefix(2);
  if (!All(word, IsHex)) return;
  if (word.size() == 40 || word.size() == 64) return AddFingerprint(scan, {begin, end}, Upper(word));
  if (word.size() == 4) return ReadGroupedFingerprint(scan, begin);
  if (marked) scan.Add("pgp_key_id", {begin, end}, Upper(word), "", word.size() == 16 ? 80 : 60);
}

}  // namespace nightjar::entities
