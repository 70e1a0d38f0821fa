// SPDX-License-Identifier: Apache-2.0
// Whether a list is fit to be believed: age, and length against the last one that was accepted. For the files
// of this folder.
//
// State file: one line "<entries> <path>\n" for each list, replaced whole and durably.
#pragma once

#include <map>
#include <string>

#include "archive/blocklist/blocklist.h"

namespace nightjar::blocklist {

using Accepted = std::map<std::string, std::size_t>;  // path -> entries

[[nodiscard]] Result<Accepted> ReadAccepted(const std::string& state_file);  // empty when there is none
[[nodiscard]] Status WriteAccepted(const std::string& state_file, const Accepted& accepted);

// Made when? The list's own word, else the file's time of change.
[[nodiscard]] Result<UtcTime> MadeWhen(const std::string& path, const DigestList& list);

// kUnavailable: too old, or from the future (a clock is wrong, and then no age means anything).
[[nodiscard]] Status CheckAge(const Listed& list, UtcTime now, std::chrono::hours max_age);

// kUnavailable: fewer than four fifths of what was accepted before.
[[nodiscard]] Status CheckLength(const Listed& list, const Accepted& accepted);

// Changes whenever one of the files does.
[[nodiscard]] std::string StampOf(const std::vector<Source>& sources);

}  // namespace nightjar::blocklist
