// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/frontier.h"

namespace nightjar::frontier {

std::string_view CauseName(Cause cause) {
  switch (cause) {
    case Cause::kNone:
      return "none";
    case Cause::kDescriptor:
      return "descriptor";
    case Cause::kIntroduction:
      return "introduction";
    case Cause::kRendezvous:
      return "rendezvous";
    case Cause::kClientAuth:
      return "client-auth";
    case Cause::kBadAddress:
      return "bad-address";
    case Cause::kRefused:
      return "refused";
    case Cause::kTimedOut:
      return "timed-out";
    case Cause::kDisconnected:
      return "disconnected";
    case Cause::kProtocol:
      return "protocol";
    case Cause::kServerError:
      return "server-error";
    case Cause::kNotAttempted:
      return "not-attempted";
    case Cause::kLost:
      return "lost";
  }
  return "unknown";
}

}  // namespace nightjar::frontier
