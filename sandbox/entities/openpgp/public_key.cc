// SPDX-License-Identifier: Apache-2.0
#include "sandbox/entities/openpgp/public_key.h"

#include <fmt/format.h>

#include <array>

#include "base/digest.h"
#include "base/md5.h"
#include "base/sha1.h"
#include "sandbox/entities/openpgp/packets.h"

namespace nightjar::openpgp {
namespace {

// Sections 9.1 and 9.2. `numbers`: multi-precision integers of the material; `octets`: a native key instead.
struct Algorithm {
  unsigned id;
  std::string_view name;
  unsigned numbers;
  unsigned octets;
  bool has_curve;
};
constexpr std::array kAlgorithms = {
    Algorithm{1, "rsa", 2, 0, false},     Algorithm{2, "rsa", 2, 0, false},
    Algorithm{3, "rsa", 2, 0, false},     Algorithm{16, "elg", 3, 0, false},
    Algorithm{17, "dsa", 4, 0, false},    Algorithm{18, "ecdh", 1, 0, true},
    Algorithm{19, "ecdsa", 1, 0, true},   Algorithm{20, "elg", 3, 0, false},
    Algorithm{22, "eddsa", 1, 0, true},   Algorithm{25, "x25519", 0, 32, false},
    Algorithm{26, "x448", 0, 56, false},  Algorithm{27, "ed25519", 0, 32, false},
    Algorithm{28, "ed448", 0, 57, false},
};

struct Curve {
  std::string_view oid, name;
  unsigned bits;
};
using namespace std::string_view_literals;
constexpr std::array kCurves = {
    Curve{"\x2A\x86\x48\xCE\x3D\x03\x01\x07"sv, "nistp256", 256},
    Curve{"\x2B\x81\x04\x00\x22"sv, "nistp384", 384},
    Curve{"\x2B\x81\x04\x00\x23"sv, "nistp521", 521},
    Curve{"\x2B\x24\x03\x03\x02\x08\x01\x01\x07"sv, "brainpoolP256r1", 256},
    Curve{"\x2B\x24\x03\x03\x02\x08\x01\x01\x0B"sv, "brainpoolP384r1", 384},
    Curve{"\x2B\x24\x03\x03\x02\x08\x01\x01\x0D"sv, "brainpoolP512r1", 512},
    Curve{"\x2B\x81\x04\x00\x0A"sv, "secp256k1", 256},
    Curve{"\x2B\x06\x01\x04\x01\xDA\x47\x0F\x01"sv, "ed25519", 255},
    Curve{"\x2B\x06\x01\x04\x01\x97\x55\x01\x05\x01"sv, "cv25519", 255},
    Curve{"\x2B\x65\x71"sv, "ed448", 448},
    Curve{"\x2B\x65\x6F"sv, "cv448", 448},
};

// A multi-precision integer (section 3.2): its bit count, then its bytes; `bits` is the true count.
ByteView TakeNumber(Reader& reader, unsigned& bits) {
  bits = reader.Number(2);
  return reader.Take((bits + 7) / 8);
}

// The curve's object identifier: one octet of length, then its bytes.
void ReadCurve(Reader& reader, const Algorithm& algorithm, Key& key) {
  const ByteView oid = reader.Take(reader.Number(1));
  key.algorithm_name = algorithm.name;
  for (const Curve& curve : kCurves) {
    if (curve.oid != oid) continue;
    key.algorithm_name = curve.name;
    key.bits = curve.bits;
  }
}

// The rest of the packet must be exactly the algorithm's material.
bool ReadMaterial(Reader& reader, Key& key) {
  const auto* algorithm = std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                                       [&](const Algorithm& known) { return known.id == key.algorithm; });
  if (algorithm == kAlgorithms.end()) {
    key.algorithm_name = fmt::format("algorithm {}", key.algorithm);
    return !reader.rest().empty();
  }
  if (algorithm->octets != 0) {
    key.algorithm_name = algorithm->name;
    key.bits = algorithm->octets == 32 ? 255 : 448;
    static_cast<void>(reader.Take(algorithm->octets));
  }
  if (algorithm->has_curve) ReadCurve(reader, *algorithm, key);
  for (unsigned i = 0; i < algorithm->numbers; ++i) {
    unsigned bits = 0;
    if (TakeNumber(reader, bits).empty()) return false;
    if (i != 0 || algorithm->has_curve) continue;
    key.bits = bits;
    key.algorithm_name = fmt::format("{}{}", algorithm->name, bits);
  }
  if (algorithm->id == 18) static_cast<void>(reader.Take(reader.Number(1)));  // how the key is derived
  return reader.ok() && reader.rest().empty();
}

Bytes LengthPrefix(std::uint8_t first, std::size_t size, int octets) {
  Bytes prefix(1, static_cast<char>(first));
  for (int i = octets - 1; i >= 0; --i) prefix.push_back(static_cast<char>(size >> (8 * i)));
  return prefix;
}

std::string FingerprintOfVersion3(ByteView material) {
  Reader reader(material);
  unsigned bits = 0;
  const Bytes modulus(TakeNumber(reader, bits));
  const ByteView exponent = TakeNumber(reader, bits);
  const auto digest = Md5(modulus + Bytes(exponent));
  return digest ? UpperHex(*digest) : "";
}

std::string FingerprintOf(unsigned version, ByteView body, ByteView material) {
  switch (version) {
    case 3:
      return FingerprintOfVersion3(material);
    case 4:
      return UpperHex(Sha1(LengthPrefix(0x99, body.size(), 2).append(body)));
    case 5:
      return UpperHex(Sha256(LengthPrefix(0x9A, body.size(), 4).append(body)).View());
    default:
      return UpperHex(Sha256(LengthPrefix(0x9B, body.size(), 4).append(body)).View());
  }
}

}  // namespace

std::string UpperHex(ByteView bytes) {
  std::string hex = HexEncode(bytes);
  for (char& c : hex)
    if (c >= 'a') c = static_cast<char>(c - 32);
  return hex;
}

std::optional<Key> ReadPublicKey(ByteView body) {
  Reader reader(body);
  Key key;
  key.version = reader.Number(1);
  key.created = reader.Number(4);
  if (key.version < 3 || key.version > 6 || body.size() > 0xffff) return std::nullopt;
  if (key.version == 3) static_cast<void>(reader.Number(2));  // days it is valid
  key.algorithm = reader.Number(1);
  if (key.version == 3 && (key.algorithm == 0 || key.algorithm > 3)) return std::nullopt;
  if (key.version >= 5 && reader.Number(4) != reader.rest().size()) return std::nullopt;
  const ByteView material = reader.rest();
  if (!reader.ok() || !ReadMaterial(reader, key)) return std::nullopt;
  key.fingerprint = FingerprintOf(key.version, body, material);
  if (key.fingerprint.empty()) return std::nullopt;
  return key;
}

}  // namespace nightjar::openpgp
