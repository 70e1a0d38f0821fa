// SPDX-License-Identifier: Apache-2.0
// Short ways to say what was found.
#pragma once

#include <string>
#include <string_view>

#include "sandbox/entities/entities.h"

namespace nightjar::entities {

// "btc=1A1z... eth=0x..."; of one kind only the values where `kind` is given.
inline std::string FoundIn(std::string_view text, std::string_view kind = "") {
  std::string all;
  for (const Found& found : FindEntities(text)) {
    if (!kind.empty() && found.kind != kind) continue;
    all.append(all.empty() ? "" : " ");
    if (kind.empty()) all.append(found.kind).append("=");
    all.append(found.value);
  }
  return all;
}

inline std::string NoteIn(std::string_view text, std::string_view kind) {
  for (const Found& found : FindEntities(text))
    if (found.kind == kind) return found.note;
  return "none";
}

}  // namespace nightjar::entities
