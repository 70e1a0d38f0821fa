// SPDX-License-Identifier: Apache-2.0
// Routes: which SOCKS credentials a task travels with. Tor gives streams with different credentials different
// circuits (IsolateSOCKSAuth, on by default), and curl reuses a connection only for equal credentials, so the
// pair (user, password) is the identity a service can see: one for each job, host and persona.
//
// The user name is a readable tag, "<job>/<host, 16 characters>/<persona or ->/<epoch>", and is written into
// the record. The password is derived: SHA-256 over a secret of this process and the tag. It never leaves
// for anywhere but Tor, and a new process travels on new circuits. Nothing is kept for a route that never
// failed.
//
// A circuit that stopped working is left by raising the epoch. NEWNYM is not used: it is global and slows all
// jobs.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/ids.h"
#include "base/random.h"

namespace nightjar::routes {

// Whose circuit it is. `persona` is empty for anonymous fetching.
struct Identity {
  JobId job;
  std::string host;  // "<56>.onion"
  std::string persona;
  friend auto operator<=>(const Identity&, const Identity&) = default;
};

struct Credentials {
  std::string user;      // at most 255 bytes (RFC 1929)
  std::string password;  // 64 hex digits; never logged, never recorded
};

// One thread.
class Routes final {
 public:
  explicit Routes(Random& random) : secret_(random.Take(32)) {}

  [[nodiscard]] Credentials For(const Identity& identity) const;

  // The circuit used with `user` failed (rendezvous, introduction, time-out): later tasks of this identity
  // take another. Does nothing if that already happened, so ten failures on one circuit cost one epoch.
  void Leave(const Identity& identity, const std::string& user);

 private:
  Bytes secret_;
  std::map<Identity, std::uint32_t> epochs_;  // identities whose epoch is not 0
};

}  // namespace nightjar::routes
