// SPDX-License-Identifier: Apache-2.0
// Which walls stand around the readers that make the facts. The index role, which starts them, notes it when
// they stand; the serve role, which never meets them, tells it in /healthz. Each record of facts holds the
// same word for its own reading; this one is the state of now. File `<facts folder>.readers`, one line.
#pragma once

#include <string>

#include "base/result.h"

namespace nightjar::facts {

// `sandbox`: "full" or "reduced" (walls::JailState). Replaces the file whole; durable.
[[nodiscard]] Status NoteReaders(const std::string& facts_folder, const std::string& sandbox);

// kNotFound before the first note; kCorrupt for anything but the two words.
[[nodiscard]] Result<std::string> ReadersSandbox(const std::string& facts_folder);

}  // namespace nightjar::facts
