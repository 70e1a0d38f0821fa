// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/spelling.h"

#include <vector>

#include "indexer/query/terms.h"

namespace nightjar::query {
namespace {

// Plain words in the order they stand in the text.
void CollectWords(const Node& node, std::vector<const Node*>& words) {
  if (node.kind == NodeKind::kWord && node.field == nullptr) words.push_back(&node);
  for (const Node& child : node.children) CollectWords(child, words);
}

bool Known(const Xapian::Database& database, const Word& word) {
  return database.term_exists(word.term) ||
         (!word.stem.empty() && database.term_exists(std::string(kStemPrefix) + word.stem));
}

}  // namespace

std::string Corrected(const Xapian::Database& database, const Node& tree, std::string_view text,
                      const std::function<bool(const std::string& term)>& shown) {
  std::vector<const Node*> places;
  CollectWords(tree, places);
  std::string corrected;
  std::size_t copied = 0;
  for (const Node* place : places) {
    const std::vector<Word> words = SplitWords(place->text);
    if (words.size() != 1 || Known(database, words[0])) continue;
    const std::string better = database.get_spelling_suggestion(words[0].term);
    if (better.empty() || !shown(better)) continue;
    corrected.append(text.substr(copied, place->at - copied)).append(better);
    copied = place->at + place->text.size();
  }
  if (copied == 0) return {};
  return corrected.append(text.substr(copied));
}

}  // namespace nightjar::query
