// SPDX-License-Identifier: Apache-2.0
// Runs the programs that read a report back.
#pragma once

#include <array>
#include <cstdio>
#include <string>

namespace nightjar::report {

struct CommandResult {
  int exit_status = -1;
  std::string output;  // stdout and stderr
};

// `command` as sh runs it, started in `folder`.
inline CommandResult RunIn(const std::string& folder, const std::string& command) {
  CommandResult result;
  FILE* pipe = ::popen(("cd '" + folder + "' && { " + command + "; } 2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  std::array<char, 4096> piece{};
  for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
    result.output.append(piece.data(), got);
  const int status = ::pclose(pipe);
  result.exit_status = (status & 0x7F) == 0 ? status >> 8 & 0xFF : -1;
  return result;
}

}  // namespace nightjar::report
