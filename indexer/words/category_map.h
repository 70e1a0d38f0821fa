// SPDX-License-Identifier: Apache-2.0
// From the words of sites to shared ones: config/categories.yaml says that "cocaine" is drugs.stimulants, so
// that `category:drugs.stimulants` finds it whatever the site calls the shelf. The file belongs to the user;
// its top terms follow the INTERPOL DW-VA taxonomy's way of naming what is sold.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nightjar::words {

inline constexpr std::size_t kMaxAliasWords = 4;

// Letters and digits in lower case (ASCII), all else one blank: "Weed & Hash" is "weed hash". Bytes of other
// scripts stay as they are.
[[nodiscard]] std::string PlainWords(std::string_view text);

// A value; any number of threads may read it.
class CategoryMap final {
 public:
  // YAML: terms, nested as deep as wanted, each ending in a list of sites' words. kInvalidInput with
  // "FILE:LINE" for anything else, and for words of more than kMaxAliasWords.
  [[nodiscard]] static Result<CategoryMap> Parse(const std::string& yaml, const std::string& file);

  // config/categories.yaml as this program carries it.
  [[nodiscard]] static CategoryMap Shipped();

  // The terms for a category as printed ("Drugs > Cocaine"), sorted, each once; its words are looked up one
  // by one and as runs of up to kMaxAliasWords.
  [[nodiscard]] std::vector<std::string> TermsOf(std::string_view printed) const;

 private:
  std::multimap<std::string, std::string, std::less<>> terms_;  // a site's words -> "drugs.stimulants"
};

}  // namespace nightjar::words
