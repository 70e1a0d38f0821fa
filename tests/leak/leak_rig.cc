// SPDX-License-Identifier: Apache-2.0
#include "tests/leak/leak_rig.h"

#include <sys/stat.h>

#include <fstream>

namespace nightjar::leak {

void LeakTest::UseEnvironment(const std::map<std::string, std::string>& variables) {
  const std::string script = folder_ + "/with-environment";
  std::ofstream file(script);
  file << "#!/bin/sh\n";
  for (const auto& [name, value] : variables) file << "export " << name << "='" << value << "'\n";
  file << "exec " << program_ << "\n";
  file.close();
  ::chmod(script.c_str(), 0755);
  program_ = script;
}

}  // namespace nightjar::leak
