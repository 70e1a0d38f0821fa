// SPDX-License-Identifier: Apache-2.0
// Alerts and counts that outlive the process which met them. Table: README.md of this folder.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace nightjar::alerts {

struct Alert {
  UtcTime at;
  std::string kind;     // "hash-list"
  std::string text;     // one sentence for a person
  std::string subject;  // what it is about: "fetch 00ff.. of http://..."
  friend bool operator==(const Alert&, const Alert&) = default;
};

// Thread-safe; each call is one transaction. Kept until a person removes the folder.
class AlertStore final {
 public:
  enum class Mode { kReadOnly, kWrite };
  [[nodiscard]] static Result<std::unique_ptr<AlertStore>> Open(const std::string& folder, Mode mode);
  ~AlertStore();

  [[nodiscard]] Status Raise(const Alert& alert);  // durable when it returns
  // Adds to named counts, all in one transaction; nothing for an empty map.
  [[nodiscard]] Status Count(const std::map<std::string, std::uint64_t>& more);

  // Alerts whose text or subject names the host keep their time and kind alone. Returns how many. Old pages
  // keep the rest until store::Compact().
  [[nodiscard]] Result<std::uint64_t> Forget(const std::string& host);

  [[nodiscard]] Result<std::vector<Alert>> Newest(std::size_t most) const;  // newest first
  [[nodiscard]] Result<std::uint64_t> Total() const;                        // alerts ever raised
  [[nodiscard]] Result<std::map<std::string, std::uint64_t>> Counts() const;

 private:
  struct State;
  explicit AlertStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::alerts
