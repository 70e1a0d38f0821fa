// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/landlock.h"

#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "base/unique_fd.h"

namespace nightjar::walls {
namespace {

// Own copies of the kernel's interface: Debian 12's header stops at ABI 2, the running kernel may know more.
// System call numbers are the same on every architecture.
constexpr long kCreateRuleset = 444;
constexpr long kRestrictSelf = 446;
constexpr std::uint32_t kAskVersion = 1U << 0;

struct RulesetAttributes {
  std::uint64_t handled_files = 0;    // ABI 1
  std::uint64_t handled_network = 0;  // ABI 4
  std::uint64_t scoped = 0;           // ABI 6
};

// Rights by the ABI that brought them: 13 file rights with 1, refer with 2, truncate with 3, device ioctl
// with 5.
std::uint64_t FileRights(long abi) {
  const int bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
  return (1ULL << bits) - 1;
}

constexpr std::uint64_t kTcpBindAndConnect = 0b11;
constexpr std::uint64_t kAbstractSocketsAndSignals = 0b11;

std::size_t SizeKnownBy(long abi) {
  if (abi >= 6) return sizeof(RulesetAttributes);
  return abi >= 4 ? offsetof(RulesetAttributes, scoped) : offsetof(RulesetAttributes, handled_network);
}

}  // namespace

bool DenyFilesByLandlock() {
  const long abi = ::syscall(kCreateRuleset, nullptr, 0, kAskVersion);
  if (abi < 1) return false;
  RulesetAttributes all;
  all.handled_files = FileRights(abi);
  if (abi >= 4) all.handled_network = kTcpBindAndConnect;
  if (abi >= 6) all.scoped = kAbstractSocketsAndSignals;
  const UniqueFd ruleset(static_cast<int>(::syscall(kCreateRuleset, &all, SizeKnownBy(abi), 0)));
  return ruleset && ::syscall(kRestrictSelf, ruleset.get(), 0) == 0;
}

}  // namespace nightjar::walls
