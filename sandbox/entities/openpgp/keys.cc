// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/openpgp/keys.h"

#include <algorithm>

#include "base/digest.h"
#include "base/md5.h"
#include "base/sha1.h"
#include "sandbox/entities/openpgp/packets.h"
#include "sandbox/entities/openpgp/public_key.h"

namespace nightjar::openpgp {
namespace {

constexpr std::size_t kKeyId = 8;
constexpr std::size_t kMaxNamed = 64;  // recipients or issuers of one block

void AddOnce(std::vector<std::string>& names, std::string name) {
  if (names.size() < kMaxNamed && std::find(names.begin(), names.end(), name) == names.end())
    names.push_back(std::move(name));
}

// Section 5.1: version 3 names a key id, version 6 a fingerprint behind its own length and version.
void ReadRecipient(ByteView body, std::vector<std::string>& names) {
  Reader reader(body);
  const std::uint32_t version = reader.Number(1);
  if (version == 3) {
    const ByteView id = reader.Take(kKeyId);
    if (reader.ok()) AddOnce(names, UpperHex(id));
  } else if (version == 6) {
    Reader key(reader.Take(reader.Number(1)));
    static_cast<void>(key.Number(1));
    if (reader.ok() && !key.rest().empty()) AddOnce(names, UpperHex(key.rest()));
    if (reader.ok() && key.rest().empty()) AddOnce(names, std::string(2 * kKeyId, '0'));
  }
}

// Section 5.2.3.7: one, two or five octets.
std::uint32_t SubpacketLength(Reader& reader) {
  const std::uint32_t first = reader.Number(1);
  if (first < 192) return first;
  if (first < 255) return ((first - 192) << 8) + reader.Number(1) + 192;
  return reader.Number(4);
}

// The issuer's key id (type 16), or the end of its fingerprint (type 33), the id it stands for.
void ReadSubpackets(ByteView area, std::vector<std::string>& names) {
  constexpr std::uint32_t kIssuer = 16;
  constexpr std::uint32_t kIssuerFingerprint = 33;
  Reader reader(area);
  while (reader.ok() && !reader.rest().empty()) {
    Reader subpacket(reader.Take(SubpacketLength(reader)));
    const std::uint32_t type = subpacket.Number(1) & 0x7f;
    const ByteView value = subpacket.rest();
    if (type == kIssuer && value.size() == kKeyId) AddOnce(names, UpperHex(value));
    if (type != kIssuerFingerprint || value.empty()) continue;
    // Version 4 keys have their id at the end of the fingerprint, later ones at its beginning (5.5.4).
    if (value.front() == 4 && value.size() == 21) AddOnce(names, UpperHex(value.substr(13)));
    if (value.front() > 4 && value.size() == 33) AddOnce(names, UpperHex(value.substr(1, kKeyId)));
  }
}

// Section 5.2.
void ReadIssuer(ByteView body, std::vector<std::string>& names) {
  Reader reader(body);
  const std::uint32_t version = reader.Number(1);
  if (version == 3) {
    static_cast<void>(reader.Take(6));  // length, type, time
    const ByteView id = reader.Take(kKeyId);
    if (reader.ok()) AddOnce(names, UpperHex(id));
    return;
  }
  if (version < 4 || version > 6) return;
  static_cast<void>(reader.Take(3));  // type and algorithms
  for (int area = 0; area < 2; ++area)
    ReadSubpackets(reader.Take(reader.Number(version == 6 ? 4 : 2)), names);
}

template <typename Read>
std::vector<std::string> NamesIn(ByteView data, std::uint8_t type, Read read) {
  std::vector<std::string> names;
  const auto packets = SplitPackets(data, Lengths::kFirstParts);
  if (!packets) return names;
  for (const Packet& packet : *packets)
    if (packet.type == type) read(packet.body, names);
  return names;
}

// False where the packet breaks the block.
bool AddPacket(const Packet& packet, std::vector<Certificate>& certificates) {
  if (packet.type == kPublicKey) {
    auto key = ReadPublicKey(packet.body);
    if (key) certificates.push_back({std::move(*key), {}, {}});
    return key.has_value();
  }
  if (packet.type == kUserId && !certificates.empty())
    certificates.back().user_ids.push_back(ToValidUtf8(packet.body));
  if (packet.type != kPublicSubkey) return true;
  auto key = ReadPublicKey(packet.body);
  if (!key || certificates.empty()) return false;
  key->is_subkey = true;
  certificates.back().subkeys.push_back(std::move(*key));
  return true;
}

}  // namespace

std::optional<std::vector<Certificate>> ReadCertificates(ByteView data) {
  const auto packets = SplitPackets(data, Lengths::kWhole);
  if (!packets) return std::nullopt;
  std::vector<Certificate> certificates;
  for (const Packet& packet : *packets)
    if (!AddPacket(packet, certificates)) return std::nullopt;
  if (certificates.empty()) return std::nullopt;
  return certificates;
}

std::vector<std::string> RecipientsOf(ByteView data) {
  return NamesIn(data, kEncryptedSessionKey, ReadRecipient);
}

std::vector<std::string> IssuersOf(ByteView data) { return NamesIn(data, kSignature, ReadIssuer); }

void PrepareDigests() {
  static_cast<void>(Md5(""));
  static_cast<void>(Sha1(""));
  static_cast<void>(Sha256(""));
  static_cast<void>(Sha3_256(""));
}

}  // namespace nightjar::openpgp
