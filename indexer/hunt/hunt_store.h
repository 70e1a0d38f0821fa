// SPDX-License-Identifier: Apache-2.0
// Hunts, how far they are, and what they found. Rows: archive/FORMAT.md, "hunt".
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "indexer/hunt/hunt.h"

namespace nightjar::hunt {

// Thread-safe; each call is one transaction. Several processes may write.
class HuntStore final {
 public:
  enum class Mode { kReadOnly, kWrite };
  // kNotFound when opened read-only before anybody has written.
  [[nodiscard]] static Result<std::unique_ptr<HuntStore>> Open(const std::string& folder, Mode mode);
  ~HuntStore();

  // Stores it under a fresh id. kAlreadyExists: the name; kInvalidInput: no name.
  [[nodiscard]] Result<Hunt> Add(Hunt hunt);
  [[nodiscard]] Result<Hunt> Find(const std::string& name) const;  // kNotFound
  [[nodiscard]] Result<std::vector<Hunt>> All() const;
  [[nodiscard]] Status SetState(const std::string& name, HuntState state);
  [[nodiscard]] Status Remove(const std::string& name);  // with what it found

  // What was found and how far the hunt is, in one durable transaction. `from` is where this piece began:
  // kUnavailable where the hunt stands elsewhere, for then another process runs it. A hunt that was stopped
  // meanwhile keeps that state. Returns it as stored.
  [[nodiscard]] Result<Hunt> Advance(const Hunt& hunt, std::uint64_t from, std::span<const Match> found);

  // In the order they were found, by capture. `skip`: places among them (those of erased captures count).
  [[nodiscard]] Result<std::vector<Match>> Matches(std::uint64_t hunt, std::uint64_t skip,
                                                   std::size_t most) const;

  // Matches in captures that were erased go. Returns how many. Old pages keep them until store::Compact().
  [[nodiscard]] Result<std::uint64_t> Forget(const std::function<bool(CaptureNumber)>& gone);

 private:
  struct Tables;
  explicit HuntStore(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

}  // namespace nightjar::hunt
