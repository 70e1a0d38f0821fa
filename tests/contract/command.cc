// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/command.h"

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

namespace nightjar::contract {

CommandResult RunIn(const std::string& folder, const std::string& command) {
  FILE* pipe = ::popen(("cd '" + folder + "' && (" + command + ") 2>&1").c_str(), "r");
  if (pipe == nullptr) std::abort();
  CommandResult result;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) result.output += static_cast<char>(c);
  const int status = ::pclose(pipe);
  if (WIFEXITED(status)) result.exit_status = WEXITSTATUS(status);
  return result;
}

std::string LastLine(const std::string& text) {
  const std::string trimmed = text.substr(0, text.find_last_not_of('\n') + 1);
  return trimmed.substr(trimmed.rfind('\n') + 1);
}

}  // namespace nightjar::contract
