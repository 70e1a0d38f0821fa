// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/compile.h"

#include <algorithm>

#include "indexer/query/terms.h"
#include "indexer/query/value_range.h"
#include "sandbox/wire/facts.h"

namespace nightjar::query {
namespace {

using columns::Column;
using Xapian::Query;

// Fields narrow; only words of the page rank.
Query Unranked(const Query& query) { return {Query::OP_SCALE_WEIGHT, query, 0.0}; }

class Compiler {
 public:
  Compiler(std::string_view text, std::shared_ptr<columns::Snapshot> columns,
           std::vector<std::string> languages)
      : text_(text), columns_(std::move(columns)), languages_(std::move(languages)) {}

  Result<Query> Build(const Node& node) {
    switch (node.kind) {
      case NodeKind::kWord:
      case NodeKind::kPhrase:
        return Exact(node) ? ExactValue(node) : Words(node);
      case NodeKind::kPrefix:
        return Prefix(node);
      case NodeKind::kRange:
        return Range(node);
      case NodeKind::kNear:
        return Near(node);
      case NodeKind::kAnd:
        return And(node);
      case NodeKind::kOr:
        return Or(node);
      case NodeKind::kNot:
        return Without(Query::MatchAll, node);
    }
    std::abort();
  }

 private:
  static bool Exact(const Node& node) {
    return node.field != nullptr && node.field->type == FieldType::kExact;
  }

  static std::string PrefixOf(const Node& node) {
    return node.field == nullptr ? std::string() : std::string(node.field->prefix);
  }

  static bool Ranks(const Node& node) {
    return node.field == nullptr || node.field->type == FieldType::kText;
  }

  Result<Query> ExactValue(const Node& node) {
    return Unranked(Query(ExactTerm(*node.field, CanonicalValue(*node.field, node.text))));
  }

  // One word ranks by its stem (owls finds owl), inside quotes as written; several words, as in "owl-post" or
  // a quoted phrase, must stand in order.
  Result<Query> Words(const Node& node) {
    const std::vector<Word> words = SplitWords(node.text);
    if (words.empty()) return Mistake(text_, node.at, "there is no letter or digit here to search for");
    if (words.size() > kMaxTerms)
      return Mistake(text_, node.at, "this phrase is too long; leave some words out");
    const std::string prefix = PrefixOf(node);
    Query query;
    if (words.size() > 1) {
      std::vector<Query> parts;
      parts.reserve(words.size());
      for (const Word& word : words) parts.emplace_back(prefix + word.term);
      query =
          Query(Query::OP_PHRASE, parts.begin(), parts.end(), static_cast<Xapian::termcount>(parts.size()));
    } else if (node.kind == NodeKind::kWord && Ranks(node) && !words[0].stem.empty()) {
      query = Stemmed(node, words[0]);
    } else {
      query = Query(prefix + words[0].term);
    }
    return Ranks(node) ? query : Unranked(query);
  }

  // The English stem, which every page has; a plain word also as the languages named stem it, and at less
  // weight where a page writes it with look-alikes. Those lists are short or empty: the English one decides
  // what the query costs.
  Query Stemmed(const Node& node, const Word& word) const {
    Query english(std::string(kStemPrefix) + PrefixOf(node) + word.stem);
    if (node.field != nullptr) return english;
    const Query folded(std::string(kFoldPrefix) + word.stem);
    Query query = english | Query(Query::OP_SCALE_WEIGHT, folded, kFoldWeight);
    for (const std::string& language : languages_) {
      const std::string term = LanguageStemTerm(language, word.term);
      if (!term.empty()) query = Query(Query::OP_MAX, query, Query(term));
    }
    return query;
  }

  Result<Query> Prefix(const Node& node) {
    std::string start;
    if (Exact(node)) {
      start = std::string(node.field->prefix) + FoldValue(CanonicalValue(*node.field, node.text));
    } else {
      const std::vector<Word> words = SplitWords(node.text);
      if (words.size() != 1) {
        return Mistake(text_, node.at, "a star needs one word of letters or digits before it, as in owl*");
      }
      start = PrefixOf(node) + words[0].term;
    }
    const Query query(Query::OP_WILDCARD, start, kMaxExpansion, Query::WILDCARD_LIMIT_ERROR,
                      Query::OP_SYNONYM);
    return Ranks(node) ? query : Unranked(query);
  }

  Result<Query> Near(const Node& node) {
    std::vector<Query> parts;
    for (const Node& child : node.children) {
      const std::vector<Word> words = SplitWords(child.text);
      if (words.size() != 1)
        return Mistake(text_, child.at, "NEAR joins single words; write for example: owl NEAR/5 post");
      parts.emplace_back(words[0].term);
    }
    // Xapian's window counts all words it spans: those in between and the operands.
    const auto window = static_cast<Xapian::termcount>(node.distance + parts.size());
    return Query(Query::OP_NEAR, parts.begin(), parts.end(), window);
  }

  [[nodiscard]] Query Within(Column column, const NumberRange& range) const {
    return ValueRange(columns_, column, range);
  }

  [[nodiscard]] Query Range(const Node& node) const {
    const Bounds& bounds = node.bounds;
    switch (node.field->type) {
      case FieldType::kTime:
        return Seen(bounds);
      case FieldType::kDay:
        return Current(bounds);
      default:
        return Number(*node.field, bounds);
    }
  }

  // In US dollars by the amount that a rate gave, in any other currency as printed.
  [[nodiscard]] Query Number(const FieldRow& field, const Bounds& bounds) const {
    const NumberRange range{.from = bounds.from,
                            .to = bounds.to,
                            .from_excluded = bounds.from_excluded,
                            .to_excluded = !bounds.to_included};
    if (bounds.currency == "usd") return Within(Column::kUsd, range);
    const Query query = Within(field.column, range);
    return bounds.currency.empty() ? query : Unranked(query & Query(ExactTerm(field, bounds.currency)));
  }

  // Versions whose span of observations meets [from, to).
  [[nodiscard]] Query Seen(const Bounds& bounds) const {
    Query span = Query::MatchAll;
    if (bounds.from) span &= Within(Column::kLastSeen, {.from = bounds.from});
    if (bounds.to) span &= Within(Column::kFirstSeen, {.to = bounds.to, .to_excluded = true});
    return Unranked(span);
  }

  // Versions that were there by the end of the day and had no successor by then.
  [[nodiscard]] Query Current(const Bounds& day) const {
    const Query there = Within(Column::kFirstSeen, {.to = day.to, .to_excluded = true});
    return {Query::OP_AND_NOT, there, Within(Column::kUntil, {.to = day.to, .to_excluded = true})};
  }

  // a AND b AND NOT c: the wanted first, then the unwanted taken away.
  Result<Query> And(const Node& node) {
    Query wanted = Query::MatchAll;
    bool first = true;
    for (const Node& child : node.children) {
      if (child.kind == NodeKind::kNot) continue;
      ASSIGN_OR_RETURN(const Query part, Build(child));
      wanted = first ? part : wanted & part;
      first = false;
    }
    for (const Node& child : node.children) {
      if (child.kind != NodeKind::kNot) continue;
      ASSIGN_OR_RETURN(wanted, Without(wanted, child));
    }
    return wanted;
  }

  Result<Query> Or(const Node& node) {
    std::vector<Query> parts;
    for (const Node& child : node.children) {
      ASSIGN_OR_RETURN(Query part, Build(child));
      parts.push_back(std::move(part));
    }
    return Query(Query::OP_OR, parts.begin(), parts.end());
  }

  Result<Query> Without(const Query& wanted, const Node& unwanted) {
    ASSIGN_OR_RETURN(const Query part, Build(unwanted.children.front()));
    return Query(Query::OP_AND_NOT, wanted, part);
  }

  const std::string_view text_;
  const std::shared_ptr<columns::Snapshot> columns_;
  const std::vector<std::string> languages_;
};

// The values of lang: anywhere in the tree, each once.
void NamedLanguages(const Node& node, std::vector<std::string>& languages) {
  const bool named = node.field != nullptr && node.field->name == "lang" && node.kind != NodeKind::kPrefix;
  const std::string language = named ? FoldValue(node.text) : std::string();
  if (named && std::ranges::find(languages, language) == languages.end()) languages.push_back(language);
  for (const Node& child : node.children) NamedLanguages(child, languages);
}

}  // namespace

Result<Query> Compile(const Node& node, std::string_view text, std::shared_ptr<columns::Snapshot> columns) {
  std::vector<std::string> languages;
  NamedLanguages(node, languages);
  ASSIGN_OR_RETURN(Query query, Compiler(text, std::move(columns), std::move(languages)).Build(node));
  if (Names(node, "class")) return query;
  return Query(Query::OP_AND_NOT, query, Query(std::string(kNoContentTerm)));
}

}  // namespace nightjar::query
