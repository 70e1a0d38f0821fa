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
    case Outcome::kWithheld:
      return {};  // asking again would bring the same picture
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

bool SuspectsRoute(Outcome outcome) {
  return outcome == Outcome::kIntroduction || outcome == Outcome::kRendezvous ||
         outcome == Outcome::kTimedOut;
}

}  // namespace nightjar::crawler
