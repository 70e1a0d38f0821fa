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

constexpr std::size_t kShingle = 3;      // words
constexpr std::size_t kBase64Line = 76;  // characters (RFC 2045 section 6.8)

constexpr auto kWordBytes = [] {
  std::array<bool, 256> words{};
  for (std::size_t c = 0; c < words.size(); ++c)
    words[c] = c >= 0x80 || parse::IsAlpha(static_cast<char>(c)) || parse::IsDigit(static_cast<char>(c));
  return words;
}();

bool IsWordByte(char c) { return kWordBytes[static_cast<unsigned char>(c)]; }

constexpr std::uint64_t kHashStart = 0xCBF29CE484222325ULL;  // FNV-1a, 64 bits

std::uint64_t Feed(std::uint64_t h, char c) { return (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL; }

std::uint64_t Mixed(std::uint64_t h) {
  h = (h ^ (h >> 33)) * 0xFF51AFD7ED558CCDULL;
  h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53ULL;
  return h ^ (h >> 33);
}

// The next word off the front of `text`; empty at the end.
std::string_view TakeWord(std::string_view& text) {
  const auto begin = std::ranges::find_if(text, IsWordByte);
  const auto end = std::find_if_not(begin, text.end(), IsWordByte);
  text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
  return {begin, end};
}

// Counts, for each of 64 bits, in how many hashes it is set. The counters stand upright: plane i holds bit i
// of all 64 counts, so adding a hash is a ripple of carries, two steps on average.
class Votes final {
 public:
  void Add(std::uint64_t hash) {
    ++total_;
    for (std::size_t i = 0; hash != 0 && i < planes_.size(); ++i) {
      const std::uint64_t carry = planes_[i] & hash;
      planes_[i] ^= hash;
      hash = carry;
    }
  }
  // The bits that more than half of the hashes have.
  [[nodiscard]] std::uint64_t Majority() const {
    std::uint64_t result = 0;
    for (std::size_t bit = 0; bit < 64; ++bit) {
      std::uint64_t count = 0;
      for (std::size_t i = 0; i < planes_.size(); ++i) count |= ((planes_[i] >> bit) & 1) << i;
      if (2 * count > total_) result |= std::uint64_t{1} << bit;
    }
    return result;
  }

 private:
  std::array<std::uint64_t, 32> planes_{};
  std::uint64_t total_ = 0;
};

std::uint32_t Mix32(std::uint32_t h) {
  h = (h ^ (h >> 16)) * 0x85EBCA6BU;
  h = (h ^ (h >> 13)) * 0xC2B2AE35U;
  return h ^ (h >> 16);
}

std::uint32_t Scramble(std::uint32_t k) { return std::rotl(k * 0xCC9E2D51U, 15) * 0x1B873593U; }

}  // namespace

std::uint64_t HashOf(std::string_view bytes) {
  std::uint64_t h = kHashStart;
  for (const char c : bytes) h = Feed(h, c);
  return Mixed(h);
}

// The hashes of the shingles that are open grow side by side: three chains of multiplications take the time
// of one.
std::string Simhash(std::string_view text) {
  static_assert(kShingle == 3);
  std::uint64_t two_ago = 0;  // HashOf() the words, one blank between them, from the word before the last on
  std::uint64_t one_ago = 0;  // ... from the last word on
  std::size_t count = 0;
  Votes votes;
  for (std::string_view word = TakeWord(text); !word.empty(); word = TakeWord(text)) {
    std::uint64_t now = kHashStart;
    one_ago = Feed(one_ago, ' ');
    two_ago = Feed(two_ago, ' ');
    for (const char c : word) {
      const char lower = parse::LowerOf(c);
      now = Feed(now, lower);
      one_ago = Feed(one_ago, lower);
      two_ago = Feed(two_ago, lower);
    }
    if (++count >= kShingle) votes.Add(Mixed(two_ago));
    two_ago = one_ago;
    one_ago = now;
  }
  if (count == 0) return {};
  if (count < kShingle) votes.Add(Mixed(count == 1 ? one_ago : two_ago));
  return fmt::format("{:016x}", votes.Majority());
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
