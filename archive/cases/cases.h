// SPDX-License-Identifier: Apache-2.0
// Cases: every job, search session and export names one, with its legal basis. Stored in the control store,
// which several processes may write (each call is one durable transaction).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace nightjar::cases {

// Texts are UTF-8 without control characters, at most kMaxText bytes each.
struct Case {
  CaseId id;
  std::string title;        // may be empty
  std::string legal_basis;  // required: statute, order or warrant number
  std::string officer;      // who answers for it; may be empty
  UtcTime opened;
};

inline constexpr std::size_t kMaxText = 4096;

// Thread-safe. Shares the folder's environment with the other stores of control/.
class CaseStore final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<CaseStore>> Open(const std::string& control_folder);
  ~CaseStore();

  // Durable when it returns. kInvalidInput (name, empty legal basis, text), kAlreadyExists.
  [[nodiscard]] Status Add(const Case& opened);
  [[nodiscard]] Result<Case> Get(const CaseId& id) const;  // kNotFound
  [[nodiscard]] Result<std::vector<Case>> List() const;    // by id

 private:
  struct State;
  explicit CaseStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::cases
