// SPDX-License-Identifier: Apache-2.0
// Marks by which mirrors, copies and re-uses of a page are found, here and in other tools. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace nightjar::fingerprint {

// 64-bit simhash of the text's word 3-shingles, as 16 hex digits; pages whose digits differ in at most 3 bits
// are near-duplicates. Sources: M. S. Charikar, "Similarity estimation techniques from rounding algorithms",
// STOC 2002; G. S. Manku et al., "Detecting near-duplicates for web crawling", WWW 2007. A word is a run of
// ASCII letters and digits (in lower case) and of bytes over 0x7F; a shingle counts as often as it stands in
// the text; its hash is HashOf(the three words joined by one blank). Text of fewer than three words is one
// shingle. Empty for text without a word.
[[nodiscard]] std::string Simhash(std::string_view text);

// FNV-1a, 64 bits (draft-eastlake-fnv-17, section 2), its bits then mixed by the 64-bit finaliser of
// MurmurHash3 (fmix64), because FNV's high bits depend too little on the last bytes. Stable for ever: stored
// simhashes rest on it.
[[nodiscard]] std::uint64_t HashOf(std::string_view bytes);

// "hhh:1:" and the SHA-256 of the response's header names, as sent, in order, repeats kept, joined by ':'
// (https://github.com/adulau/HHHash, README, the form for a raw response). `head`: the stored head with its
// status line. Empty for a head without a field. Only comparable between answers to the same kind of request.
[[nodiscard]] std::string HhHash(std::string_view head);

// MurmurHash3 x86 32 (https://github.com/aappleby/smhasher, MurmurHash3.cpp, public domain).
[[nodiscard]] std::uint32_t Murmur3(ByteView bytes, std::uint32_t seed);

// What Shodan and others call http.favicon.hash: Murmur3, seed 0, of the picture in base64 with a line break
// after every 76 characters and at the end (Python's base64.encodebytes), as a signed decimal.
[[nodiscard]] std::string FaviconMmh3(ByteView picture);

}  // namespace nightjar::fingerprint
