// SPDX-License-Identifier: Apache-2.0
// One HTTP POST to a witness or a time stamp authority. It leaves through Tor, or stays on this machine:
// there is no third way, whatever the URL says.
#pragma once

#include <functional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::notary {

// Tor's SOCKS sockets (unix paths); empty where there is none.
struct Doors {
  std::string onion;     // to .onion hosts
  std::string clearnet;  // to all others: a socket without OnionTrafficOnly
};

// The door a URL leaves by; empty for a loopback address (127.0.0.0/8, [::1]), which needs none.
// kInvalidInput for what is no http or https URL, kUnavailable, saying which setting is missing, without a
// door.
[[nodiscard]] Result<std::string> DoorTo(const std::string& url, const Doors& doors);

struct PostRequest {
  std::string url;
  std::string content_type;
  Bytes body;
};
struct PostAnswer {
  int status = 0;
  Bytes body;  // at most kMaxAnswer
};
inline constexpr std::size_t kMaxAnswer = 64 << 10;

// Thread-safe. kUnavailable for no answer, kTimeout after two minutes.
using Post = std::function<Result<PostAnswer>(const PostRequest&)>;

// The real one (libcurl). Redirects are not followed.
[[nodiscard]] Post PostThrough(Doors doors);

}  // namespace nightjar::notary
