// SPDX-License-Identifier: Apache-2.0
// What people set for a host, whatever job asks for it. Table "host_rules" of the control store: key = the
// onion host, value = format byte 1, u8 blocked, i64 least delay in milliseconds, reason, i64 when it was
// set. The crawl role reads them once a second.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace nightjar::jobs {

struct HostRule {
  bool blocked = false;                    // nothing is fetched from it; what waits there stays
  std::chrono::milliseconds min_delay{0};  // where it is longer than the job's; at most 24 hours
  std::string reason;                      // of the block, one line; may be empty
  UtcTime since;                           // the last change

  [[nodiscard]] bool Means() const { return blocked || min_delay.count() > 0; }
  friend bool operator==(const HostRule&, const HostRule&) = default;
};

// Thread-safe, over processes too; each call is one transaction, durable when it returns.
class HostRules final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<HostRules>> Open(const std::string& control_folder);
  ~HostRules();

  // `host`: a v3 onion address, sub-domains and letter case do not matter; kInvalidInput for anything else.
  // Returns the host's own name, "<56>.onion". A rule that means nothing
  // any more stays as a row, so that a crawl that starts later learns that it was lifted.
  [[nodiscard]] Result<std::string> Change(const std::string& host,
                                           const std::function<void(HostRule&)>& change);

  [[nodiscard]] Result<std::map<std::string, HostRule>> List() const;

 private:
  struct State;
  explicit HostRules(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::jobs
