// SPDX-License-Identifier: Apache-2.0
// The project's own sources as the rule tests see them: files of the rooms, their include lines, their
// functions.
#pragma once

#include <string>
#include <vector>

namespace nightjar::rules {

struct Include {
  std::string target;  // as written between the quotes or angle brackets
  bool angled = false;
  int line = 0;
};

struct SourceFile {
  std::string path;  // relative to the project, e.g. "archive/store/store.h"
  std::string room;  // its folder, e.g. "archive/store"
  std::vector<std::string> lines;
  std::vector<Include> includes;
  [[nodiscard]] bool IsHeader() const { return path.ends_with(".h"); }
};

// All *.h and *.cc below the rooms (tests are not rooms).
[[nodiscard]] std::vector<SourceFile> ReadRooms();

struct Function {
  std::string name;  // the text before its opening brace, for messages
  int line = 0;
  int length = 0;  // lines from the opening to the closing brace
};

// Function bodies, found by brace depth: good enough for code that clang-format has laid out.
[[nodiscard]] std::vector<Function> FunctionsOf(const SourceFile& file);

}  // namespace nightjar::rules
