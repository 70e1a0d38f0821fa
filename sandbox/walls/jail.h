// SPDX-License-Identifier: Apache-2.0
// The two jails of Nightjar, each a short list of walls in a fixed order. One wall is one file of this
// folder; what weakens a wall is a header of its own, so that including it can be seen in review. Fail
// closed: without seccomp no jail is entered; where user namespaces are denied the state is "reduced" and
// says so. Call once, before the first thread and the first hostile byte. Nothing here can be undone.
//
// After the call no file can be opened any more, so whatever a library loads late must have been loaded
// before: curl_global_init() and OpenSSL's configuration, ICU with udata_setFileAccess(UDATA_NO_FILES),
// locales, gconv, NSS, time zones. Descriptors that are open stay usable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace nightjar::walls {

// How much of the jail stands: written into facts and records.
struct JailState {
  bool namespaces = false;  // user/net/ipc/mount/uts namespaces of our own, root folder empty
  bool landlock = false;
  [[nodiscard]] std::string_view Name() const { return namespaces ? "full" : "reduced"; }
};

struct ParserLimits {
  std::uint64_t memory_bytes = 512ULL << 20;  // RLIMIT_AS
  // RLIMIT_CPU over the whole life of the worker: the outer bound behind the pool's deadlines. The pool
  // retires a worker long before an honest one could meet it.
  std::uint32_t cpu_seconds = 20;
};

// nightjar-parser: reads descriptor 0, writes descriptor 1, allocates memory; any other system call kills it
// (SIGSYS). All other descriptors are closed, standard error too.
[[nodiscard]] Result<JailState> EnterParserJail(const ParserLimits& limits);

struct FetcherJail {
  std::string tor_socket;  // path outside the jail; its folder is the only thing bound into the new root
  bool require_namespaces = true;  // the empty network namespace is a wall that fetching does not go without
  int last_descriptor = 2;         // descriptors above this one are closed
};

// Where the Tor socket is inside the fetcher's jail. The socket's folder is bound, not the socket: a Tor that
// starts anew makes a new socket, and the jailed fetcher sees it there.
inline constexpr char kTorSocketInJail[] = "/tor/socks";

// nightjar-fetcher: no network interface, no file but the Tor socket, socket() only for AF_UNIX (EACCES
// else). Calls that only an attack would make kill it; anything else not listed gets EPERM, open gets EACCES.
[[nodiscard]] Result<JailState> EnterFetcherJail(const FetcherJail& jail);

}  // namespace nightjar::walls
