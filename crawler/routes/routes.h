// SPDX-License-Identifier: Apache-2.0
// Routes: which SOCKS credentials a task travels with. Tor gives streams with different credentials different
// circuits (IsolateSOCKSAuth, on by default), and curl reuses a connection only for equal credentials, so the
// pair (user, password) is the identity a service can see: one for each job, host, persona and lane.
//
// A **lane** is one of several isolated circuits of the same job to the same host, used at the same time. A
// persona has one lane: a session that changed its circuit between two pages would be two visitors to the
// service.
//
// The user name is a readable tag, "<job>/<host, 16 characters>/<persona or ->/<run>.<lane>.<epoch>", and is
// written into the record; it is how Tor's circuit events are joined to fetches. `run` is another in each
// process, so that no tag ever means two circuits of different processes. The password is derived: SHA-256
// over a secret of this process, the host and the tag. It never leaves for anywhere but Tor. Nothing is kept
// for a route that never failed and carries nothing.
//
// A circuit that stopped working is left by raising the epoch. NEWNYM is not used: it is global and slows all
// jobs.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "base/ids.h"
#include "base/random.h"

namespace nightjar::routes {

// Whose circuits they are. `persona` is empty for anonymous fetching.
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

// Why a circuit is left.
enum class Why : std::uint8_t { kIntroduction, kRendezvous, kTimedOut, kBlocked };
[[nodiscard]] std::string_view WhyName(Why why);

inline constexpr std::uint32_t kMostLanes = 16;

// One thread.
class Routes final {
 public:
  explicit Routes(Random& random);

  // Credentials for one task: of the lane with the fewest tasks under way, in turn where several have none.
  // `circuits` lanes are used, 1 to kMostLanes; a persona always has one. Each Take() wants its GiveBack().
  [[nodiscard]] Credentials Take(const Identity& identity, std::uint32_t circuits = 1);
  void GiveBack(const Identity& identity, const std::string& user);

  // What a lane travels with just now; nothing is taken.
  [[nodiscard]] Credentials For(const Identity& identity, std::uint32_t lane = 0) const;

  // The circuit used with `user` failed: later tasks of its lane take another. Does nothing if that already
  // happened, so ten failures on one circuit cost one epoch. After kMostEpochs routes have been left, all
  // routes of the process change their epoch, and what was kept of them is forgotten.
  void Leave(const Identity& identity, const std::string& user, Why why);

  static constexpr std::size_t kMostEpochs = 65'536;

 private:
  struct Lane {
    Identity identity;
    std::uint32_t number = 0;
    friend auto operator<=>(const Lane&, const Lane&) = default;
  };
  [[nodiscard]] std::uint32_t EpochOf(const Lane& lane) const;

  Bytes secret_;
  std::string run_;
  std::uint32_t base_epoch_ = 0;
  std::uint32_t turn_ = 0;                // where the search for a free lane begins
  std::map<Lane, std::uint32_t> epochs_;  // of lanes whose epoch is not the base one
  std::map<Identity, std::array<std::uint32_t, kMostLanes>> under_way_;  // by lane; identities with any
};

}  // namespace nightjar::routes
