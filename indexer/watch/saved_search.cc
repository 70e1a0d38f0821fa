// SPDX-License-Identifier: Apache-2.0
#include "indexer/watch/saved_search.h"

#include <array>

#include "base/codec.h"

namespace nightjar::watch {
namespace {

struct Word {
  What what;
  std::string_view name;
};
constexpr std::array kWords = std::to_array<Word>({{kNew, "new"}, {kChanged, "changed"}, {kGone, "gone"}});

}  // namespace

std::string WhatNames(std::uint8_t what) {
  std::string names;
  for (const Word& word : kWords)
    if ((what & word.what) != 0) names += (names.empty() ? "" : ",") + std::string(word.name);
  return names;
}

Result<std::uint8_t> ParseWhat(std::string_view words) {
  std::uint8_t what = 0;
  for (std::string_view rest = words;;) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::uint8_t before = what;
    for (const Word& word : kWords)
      if (rest.substr(0, end) == word.name) what = static_cast<std::uint8_t>(what | word.what);
    if (what == before)
      return Fail(Code::kInvalidInput, "give new, changed, gone, or several of them with commas",
                  std::string(words));
    if (end == rest.size()) return what;
    rest.remove_prefix(end + 1);
  }
}

std::string KeyOf(const SavedSearch& search, std::string_view kind, std::uint64_t number) {
  return Sha256(Encoder().Str(kind).U64(search.id).U64(number).bytes()).Hex();
}

}  // namespace nightjar::watch
