// SPDX-License-Identifier: Apache-2.0
// What others have attested of the log, for `status` and `doctor`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "archive/notary/notary_role.h"
#include "base/json.h"
#include "config/settings.h"

namespace nightjar::cli {

struct OutsideState {
  bool has_witness = false;  // by the settings
  bool has_authority = false;
  notary::NotaryStatus status;
};
[[nodiscard]] Result<OutsideState> ReadOutside(const config::Settings& settings);

[[nodiscard]] json::object ToJson(const OutsideState& state, UtcTime now);

// Lines for people: what is off is said, and so is what was never done.
[[nodiscard]] std::vector<std::string> Sentences(const OutsideState& state, UtcTime now);

// For `doctor`: are key, certificates and ways in order, and did the last try go well?
void ReportOutside(const config::Settings& settings,
                   const std::function<void(const std::string& what, const Status& status)>& report);

}  // namespace nightjar::cli
