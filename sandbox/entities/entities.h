// SPDX-License-Identifier: Apache-2.0
// Finds what identifies somebody or something in a text: keys, coin addresses, accounts, hosts, numbers.
// A kind that has a checksum counts only where the checksum holds; a kind without one needs its exact form
// and, where that is common, a word beside it that says what it is ("wickr: name").
//
// How: one pass over the bytes by hand, no regular expressions. Runs of ASCII letters and digits and a few
// marks ('@', '.', '+', '-', '[') are looked at; whether a run may be something is decided by length and
// first letters before anything is computed. Why not RE2, and what was measured: README.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nightjar::entities {

struct Found {
  std::string_view kind;             // one of kinds.h; static storage
  std::string value;                 // canonical form, valid UTF-8, the same for two spellings of one thing
  std::string note;                  // what else it says ("mainnet p2tr", "v4 rsa4096 2017-05-13"), or empty
  std::uint32_t begin = 0, end = 0;  // byte offsets in the text
  std::uint8_t confidence = 0;       // 0..100
  friend bool operator==(const Found&, const Found&) = default;
};

// At most so many; what comes later in the text is left out.
inline constexpr std::size_t kMaxFound = 4096;

// All entities of the text, in order of place, without overlaps of one kind; only the parts of one PGP block
// share its place. Kinds may overlap each other: a number beside "WhatsApp" is a phone and a whatsapp.
// `text`: valid UTF-8 under 4 GiB, zero-width marks taken out. Time linear in the text. Pure; any thread.
[[nodiscard]] std::vector<Found> FindEntities(std::string_view utf8_text);

// Loads what the first call would load late. Call before the jail: OpenSSL reads its configuration.
void PrepareEntities();

}  // namespace nightjar::entities
