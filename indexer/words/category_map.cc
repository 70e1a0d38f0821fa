// SPDX-License-Identifier: Apache-2.0
#include "indexer/words/category_map.h"

#include <algorithm>
#include <set>

#include "config/yaml_document.h"
#include "embedded/categories_yaml.h"

namespace nightjar::words {
namespace {

constexpr std::size_t kLongestCategory = 4 << 10;  // bytes of a printed category that are looked at

std::vector<std::string_view> Split(std::string_view plain) {
  std::vector<std::string_view> parts;
  while (!plain.empty()) {
    const std::size_t end = std::min(plain.find(' '), plain.size());
    parts.push_back(plain.substr(0, end));
    plain.remove_prefix(std::min(end + 1, plain.size()));
  }
  return parts;
}

}  // namespace

std::string PlainWords(std::string_view text) {
  std::string plain;
  bool gap = false;
  for (const char c : text) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool letter = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') ||
                        (static_cast<unsigned char>(lower) & 0x80) != 0;
    if (!letter) {
      gap = !plain.empty();
      continue;
    }
    if (gap) plain.push_back(' ');
    gap = false;
    plain.push_back(lower);
  }
  return plain;
}

Result<CategoryMap> CategoryMap::Parse(const std::string& yaml, const std::string& file) {
  ASSIGN_OR_RETURN(const std::vector<config::Entry> entries,
                   config::ReadYaml(yaml, file, config::Lists::kAllowed));
  using Kind = config::Entry::Kind;
  CategoryMap map;
  for (const config::Entry& entry : entries) {
    if (entry.kind == Kind::kSection || entry.kind == Kind::kList) continue;
    const std::string alias = PlainWords(entry.value);
    const std::size_t count = Split(alias).size();
    if (entry.kind != Kind::kItem || count == 0 || count > kMaxAliasWords) {
      return Fail(
          Code::kInvalidInput,
          "a term has a list of one to four words each; write for example drugs.stimulants: [cocaine]",
          config::Place(file, entry.line));
    }
    map.terms_.emplace(alias, entry.name);
  }
  return map;
}

CategoryMap CategoryMap::Shipped() {
  return Parse(std::string(embedded::categories_yaml), "config/categories.yaml").value();
}

std::vector<std::string> CategoryMap::TermsOf(std::string_view printed) const {
  const std::string plain = PlainWords(printed.substr(0, kLongestCategory));
  const std::vector<std::string_view> parts = Split(plain);
  std::set<std::string> found;
  for (std::size_t first = 0; first < parts.size(); ++first) {
    for (std::size_t count = 1; count <= std::min(kMaxAliasWords, parts.size() - first); ++count) {
      const std::string_view last = parts[first + count - 1];
      const std::string_view run(parts[first].data(),
                                 static_cast<std::size_t>(last.data() + last.size() - parts[first].data()));
      const auto [from, to] = terms_.equal_range(run);
      for (auto term = from; term != to; ++term) found.insert(term->second);
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace nightjar::words
