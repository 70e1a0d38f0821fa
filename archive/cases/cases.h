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

struct Case {
  CaseId id;
  std::string title;
  std::string legal_basis;  // required: statute, order or warrant number
  std::string officer;      // who answers for it; may be empty
  UtcTime opened;
};

class CaseStore final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<CaseStore>> Open(const std::string& control_folder);
  ~CaseStore();

  // kInvalidInput (name, empty legal basis), kAlreadyExists.
  [[nodiscard]] Status Add(const Case& opened);
  [[nodiscard]] Result<Case> Get(const CaseId& id) const;
  [[nodiscard]] Result<std::vector<Case>> List() const;

 private:
  struct State;
  explicit CaseStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nightjar::cases
