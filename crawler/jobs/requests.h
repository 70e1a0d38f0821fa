// SPDX-License-Identifier: Apache-2.0
// The mailbox of the crawl role. The frontier has one writer, the crawl process; what a person wants done to
// it once is a request here. The role takes the open ones in order, once a second, and writes down what came
// of each (crawler/orders.h). A request outlives both processes; one that was applied when the role died
// before it could say so is applied again, which does no harm.
//
// Table "requests" of the control store: key = the number, 8 bytes big endian; value = format byte 1, u8
// what, job, host, URL prefix, i64 asked, u8 state (0 open, 1 done, 2 failed), i64 ended, result. The newest
// kKeptRequests of those that ended are kept.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::jobs {

using RequestId = Id<struct RequestTag, std::uint64_t>;

inline constexpr std::size_t kKeptRequests = 1000;

struct Request {
  // Stored: append only.
  enum class What : std::uint8_t {
    kRunNow,     // job: its next run begins now
    kRetryHost,  // host: what failed there, or waits for a later try, is due now
    kDrop,       // job, and host and URL prefix where given: what waits is dropped
  };
  enum class State : std::uint8_t { kOpen, kDone, kFailed };

  RequestId id{};
  What what = What::kRunNow;
  JobId job{};               // empty where `what` needs none
  std::string host{};        // "<56>.onion" or empty
  std::string url_prefix{};  // or empty
  UtcTime asked{};
  State state = State::kOpen;
  UtcTime ended{};
  std::string result{};  // one sentence for a person, once it has ended
  friend bool operator==(const Request&, const Request&) = default;
};
[[nodiscard]] std::string_view WhatName(Request::What what);  // "run-now", "retry-host", "drop"

// Thread-safe, over processes too; each call is one transaction, durable when it returns.
class Requests final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Requests>> Open(const std::string& control_folder);
  ~Requests();

  // Gives it a number and leaves it open; the members from `state` on are set here.
  [[nodiscard]] Result<RequestId> Ask(Request request);
  [[nodiscard]] Result<Request> Get(RequestId id) const;    // kNotFound
  [[nodiscard]] Result<std::vector<Request>> Open() const;  // the open ones, oldest first
  [[nodiscard]] Status Finish(RequestId id, const Result<std::string>& result, UtcTime now);

 private:
  struct State;
  explicit Requests(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::jobs
