// SPDX-License-Identifier: Apache-2.0
// Onion addresses in any text: link lists, directories saved as HTML, notes. Finds URLs and bare host names,
// checks every checksum, and says what it left out and why. The text is outside bytes: the search is linear
// and keeps at most what its bounds say.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace nightjar {

struct OnionMentions {
  // http and https URLs on v3 hosts, normalised, without fragment, sorted, each once. A bare host is the URL
  // of its front page; so is one behind a gateway ("<56>.onion.ly") or in the middle of another URL.
  std::vector<std::string> urls;
  std::vector<std::string> old_names;  // "<16>.onion" of version 2, sorted, each once; such services are gone
  std::uint64_t repeated = 0;          // mentions of what had been found before

  struct Refused {
    std::string text;    // the host or URL as found; outside text
    std::string reason;  // "has a wrong checksum; ..."
  };
  std::vector<Refused> refused;  // the first kMaxRefusedKept
  std::map<std::string, std::uint64_t> refused_by_reason;
};

inline constexpr std::size_t kMaxRefusedKept = 1000;

[[nodiscard]] OnionMentions FindOnions(ByteView untrusted_text);

}  // namespace nightjar
