// SPDX-License-Identifier: Apache-2.0
#include "indexer/words/slang.h"

#include <algorithm>

#include "config/yaml_document.h"
#include "embedded/slang_yaml.h"
#include "indexer/words/category_map.h"

namespace nightjar::words {

Result<Slang> Slang::Parse(const std::string& yaml, const std::string& file) {
  ASSIGN_OR_RETURN(const std::vector<config::Entry> entries,
                   config::ReadYaml(yaml, file, config::Lists::kAllowed));
  Slang slang;
  for (const config::Entry& entry : entries) {
    if (entry.kind == config::Entry::Kind::kList) continue;
    const std::string word = PlainWords(entry.name);
    const std::string other = PlainWords(entry.value);
    if (entry.kind != config::Entry::Kind::kItem || word.empty() || other.empty() || word == other) {
      return Fail(Code::kInvalidInput,
                  "a word has a list of its other names; write for example cocaine: [snow]",
                  config::Place(file, entry.line));
    }
    for (const auto& [from, to] : {std::pair(word, other), std::pair(other, word)}) {
      if (const auto joined = slang.Join(from, to); !joined)
        return Fail(joined.error().code, joined.error().text, config::Place(file, entry.line));
    }
  }
  return slang;
}

Status Slang::Join(const std::string& one, const std::string& other) {
  std::vector<std::string>& names = names_[one];
  const auto place = std::ranges::lower_bound(names, other);
  if (place != names.end() && *place == other) return {};
  if (names.size() == kMaxSlangNames) {
    return Fail(Code::kInvalidInput, "“" + one + "” has more than 12 other names; take some away");
  }
  names.insert(place, other);
  return {};
}

Slang Slang::Shipped() { return Parse(std::string(embedded::slang_yaml), "config/slang.yaml").value(); }

std::vector<std::string> Slang::NamesOf(std::string_view word) const {
  const auto found = names_.find(PlainWords(word));
  return found == names_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace nightjar::words
