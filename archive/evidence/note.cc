// SPDX-License-Identifier: Apache-2.0
#include "archive/evidence/note.h"

#include <algorithm>
#include <array>

#include "archive/evidence/lines.h"

namespace nightjar::evidence {
namespace {

constexpr std::size_t kKeyIdSize = 4;
constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kMaxSignatures = 16;
constexpr std::string_view kDash = "\xE2\x80\x94 ";  // U+2014, space

// White_Space characters beyond ASCII (Unicode Character Database, PropList).
constexpr std::array<std::string_view, 19> kUnicodeSpaces = {
    "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

tl::unexpected<Error> BadNote(std::string text) { return Fail(Code::kCorrupt, std::move(text)); }

Bytes TypedKey(const VerifyKey& key, KeyType type) { return static_cast<char>(type) + Bytes(key.View()); }

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20; }

Result<SignatureLine> ParseSignatureLine(std::string_view line) {
  if (!line.starts_with(kDash)) return BadNote("a signature line does not start with a dash and a space");
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !CheckKeyName(line.substr(0, space)))
    return BadNote("a signature line has no key name");
  const auto raw = Base64Decode(line.substr(space + 1));
  if (!raw || raw->size() <= kKeyIdSize) return BadNote("a signature line has no signature");
  return SignatureLine{line.substr(0, space), raw->substr(0, kKeyIdSize), raw->substr(kKeyIdSize)};
}

}  // namespace

Status CheckKeyName(std::string_view name) {
  const auto forbidden = [](char c) { return IsControl(c) || c == ' ' || c == '+'; };
  const auto inside = [&](std::string_view space) { return name.find(space) != std::string_view::npos; };
  if (!name.empty() && IsValidUtf8(name) && std::ranges::none_of(name, forbidden) &&
      std::ranges::none_of(kUnicodeSpaces, inside))
    return {};
  return Fail(Code::kInvalidInput,
              "a key name is not empty and has no spaces, control characters or '+'; use a URL without a "
              "scheme, such as unit.example/nightjar/2026a");
}

Bytes KeyIdOf(const NoteKey& key, KeyType type) {
  return Bytes(Sha256(key.name + '\n' + TypedKey(key.key, type)).View().substr(0, kKeyIdSize));
}

std::string FormatVkey(const NoteKey& key, KeyType type) {
  return key.name + '+' + HexEncode(KeyIdOf(key, type)) + '+' + Base64Encode(TypedKey(key.key, type));
}

Result<NoteKey> ParseVkey(std::string_view text, KeyType type) {
  const auto malformed = [type] {
    return Fail(Code::kInvalidInput, std::string("is not a key of the form name+id+base64 for Ed25519") +
                                         (type == KeyType::kWitness ? " cosignatures" : ""));
  };
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || !CheckKeyName(text.substr(0, first))) return malformed();
  const auto typed = Base64Decode(text.substr(second + 1));
  if (!typed || typed->empty() || typed->front() != static_cast<char>(type)) return malformed();
  const auto key = VerifyKey::FromBytes(ByteView(*typed).substr(1));
  if (!key) return malformed();
  NoteKey named{std::string(text.substr(0, first)), *key};
  if (FormatVkey(named, type) != text)
    return Fail(Code::kInvalidInput, "the key's id does not match the key");
  return named;
}

bool SignatureLine::Names(const NoteKey& key, KeyType type) const {
  return name == key.name && key_id == KeyIdOf(key, type);
}

std::string FormatSignatureLine(const NoteKey& key, KeyType type, ByteView signature) {
  return std::string(kDash) + key.name + ' ' + Base64Encode(KeyIdOf(key, type) + Bytes(signature)) + '\n';
}

std::string SignNote(std::string_view text, const std::string& name, const SigningKey& key) {
  return std::string(text) + '\n' +
         FormatSignatureLine({name, key.public_key()}, KeyType::kLog, key.Sign(text));
}

Result<NoteParts> SplitNote(std::string_view note) {
  const auto forbidden = [](char c) { return IsControl(c) && c != '\n'; };
  if (!IsValidUtf8(note) || std::ranges::any_of(note, forbidden))
    return BadNote("a note is UTF-8 text without control characters");
  const std::size_t gap = note.rfind("\n\n");
  if (gap == std::string_view::npos) return BadNote("a note has an empty line before its signatures");
  NoteParts parts{note.substr(0, gap + 1), {}};
  Lines lines(note.substr(gap + 2));
  while (const auto line = lines.Next()) {
    if (parts.signatures.size() == kMaxSignatures) return BadNote("a note has at most 16 signatures");
    ASSIGN_OR_RETURN(auto found, ParseSignatureLine(*line));
    parts.signatures.push_back(std::move(found));
  }
  if (!lines.rest().empty()) return BadNote("the last signature line is cut short");
  return parts;
}

Result<std::vector<SignatureLine>> ParseSignatureLines(std::string_view text) {
  std::vector<SignatureLine> found;
  Lines lines(text);
  while (const auto line = lines.Next()) {
    if (found.size() == kMaxSignatures) return BadNote("a note has at most 16 signatures");
    ASSIGN_OR_RETURN(auto signature, ParseSignatureLine(*line));
    found.push_back(std::move(signature));
  }
  if (!lines.rest().empty() || found.empty()) return BadNote("is not a list of signature lines");
  return found;
}

Result<std::string_view> OpenNote(std::string_view note, const NoteKey& key) {
  ASSIGN_OR_RETURN(const NoteParts parts, SplitNote(note));
  bool signed_by_key = false;
  for (const SignatureLine& found : parts.signatures) {
    if (!found.Names(key, KeyType::kLog)) continue;
    if (found.signature.size() != kSignatureSize || !key.key.Verify(parts.text, found.signature))
      return BadNote("the signature by " + key.name + " does not match");
    signed_by_key = true;
  }
  if (!signed_by_key) return BadNote("carries no signature by " + key.name);
  return parts.text;
}

}  // namespace nightjar::evidence
