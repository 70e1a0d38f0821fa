// SPDX-License-Identifier: Apache-2.0
// Runs the commands a stranger would type.
#pragma once

#include <string>

namespace nightjar::contract {

struct CommandResult {
  int exit_status = -1;
  std::string output;  // stdout and stderr
};

// `command` as sh runs it, started in `folder`.
[[nodiscard]] CommandResult RunIn(const std::string& folder, const std::string& command);

[[nodiscard]] std::string LastLine(const std::string& text);

}  // namespace nightjar::contract
