// SPDX-License-Identifier: Apache-2.0
#include "crawler/judge.h"

namespace nightjar::crawler {

using captures::Outcome;
using frontier::Cause;
using frontier::Ending;

frontier::Ending JudgeExchange(const captures::Record& record) {
  const bool busy = record.http_status == 429 || record.http_status >= 500;
  switch (record.outcome) {
    case Outcome::kOk:
      return busy ? Ending{Ending::Kind::kPassing, Cause::kServerError} : Ending{};
    case Outcome::kTruncated:
      return {};  // what fits within the limits is the page
    case Outcome::kProxyUnavailable:
      return {Ending::Kind::kUntried, Cause::kNone};
    case Outcome::kDescriptorMissing:
      return {Ending::Kind::kPassing, Cause::kDescriptor};
    case Outcome::kIntroduction:
      return {Ending::Kind::kPassing, Cause::kIntroduction};
    case Outcome::kRendezvous:
      return {Ending::Kind::kPassing, Cause::kRendezvous};
    case Outcome::kClientAuth:
      return {Ending::Kind::kFinal, Cause::kClientAuth};
    case Outcome::kBadAddress:
      return {Ending::Kind::kFinal, Cause::kBadAddress};
    case Outcome::kRefused:
      return {Ending::Kind::kPassing, Cause::kRefused};
    case Outcome::kTimedOut:
      return {Ending::Kind::kPassing, Cause::kTimedOut};
    case Outcome::kDisconnected:
      return {Ending::Kind::kPassing, Cause::kDisconnected};
    case Outcome::kProtocol:
      return {Ending::Kind::kFinal, Cause::kProtocol};
    case Outcome::kNotAttempted:
      return {Ending::Kind::kFinal, Cause::kNotAttempted};
  }
  return {Ending::Kind::kFinal, Cause::kProtocol};
}

std::optional<routes::Why> SuspectsRoute(Outcome outcome) {
  if (outcome == Outcome::kIntroduction) return routes::Why::kIntroduction;
  if (outcome == Outcome::kRendezvous) return routes::Why::kRendezvous;
  if (outcome == Outcome::kTimedOut) return routes::Why::kTimedOut;
  return std::nullopt;
}

std::optional<availability::Cause> SpeaksOfHost(const captures::Record& record) {
  using Seen = availability::Cause;
  switch (record.outcome) {
    case Outcome::kOk:
      return record.http_status >= 500 ? Seen::kServerError : Seen::kAnswered;
    case Outcome::kTruncated:
    case Outcome::kProtocol:
      return Seen::kAnswered;  // badly, but the service was there
    case Outcome::kProxyUnavailable:
      return Seen::kTorNotReady;
    case Outcome::kDescriptorMissing:
      return Seen::kDescriptor;
    case Outcome::kIntroduction:
      return Seen::kIntroduction;
    case Outcome::kRendezvous:
      return Seen::kRendezvous;
    case Outcome::kClientAuth:
      return Seen::kClientAuth;
    case Outcome::kRefused:
      return Seen::kRefused;
    case Outcome::kTimedOut:
      return Seen::kTimedOut;
    case Outcome::kDisconnected:
      return Seen::kDisconnected;
    case Outcome::kBadAddress:
    case Outcome::kNotAttempted:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace nightjar::crawler
