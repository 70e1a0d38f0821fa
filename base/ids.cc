// SPDX-License-Identifier: Apache-2.0
#include "base/ids.h"

#include <algorithm>

namespace nightjar {

Status CheckName(std::string_view kind, std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const auto allowed = [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; };
  const bool good =
      !name.empty() && name.size() <= 64 && plain(name.front()) && std::ranges::all_of(name, allowed);
  if (good) return {};
  return Fail(Code::kInvalidInput,
              "a " + std::string(kind) +
                  " name has 1 to 64 characters of a-z, 0-9, '.', '_', '-' and starts with a letter or digit",
              std::string(name.substr(0, 80)));
}

}  // namespace nightjar
