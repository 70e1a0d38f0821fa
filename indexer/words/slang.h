// SPDX-License-Identifier: Apache-2.0
// What a word also goes by: config/slang.yaml, which belongs to the user. Used at the query, never at the
// index, so an edit holds at once, and a person is shown what was added.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nightjar::words {

inline constexpr std::size_t kMaxSlangNames = 12;  // for one word

// A value; any number of threads may read it.
class Slang final {
 public:
  // YAML: a word, and the list of words (or short phrases) it stands for; written one way, it holds both
  // ways: "cocaine: [snow]" makes cocaine find snow and snow find cocaine, but never one slang word another.
  // kInvalidInput with "FILE:LINE" for anything else.
  [[nodiscard]] static Result<Slang> Parse(const std::string& yaml, const std::string& file);

  // config/slang.yaml as this program carries it.
  [[nodiscard]] static Slang Shipped();

  // Other names of a word or phrase (any letter case), sorted, each once; empty for one that has none.
  [[nodiscard]] std::vector<std::string> NamesOf(std::string_view word) const;

 private:
  Status Join(const std::string& one, const std::string& other);

  std::map<std::string, std::vector<std::string>, std::less<>> names_;
};

}  // namespace nightjar::words
