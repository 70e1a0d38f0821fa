// SPDX-License-Identifier: Apache-2.0
// OpenPGP packets (RFC 9580, section 4): what lies in a transferable key, a message or a signature, in order.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace nightjar::openpgp {

// Packet types that mean something here (section 5).
enum : std::uint8_t {
  kEncryptedSessionKey = 1,
  kSignature = 2,
  kPublicKey = 6,
  kUserId = 13,
  kPublicSubkey = 14,
};

struct Packet {
  std::uint8_t type = 0;
  ByteView body;
};

enum class Lengths : std::uint8_t {
  kWhole,       // all packets must end with the data; no partial or indeterminate lengths
  kFirstParts,  // stop without error at the first packet of partial, indeterminate or excessive length: the
                // encrypted part of a message, of which nothing can be read anyway
};

// Views into `data`. Nothing where a header or a length is malformed, or a key's packets do not end with the
// data. At most kMaxPackets.
inline constexpr std::size_t kMaxPackets = 4096;
[[nodiscard]] std::optional<std::vector<Packet>> SplitPackets(ByteView data, Lengths lengths);

// Takes big-endian numbers and bytes off the front of a view. Where it is too short they are zero or empty,
// and ok() is false from then on.
class Reader final {
 public:
  explicit Reader(ByteView bytes) : rest_(bytes) {}
  std::uint32_t Number(std::size_t bytes);  // up to four
  ByteView Take(std::size_t bytes);
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] ByteView rest() const { return rest_; }

 private:
  ByteView rest_;
  bool ok_ = true;
};

}  // namespace nightjar::openpgp
