// SPDX-License-Identifier: Apache-2.0
// Host names and public IPv4 addresses in running text, and links to messengers behind them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/entities/scan.h"

namespace nightjar::entities {

// What a dotted name is.
enum class HostKind : std::uint8_t { kNone, kDomain, kOnion, kOldOnion, kI2p, kIpv4 };

struct Host {
  HostKind kind = HostKind::kNone;
  std::string name;  // canonical
  std::string note;  // "b32", "gateway onion.ly", ...
};

// `name`: labels and dots, any case, without a dot at either end. An onion's checksum must hold (base/onion);
// a domain's last label must be a real one (tlds.h); an address must be public (RFC 6890).
[[nodiscard]] Host ReadHostName(std::string_view name);

// The name around `place`: letters, digits, "-" and ".", without those two at the ends.
[[nodiscard]] Scan::Place HostAround(const Scan& scan, std::size_t place);

// Reads the host name around the dot at `dot` and remembers where it ends. A domain that stands alone is less
// sure than one behind "://" or "www.", and one that reads like a file's name ("setup.py") least.
void ReadHost(Scan& scan, std::size_t dot);

}  // namespace nightjar::entities
