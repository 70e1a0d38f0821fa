// SPDX-License-Identifier: Apache-2.0
#include "crawler/judge.h"

#include <algorithm>

#include "base/codec.h"
#include "crawler/refusal.h"

namespace nightjar::crawler {

using captures::Outcome;
using frontier::Cause;
using frontier::Ending;

namespace {

constexpr std::string_view kRetryAfter = "retry-after:";

// Its first eight bytes.
frontier::ContentMark MarkOf(const Digest& digest) {
  return Decoder(digest.View().substr(0, sizeof(frontier::ContentMark))).U64();
}

bool BeginsWith(std::string_view line, std::string_view lower_case) {
  return line.size() >= lower_case.size() &&
         std::ranges::equal(
             line.substr(0, lower_case.size()), lower_case,
             [](unsigned char a, unsigned char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

Ending::Kind KindOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOk:
    case Outcome::kWithheld:   // asking again would bring the same picture
    case Outcome::kTruncated:  // what fits within the limits is the page
      return Ending::Kind::kDone;
    case Outcome::kProxyUnavailable:
      return Ending::Kind::kUntried;
    case Outcome::kDescriptorMissing:
    case Outcome::kIntroduction:
    case Outcome::kRendezvous:
    case Outcome::kRefused:
    case Outcome::kTimedOut:
    case Outcome::kDisconnected:
      return Ending::Kind::kPassing;
    case Outcome::kClientAuth:
    case Outcome::kBadAddress:
    case Outcome::kProtocol:
    case Outcome::kNotAttempted:
      return Ending::Kind::kFinal;
  }
  return Ending::Kind::kFinal;
}

Cause CauseOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kOk:
    case Outcome::kTruncated:
    case Outcome::kWithheld:
    case Outcome::kProxyUnavailable:
      return Cause::kNone;
    case Outcome::kDescriptorMissing:
      return Cause::kDescriptor;
    case Outcome::kIntroduction:
      return Cause::kIntroduction;
    case Outcome::kRendezvous:
      return Cause::kRendezvous;
    case Outcome::kClientAuth:
      return Cause::kClientAuth;
    case Outcome::kBadAddress:
      return Cause::kBadAddress;
    case Outcome::kRefused:
      return Cause::kRefused;
    case Outcome::kTimedOut:
      return Cause::kTimedOut;
    case Outcome::kDisconnected:
      return Cause::kDisconnected;
    case Outcome::kProtocol:
      return Cause::kProtocol;
    case Outcome::kNotAttempted:
      return Cause::kNotAttempted;
  }
  return Cause::kProtocol;
}

}  // namespace

frontier::Ending JudgeExchange(const captures::Record& record, ByteView untrusted_head) {
  if (const auto why = RefusedFor(record); why != scope::Exclusion::kNone)
    return {.kind = Ending::Kind::kExcluded, .exclusion = why};
  Ending ending{
      .kind = KindOf(record.outcome), .cause = CauseOf(record.outcome), .bytes = record.response_size};
  const bool busy = record.http_status == 429 || record.http_status >= 500;
  if (record.outcome == Outcome::kOk && busy) {
    ending.kind = Ending::Kind::kPassing;
    ending.cause = Cause::kServerError;
    ending.not_before = RetryAfterOf(untrusted_head);
  }
  if (ending.kind == Ending::Kind::kDone) {
    ending.content = MarkOf(record.body_sha256);
    ending.gone = record.http_status == 404 || record.http_status == 410;
  }
  return ending;
}

std::chrono::seconds RetryAfterOf(ByteView untrusted_head) {
  constexpr std::int64_t kMost = 86'400;  // a day
  while (!untrusted_head.empty()) {
    const std::size_t end = untrusted_head.find('\n');
    std::string_view line = untrusted_head.substr(0, end);
    untrusted_head.remove_prefix(end == ByteView::npos ? untrusted_head.size() : end + 1);
    if (!BeginsWith(line, kRetryAfter)) continue;
    line.remove_prefix(kRetryAfter.size());
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    std::int64_t seconds = 0;
    std::size_t digits = 0;
    for (; digits < line.size() && line[digits] >= '0' && line[digits] <= '9'; ++digits)
      seconds = std::min(kMost, seconds * 10 + (line[digits] - '0'));
    line.remove_prefix(digits);
    const bool is_number = digits > 0 && line.find_first_not_of(" \t\r") == std::string_view::npos;
    return std::chrono::seconds(is_number ? seconds : 0);
  }
  return std::chrono::seconds(0);
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
    case Outcome::kWithheld:
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
