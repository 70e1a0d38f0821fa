// SPDX-License-Identifier: Apache-2.0
// What the index keeps beside the terms of a page version: enough to show a hit without opening the archive.
// Texts stay in the facts store. Long field values stay there too (a hit shows a card, not the page). What
// changes when the page is seen again (times, captures) is in columns/.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sandbox/wire/facts.h"

namespace nightjar::query {

inline constexpr std::size_t kMaxStoredFields = 32;
inline constexpr std::size_t kMaxStoredValue = 200;  // bytes; fields with longer values are left out

struct StoredVersion {
  std::string id;  // of the version: 16 raw bytes, the same after a rebuild
  std::string url;
  std::string host;
  std::string case_id;
  std::string title;
  std::string kind;
  std::string page_class;
  std::vector<wire::Field> fields;
};

[[nodiscard]] Bytes Encode(const StoredVersion& version);
[[nodiscard]] Result<StoredVersion> DecodeStoredVersion(ByteView bytes);

}  // namespace nightjar::query
