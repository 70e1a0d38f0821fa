// SPDX-License-Identifier: Apache-2.0
// Onion names of version 2 that were met in imported lists. Such services ended with Tor 0.4.6 and are never
// asked; the names are kept because they tie old material to new. Table "old_names" of the control store: key
// =
// "<16>.onion", value = format byte 1, job with whose list it first came, i64 when, u64 how often it was met.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::jobs {

struct OldName {
  JobId job;
  UtcTime first_met;
  std::uint64_t times = 0;
  friend bool operator==(const OldName&, const OldName&) = default;
};

// Thread-safe, over processes too; each call is one transaction, durable when it returns.
class OldNames final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<OldNames>> Open(const std::string& control_folder);
  ~OldNames();

  // One meeting of each. Returns how many were new.
  [[nodiscard]] Result<std::size_t> Meet(std::span<const std::string> names, const JobId& job, UtcTime now);
  [[nodiscard]] Result<std::map<std::string, OldName>> List() const;

 private:
  struct State;
  explicit OldNames(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::jobs
