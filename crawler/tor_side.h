// SPDX-License-Identifier: Apache-2.0
// Wall five, Tor's side: `SocksPort unix:PATH OnionTrafficOnly IsolateSOCKSAuth ExtendedErrors`. Tor itself
// then refuses every address that is no onion, whatever our own walls let through.
//
// What it stops: a fetch of a clearnet name or address that has passed the gate in front of libcurl (wall
// one); the other walls know sockets, not what is asked through Tor's. What it costs to leave it out: one
// mistake in the gate fetches from the clearnet through an exit: no leak of our address, but a request that
// nobody ordered, readable at the exit.
//
// How it is probed: a SOCKS5 request for "a.invalid", a name that can never exist (RFC 6761 section 6.4).
// With the flag Tor answers 0x02, "not allowed by ruleset", at once and without any network; without it Tor
// would ask an exit, and then what that exit learns is a name that says nothing. IsolateSOCKSAuth cannot be
// seen from outside; it is on unless it was switched off by name.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace nightjar::crawler {

enum class TorSide {
  kOnionOnly,    // refused by rule: the wall stands
  kClearnetToo,  // it tried, or agreed: the wall is missing
  kSaidNothing,  // no answer in time: as a Tor without the flag does while it looks for an exit
};

// kUnavailable: no SOCKS5 server with user and password answers there.
[[nodiscard]] Result<TorSide> ProbeTorSide(const std::string& socket_path,
                                           std::chrono::milliseconds patience = std::chrono::seconds(5));

// OK for kOnionOnly; else kRefused, and what to write in torrc.
[[nodiscard]] Status CheckTorSide(const std::string& socket_path);

}  // namespace nightjar::crawler
