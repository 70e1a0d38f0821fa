// SPDX-License-Identifier: Apache-2.0
#include "tests/world/content/vocabulary.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace nightjar::world {
namespace {

constexpr auto kCommon = std::to_array<std::string_view>(
    {"the",     "of",      "and",      "a",       "to",      "in",      "is",        "it",       "was",
     "for",     "with",    "on",       "as",      "are",     "by",      "this",      "at",       "not",
     "from",    "have",    "be",       "or",      "had",     "but",     "all",       "were",     "one",
     "their",   "which",   "an",       "we",      "there",   "been",    "has",       "when",     "who",
     "will",    "more",    "no",       "if",      "out",     "so",      "up",        "said",     "what",
     "its",     "about",   "than",     "into",    "them",    "can",     "only",      "other",    "time",
     "new",     "some",    "could",    "these",   "two",     "may",     "first",     "then",     "do",
     "any",     "like",    "my",       "now",     "over",    "such",    "our",       "made",     "me",
     "even",    "most",    "after",    "also",    "did",     "many",    "off",       "until",    "must",
     "well",    "back",    "through",  "years",   "much",    "where",   "your",      "way",      "down",
     "should",  "because", "long",     "each",    "just",    "those",   "too",       "little",   "good",
     "very",    "make",    "still",    "see",     "own",     "work",    "small",     "old",      "piece",
     "parcel",  "box",     "paper",    "wood",    "glass",   "brass",   "colour",    "hand",     "shop",
     "order",   "week",    "letter",   "garden",  "kitchen", "table",   "window",    "light",    "repair",
     "surface", "edge",    "handle",   "weight",  "height",  "finish",  "condition", "mark",     "maker",
     "stamp",   "packing", "delivery", "careful", "cleaned", "checked", "original",  "complete", "part"});

constexpr std::string_view kConsonants = "bdfghjklmnprstvz";
constexpr std::string_view kVowels = "aeiou";
constexpr std::string_view kClosings = "?nrl";
constexpr std::size_t kSyllables = kConsonants.size() * kVowels.size();
constexpr std::size_t kMaxInvented = kSyllables * kSyllables * kSyllables;

std::string Capitalised(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

}  // namespace

Vocabulary::Vocabulary(std::size_t words) : ranks_(std::clamp(words, 2 * kCommon.size(), kMaxInvented)) {}

std::string Vocabulary::Word(std::size_t rank) {
  if (rank < kCommon.size()) return std::string(kCommon[rank]);
  // Three syllables, digits in base 80 of the rank scattered by a factor that shares no divisor with 80, so
  // that no two ranks meet and neighbours look different; then perhaps a closing consonant.
  constexpr std::size_t kScatter = 200'003;
  std::size_t rest = rank * kScatter % kMaxInvented;
  std::string word;
  for (int syllable = 0; syllable < 3; ++syllable, rest /= kSyllables) {
    const std::size_t digit = rest % kSyllables;
    word += kConsonants[digit / kVowels.size()];
    word += kVowels[digit % kVowels.size()];
  }
  return word.append(kClosings.substr(rank % 4, rank % 4 == 0 ? 0 : 1));
}

std::string Vocabulary::Sentence(Dice& dice) const {
  std::string sentence = Capitalised(Word(ranks_.Draw(dice)));
  for (std::size_t more = dice.Between(4, 15); more > 0; --more) {
    sentence += more > 1 && dice.OneIn(12) ? ", " : " ";
    sentence += Word(ranks_.Draw(dice));
  }
  return sentence + ".";
}

std::string Vocabulary::Paragraph(Dice& dice, std::size_t sentences) const {
  std::string paragraph;
  for (std::size_t i = 0; i < sentences; ++i) {
    if (i > 0) paragraph += ' ';
    paragraph += Sentence(dice);
  }
  return paragraph;
}

std::string Vocabulary::Name(Dice& dice) const {
  return Capitalised(Word(dice.Between(kCommon.size(), ranks_.ranks() - 1)));
}

}  // namespace nightjar::world
