// SPDX-License-Identifier: Apache-2.0
// Packets: RFC 9580, section 4.2.1 (new headers), 5.2.3 (signatures), 5.5.2 (keys), 5.11 (user ids); what is
// hashed: section 5.2.4; armour: section 6.
#include "tests/world/content/pgp_key.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/sha1.h"

namespace nightjar::world {
namespace {

constexpr char kEdDsa = 22;
constexpr char kSha256 = 8;
constexpr char kTextSignature = 0x01;
constexpr char kPositiveCertification = 0x13;
constexpr std::string_view kCurve("\x09\x2B\x06\x01\x04\x01\xDA\x47\x0F\x01", 10);  // its length before it

Bytes BigEndian(std::uint64_t value, int bytes) {
  Bytes out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
  return out;
}

// A number with its length in bits (section 3.2).
Bytes Number(ByteView digits) {
  while (!digits.empty() && digits[0] == 0) digits.remove_prefix(1);
  std::size_t bits = digits.size() * 8;
  for (auto top = digits.empty() ? 0xFFU : static_cast<unsigned char>(digits[0]); top < 0x80; top <<= 1)
    --bits;
  return BigEndian(bits, 2).append(digits);
}

// No body here has 192 bytes or more, so lengths are of one byte.
Bytes Packet(int tag, ByteView body) {
  return Bytes{static_cast<char>(0xC0 | tag), static_cast<char>(body.size())}.append(body);
}

Bytes Subpacket(char type, ByteView body) {
  return Bytes{static_cast<char>(body.size() + 1), type}.append(body);
}

std::uint32_t Crc24(ByteView bytes) {
  std::uint32_t crc = 0xB704CE;
  for (const char byte : bytes) {
    crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << 16;
    for (int bit = 0; bit < 8; ++bit) crc = (crc << 1) ^ ((crc & 0x800000) != 0 ? 0x1864CFB : 0);
  }
  return crc & 0xFFFFFF;
}

std::string Armour(std::string_view kind, ByteView data) {
  const std::string body = Base64Encode(data);
  std::string out = fmt::format("-----BEGIN PGP {}-----\n\n", kind);
  for (std::size_t at = 0; at < body.size(); at += 64) out += body.substr(at, 64) + "\n";
  return out + fmt::format("={}\n-----END PGP {}-----", Base64Encode(BigEndian(Crc24(data), 3)), kind);
}

Bytes WithLengthBefore(char mark, ByteView body, int length_bytes) {
  return (Bytes{mark} + BigEndian(body.size(), length_bytes)).append(body);
}

}  // namespace

PgpKey::PgpKey(ByteView seed, std::uint32_t created, std::string user_id)
    : key_(*SigningKey::FromSeed(seed)), created_(created), user_id_(std::move(user_id)) {}

Bytes PgpKey::KeyBody() const {
  const Bytes point = Bytes("\x40").append(key_.public_key().View());  // 0x40: the point as it is
  return Bytes{4} + BigEndian(created_, 4) + kEdDsa + Bytes(kCurve) + Number(point);
}

std::string PgpKey::fingerprint() const {
  std::string hex = HexEncode(Sha1(WithLengthBefore('\x99', KeyBody(), 2)));
  for (char& c : hex) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  return hex;
}

Bytes PgpKey::SignaturePacket(char type, Bytes signed_bytes, std::uint32_t when) const {
  const Bytes issuer = Sha1(WithLengthBefore('\x99', KeyBody(), 2));
  Bytes hashed = Subpacket(2, BigEndian(when, 4)) + Subpacket(33, Bytes{4} + issuer);
  if (type == kPositiveCertification) hashed += Subpacket(27, Bytes{3});  // may certify and sign
  const Bytes head = Bytes{4, type, kEdDsa, kSha256} + BigEndian(hashed.size(), 2) + hashed;
  const Digest digest = Sha256(signed_bytes.append(head) + Bytes{4, '\xFF'} + BigEndian(head.size(), 4));
  const Bytes signature = key_.Sign(digest.View());
  const Bytes unhashed = Subpacket(16, ByteView(issuer).substr(12));  // the key id, for older readers
  return Packet(2, head + BigEndian(unhashed.size(), 2) + unhashed + Bytes(digest.View().substr(0, 2)) +
                       Number(ByteView(signature).substr(0, 32)) + Number(ByteView(signature).substr(32)));
}

std::string PgpKey::Block() const {
  const Bytes certified = WithLengthBefore('\x99', KeyBody(), 2) + WithLengthBefore('\xB4', user_id_, 4);
  return Armour("PUBLIC KEY BLOCK", Packet(6, KeyBody()) + Packet(13, user_id_) +
                                        SignaturePacket(kPositiveCertification, certified, created_));
}

std::string PgpKey::SignedMessage(std::string_view text, std::uint32_t when) const {
  Bytes canonical;
  for (const char c : text) canonical += c == '\n' ? Bytes("\r\n") : Bytes{c};
  return fmt::format("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{}\n{}", text,
                     Armour("SIGNATURE", SignaturePacket(kTextSignature, std::move(canonical), when)));
}

}  // namespace nightjar::world
