// SPDX-License-Identifier: Apache-2.0
// An approved erasure carried out, store by store (archive/retention/README.md).
#pragma once

#include "archive/retention/survey.h"
#include "base/stop.h"
#include "config/settings.h"

namespace nightjar::cli {

[[nodiscard]] Result<retention::Clocks> ReadClocks(const config::Settings& settings);

// What an order means now.
[[nodiscard]] Result<retention::Plan> ReadPlan(const config::Settings& settings,
                                               const retention::Selection& selection);

struct ErasureDone {
  CaptureNumber leaf;
  std::uint64_t erased = 0;
  std::uint64_t restricted = 0;
  std::uint64_t facts = 0;
  std::uint64_t documents = 0;
};
// Nightjar must be stopped: kUnavailable names who has a store open, and then nothing was done. Stopped on
// its way it goes on when it is called again with the same order.
[[nodiscard]] Result<ErasureDone> CarryOut(const config::Settings& settings, retention::OrderNumber number,
                                           const std::string& approved_by, StopSignal& stop);

}  // namespace nightjar::cli
