// SPDX-License-Identifier: Apache-2.0
// What was exported of each case: when, by whom, why, under which checkpoint. The next export proves that its
// log goes on where these ended. Lives in the control store, beside the cases.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::cases {

struct ExportEntry {
  CaseId case_id;
  UtcTime at;
  std::string by;          // may be empty
  std::string reason;      // may be empty
  std::string selection;   // the query, or the numbers
  std::string checkpoint;  // the note, verbatim
  std::uint64_t captures = 0;
  Digest sha256;  // of the bundle
};

// Thread-safe; several processes may add.
class ExportLog final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<ExportLog>> Open(const std::string& control_folder);
  ~ExportLog();

  // Durable when it returns. Texts over 64 KiB are cut (a list of capture numbers may be long), the
  // checkpoint is not.
  [[nodiscard]] Status Add(const ExportEntry& entry);
  [[nodiscard]] Result<std::vector<ExportEntry>> Of(const CaseId& id) const;  // oldest first

 private:
  struct State;
  explicit ExportLog(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::cases
