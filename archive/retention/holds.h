// SPDX-License-Identifier: Apache-2.0
// Legal holds: captures that must not be erased although their time is over, because they are evidence. While
// a hold is in force an erasure restricts them instead (Directive (EU) 2016/680, Art. 16(3)(b)). A hold is
// never deleted; who placed and who released it, and why, stays on record.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/evidence/number_ranges.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::retention {

using HoldNumber = Id<struct HoldTag, std::uint64_t>;

struct Hold {
  HoldNumber number;  // given by Place()
  CaseId case_id;
  evidence::NumberRanges captures;  // the exhibits
  std::string reason;               // 1 to 512 bytes of printable UTF-8, as is `by`
  std::string by;
  UtcTime placed;
  UtcTime until;  // by when it is to be looked at again; it stays in force until it is released
  struct Release {
    std::string reason;
    std::string by;
    UtcTime at;
  };
  std::optional<Release> released = {};
};

// Table "holds" of the control store (archive/FORMAT.md). Thread-safe; several processes may write.
class HoldStore final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<HoldStore>> Open(const std::string& control_folder);
  ~HoldStore();

  // Durable. kInvalidInput: no captures, an empty text, an end before `placed`.
  [[nodiscard]] Result<HoldNumber> Place(Hold hold);
  // Durable. kNotFound; kAlreadyExists: it was released before.
  [[nodiscard]] Status Release(HoldNumber number, Hold::Release release);
  [[nodiscard]] Result<std::vector<Hold>> All() const;  // oldest first, released ones too

 private:
  struct State;
  explicit HoldStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The captures that are held now.
class HeldCaptures final {
 public:
  explicit HeldCaptures(const std::vector<Hold>& holds) {
    for (const Hold& hold : holds)
      if (!hold.released) ranges_.push_back(hold.captures);
  }
  [[nodiscard]] bool operator()(CaptureNumber number) const {
    for (const auto& ranges : ranges_)
      if (ranges.Contains(number.value)) return true;
    return false;
  }

 private:
  std::vector<evidence::NumberRanges> ranges_;
};

}  // namespace nightjar::retention
