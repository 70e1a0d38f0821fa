// SPDX-License-Identifier: Apache-2.0
#include "indexer/identity/marks.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace nightjar::identity {
namespace {

constexpr std::uint32_t kEmpty = std::numeric_limits<std::uint32_t>::max();

// The finaliser of MurmurHash3 (Appleby, public domain): spreads every bit over all.
std::uint64_t Mix(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

bool IsWordByte(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Hashes of the words of a text, in order.
std::vector<std::uint64_t> Words(std::string_view text) {
  std::vector<std::uint64_t> words;
  std::uint64_t hash = 0;
  bool inside = false;
  for (const char c : text) {
    if (IsWordByte(static_cast<unsigned char>(c))) {
      hash = Mix(hash * 31 + static_cast<unsigned char>(Lower(c)) + 1);
      inside = true;
    } else if (inside) {
      words.push_back(hash);
      hash = 0;
      inside = false;
    }
  }
  if (inside) words.push_back(hash);
  return words;
}

// Each place takes the least hash that falls into it.
void AddShingle(std::uint64_t shingle, Sketch& sketch) {
  std::uint32_t& place = sketch[shingle % kSketchPlaces];
  place = std::min(place, static_cast<std::uint32_t>(shingle >> 32) & 0x7FFFFFFF);
}

// An empty place takes what its next full neighbour on the right holds, moved by the distance.
void Densify(Sketch& sketch) {
  const Sketch sparse = sketch;
  for (std::size_t i = 0; i < kSketchPlaces; ++i) {
    for (std::size_t step = 1; sketch[i] == kEmpty && step < kSketchPlaces; ++step) {
      const std::uint32_t neighbour = sparse[(i + step) % kSketchPlaces];
      if (neighbour != kEmpty) sketch[i] = neighbour ^ static_cast<std::uint32_t>(Mix(step) | 0x80000000);
    }
  }
}

char PlainDigit(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
      return 'l';
    case '3':
      return 'e';
    case '4':
      return 'a';
    case '5':
      return 's';
    case '7':
      return 't';
    case '8':
      return 'b';
    case '9':
      return 'g';
    default:
      return c;
  }
}

}  // namespace

Sketch SketchOf(const std::vector<std::string>& texts) {
  Sketch sketch;
  sketch.fill(kEmpty);
  std::size_t shingles = 0;
  for (const std::string& text : texts) {
    const std::vector<std::uint64_t> words = Words(text);
    for (std::size_t i = 0; i + kWordsOfShingle <= words.size(); ++i, ++shingles) {
      std::uint64_t shingle = 0;
      for (std::size_t j = 0; j < kWordsOfShingle; ++j) shingle = Mix(shingle ^ words[i + j]);
      AddShingle(shingle, sketch);
    }
  }
  if (shingles < kFewestShingles) return {};
  Densify(sketch);
  return sketch;
}

unsigned Resemblance(const Sketch& a, const Sketch& b) {
  if (a == Sketch{} || b == Sketch{}) return 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < kSketchPlaces; ++i) same += a[i] == b[i] ? 1 : 0;
  return static_cast<unsigned>(same * 100 / kSketchPlaces);
}

std::string BareName(const std::string& printed) {
  std::string bare;
  for (const char c : printed)
    if (IsWordByte(static_cast<unsigned char>(c))) bare.push_back(PlainDigit(Lower(c)));
  return bare;
}

}  // namespace nightjar::identity
