// SPDX-License-Identifier: Apache-2.0
// A file that is handed out: written whole under another name beside it, never in place of an existing one.
#pragma once

#include <string>

#include "base/result.h"
#include "base/unique_fd.h"

namespace nightjar::bundle {

// kAlreadyExists when there is anything of this name.
[[nodiscard]] Status RefuseExisting(const std::string& path);

// "<path>.partial<pid>": where it is written first.
[[nodiscard]] std::string PartialName(const std::string& path);

[[nodiscard]] Result<UniqueFd> CreateFile(const std::string& path);

// Gives the finished file its name without replacing another that appeared meanwhile; durable. File systems
// that do not know RENAME_NOREPLACE (NFS) get the closest they can do.
[[nodiscard]] Status Publish(const std::string& from, const std::string& to);

}  // namespace nightjar::bundle
