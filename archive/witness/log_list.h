// SPDX-License-Identifier: Apache-2.0
// The logs a witness watches: a text file, one log a line, its verifier keys parted by blanks, the oldest
// first. Lines that start with '#' are comments.
//
//   # Unit Example; second key since July
//   unit.example/nightjar/2026a+ab7f8be4+AW1E... unit.example/nightjar/2026b+0a1b2c3d+AX9f...
//
// A rotation changes a log's name, but it is still one tree: the keys of one line share one state, and once a
// checkpoint by a later key was cosigned, those by earlier keys are refused.
#pragma once

#include <string_view>
#include <vector>

#include "archive/evidence/note.h"

namespace nightjar::witness {

struct KnownLog {
  std::vector<evidence::NoteKey> keys;  // never empty
};

// kInvalidInput, with `name` and the line's number, for a key that is none, a name that stands twice, or no
// log at all.
[[nodiscard]] Result<std::vector<KnownLog>> ParseLogList(std::string_view text, const std::string& name);

}  // namespace nightjar::witness
