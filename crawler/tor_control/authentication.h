// SPDX-License-Identifier: Apache-2.0
// How a client proves to Tor that it may read Tor's cookie file, without showing the cookie to a stranger who
// sits on the socket. Source: control-spec 3.5 (AUTHENTICATE), 3.21 (PROTOCOLINFO), 3.24 (AUTHCHALLENGE).
#pragma once

#include <string>

#include "crawler/tor_control/reply.h"

namespace nightjar::tor_control {

// What PROTOCOLINFO says.
struct ProtocolInfo {
  bool null = false;  // anybody who reaches the socket may speak
  bool cookie = false;
  bool safe_cookie = false;
  std::string cookie_file;
  std::string tor_version;
};
[[nodiscard]] Result<ProtocolInfo> ReadProtocolInfo(const Reply& reply);

// The 32 bytes in the file that Tor named. kUnavailable, with what to do, where it cannot be read.
[[nodiscard]] Result<Bytes> ReadCookie(const ProtocolInfo& info);

inline constexpr std::size_t kNonceSize = 32;

// The arguments of AUTHENTICATE, in hex, from the answer to `AUTHCHALLENGE SAFECOOKIE <client nonce>`.
// kRefused: whoever answered does not know the cookie, so it is not the Tor that wrote it.
[[nodiscard]] Result<std::string> AnswerChallenge(const Reply& reply, const Bytes& cookie,
                                                  const Bytes& client_nonce);

}  // namespace nightjar::tor_control
