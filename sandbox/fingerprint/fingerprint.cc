// SPDX-License-Identifier: Apache-2.0
#include "sandbox/fingerprint/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/digest.h"
#include "sandbox/parse/ascii.h"

namespace nightjar::fingerprint {
namespace {

constexpr std::size_t kShingle = 3;  // words
constexpr std::size_t kBits = 64;
constexpr std::size_t kBase64Line = 76;  // characters (RFC 2045 section 6.8)

bool IsWordByte(char c) {
  return parse::IsAlpha(c) || parse::IsDigit(c) || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// Takes the next word off the front, in lower case; false at the end.
bool TakeWord(std::string_view& text, std::string& word) {
  while (!text.empty() && !IsWordByte(text.front())) text.remove_prefix(1);
  std::size_t size = 0;
  while (size < text.size() && IsWordByte(text[size])) ++size;
  word = parse::Lower(text.substr(0, size));
  text.remove_prefix(size);
  return size > 0;
}

class Votes final {
 public:
  void Add(std::uint64_t hash) {
    for (std::size_t bit = 0; bit < kBits; ++bit) votes_[bit] += ((hash >> bit) & 1) != 0 ? 1 : -1;
  }
  [[nodiscard]] std::uint64_t Result() const {
    std::uint64_t result = 0;
    for (std::size_t bit = 0; bit < kBits; ++bit) {
      if (votes_[bit] > 0) result |= std::uint64_t{1} << bit;
    }
    return result;
  }

 private:
  std::array<std::int32_t, kBits> votes_{};
};

std::uint32_t Mix32(std::uint32_t h) {
  h = (h ^ (h >> 16)) * 0x85EBCA6BU;
  h = (h ^ (h >> 13)) * 0xC2B2AE35U;
  return h ^ (h >> 16);
}

std::uint32_t Scramble(std::uint32_t k) { return std::rotl(k * 0xCC9E2D51U, 15) * 0x1B873593U; }

}  // namespace

std::uint64_t HashOf(std::string_view bytes) {
  std::uint64_t h = 0xCBF29CE484222325ULL;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDULL;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53ULL;
  return h ^ (h >> 33);
}

std::string Simhash(std::string_view text) {
  std::array<std::string, kShingle> words;
  std::size_t count = 0;
  Votes votes;
  std::string shingle;
  for (std::string word; TakeWord(text, word);) {
    std::ranges::rotate(words, words.begin() + 1);
    words.back() = std::move(word);
    if (++count < kShingle) continue;
    shingle.assign(words[0]).append(" ").append(words[1]).append(" ").append(words[2]);
    votes.Add(HashOf(shingle));
  }
  if (count == 0) return {};
  if (count == 1) votes.Add(HashOf(words[2]));
  if (count == 2) votes.Add(HashOf(words[1] + " " + words[2]));
  return fmt::format("{:016x}", votes.Result());
}

std::string HhHash(std::string_view head) {
  std::string names;
  head.remove_prefix(std::min(head.find('\n') + 1, head.size()));  // the status line
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    const std::size_t colon = line.find(':');
    if (parse::Trim(line).empty()) break;
    if (colon == std::string_view::npos || parse::IsSpace(line.front())) continue;  // a folded line
    names.append(names.empty() ? "" : ":").append(line.substr(0, colon));
  }
  return names.empty() ? std::string() : "hhh:1:" + Sha256(names).Hex();
}

std::uint32_t Murmur3(ByteView bytes, std::uint32_t seed) {
  std::uint32_t h = seed;
  std::size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) {
    std::uint32_t k = 0;
    std::memcpy(&k, bytes.data() + at, sizeof k);
    h = std::rotl(h ^ Scramble(k), 13) * 5 + 0xE6546B64U;
  }
  std::uint32_t tail = 0;
  std::memcpy(&tail, bytes.data() + at, bytes.size() - at);
  h ^= Scramble(tail);  // of nothing: nothing
  return Mix32(h ^ static_cast<std::uint32_t>(bytes.size()));
}

std::string FaviconMmh3(ByteView picture) {
  const std::string plain = Base64Encode(picture);
  std::string lines;
  for (std::size_t at = 0; at < plain.size(); at += kBase64Line)
    lines.append(plain, at, kBase64Line).append("\n");
  return fmt::format("{}", static_cast<std::int32_t>(Murmur3(lines, 0)));
}

}  // namespace nightjar::fingerprint
