// SPDX-License-Identifier: Apache-2.0
// The consensus documents in a bundle against the records that name them. Pure but for `read`.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace nightjar::bundle {

// Each document (by its SHA-256 in hex) has the digest it is named by, was valid after the time that every
// record naming it says, and is named by one. `named`: the records' lines, and how many records say each.
// Returns how many records name a document that is here. kCorrupt with the member's name.
[[nodiscard]] Result<std::uint64_t> CheckConsensuses(
    std::span<const std::string> documents, const std::map<std::string, std::uint64_t>& named,
    const std::function<Result<Bytes>(const std::string& member)>& read);

}  // namespace nightjar::bundle
