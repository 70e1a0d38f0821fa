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
  bool torn = false;                            // the last line is not whole: a crash while it was written
  std::size_t whole = 0;                        // bytes before it
};
// kCorrupt names the line. Each line is durable before the next is begun, so a crash damages the last line
// only, and leaves it short or with zeros in it (which no whole line holds); every other damage is kCorrupt.
[[nodiscard]] Result<ParsedKeys> ParseKeys(ByteView text, const CaseId& case_id, const SealingKey& case_key);

// Appends to the file, made if there is none. Durable but for the file's name when it returns OK; after an
// error the file is as before, or ends torn.
[[nodiscard]] Status AppendLine(const std::string& path, ByteView line);
// Cuts the file durably.
[[nodiscard]] Status CutTo(const std::string& path, std::size_t size);

// Replaces the file and makes what it held unreadable. A crash leaves the old file, or the new one and an old
// one that OverwriteAndRemove() still has to take.
[[nodiscard]] Status ReplaceAndDestroy(const std::string& path, ByteView content);
// `path` is the second name that ReplaceAndDestroy() gave. Where the first one still names the same file it
// was not replaced: then only the second name goes.
[[nodiscard]] Status OverwriteAndRemove(const std::string& path);

}  // namespace nightjar::keyring
