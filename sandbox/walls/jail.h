// SPDX-License-Identifier: Apache-2.0
// The two jails of Nightjar, each a short list of walls in a fixed order. One wall is one file of this folder; what
// weakens a wall is a header of its own, so that including it can be seen in review. Fail closed: without seccomp no
// jail is entered; where user namespaces are denied the state is "reduced" and says so.
// Call once, before the first thread and the first hostile byte. Nothing here can be undone.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace nightjar::walls {

// How much of the jail stands: written into facts and records.
struct JailState {
  bool namespaces = false;     // user/net/ipc/mount/uts namespaces of our own, root folder empty
  bool landlock = false;
  [[nodiscard]] std::string_view Name() const { return namespaces ? "full" : "reduced"; }
};

struct ParserLimits {
  std::uint64_t memory_bytes = 512ULL << 20;  // RLIMIT_AS
  std::uint32_t cpu_seconds = 20;             // RLIMIT_CPU over the worker's life is renewed per document by the pool
};

// nightjar-parser: reads descriptor 0, writes descriptor 1, allocates memory; any other system call kills it (SIGSYS).
[[nodiscard]] Result<JailState> EnterParserJail(const ParserLimits& limits);

struct FetcherJail {
  std::string tor_socket;  // path outside the jail; its folder is the only thing bound into the new root
  bool require_namespaces = true;  // the empty network namespace is a wall that fetching does not go without
};

// Where the Tor socket is inside the fetcher's jail.
inline constexpr char kTorSocketInJail[] = "/tor/socks";

// nightjar-fetcher: no network interface, no file but the Tor socket, socket() only for AF_UNIX (EACCES else).
[[nodiscard]] Result<JailState> EnterFetcherJail(const FetcherJail& jail);

}  // namespace nightjar::walls
