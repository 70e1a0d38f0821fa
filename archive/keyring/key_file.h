// SPDX-License-Identifier: Apache-2.0
// One case's file of sealed data keys. For the files of this folder.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "archive/keyring/keyring.h"

namespace nightjar::keyring {

inline constexpr std::string_view kCaseKeySuffix = ".case-key";
inline constexpr std::string_view kDataKeysSuffix = ".data-keys";
inline constexpr std::string_view kOldSuffix =
    ".destroying";  // a file on its way out, still to be overwritten
inline constexpr std::string_view kFirstLine = "nightjar-keyring/1\n";
inline constexpr mode_t kOwnerOnly = 0600;

// Its line in the file, with the line end.
[[nodiscard]] Bytes FormatScope(const Scope& scope, const SealingKey& case_key, Random& random);

struct ParsedKeys {
  std::vector<std::pair<Scope, Bytes>> scopes;  // each with its line
  bool torn = false;                            // the last line has no end: a crash while it was written
};
// kCorrupt names the line.
[[nodiscard]] Result<ParsedKeys> ParseKeys(ByteView text, const CaseId& case_id, const SealingKey& case_key);

// Replaces the file and makes what it held unreadable. A crash leaves the old file, or the new one and an old
// one that OverwriteAndRemove() still has to take.
[[nodiscard]] Status ReplaceAndDestroy(const std::string& path, ByteView content);

}  // namespace nightjar::keyring
