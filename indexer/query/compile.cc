// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/compile.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "indexer/query/column_source.h"
#include "indexer/query/terms.h"
#include "sandbox/wire/facts.h"

namespace nightjar::query {
namespace {

using Xapian::Query;

// Fields narrow; only words of the page rank.
Query Unranked(const Query& query) { return {Query::OP_SCALE_WEIGHT, query, 0.0}; }

class Compiler {
 public:
  Compiler(std::string_view text, std::shared_ptr<columns::Snapshot> columns)
      : text_(text), columns_(std::move(columns)) {}

  Result<Query> Build(const Node& node) {
    switch (node.kind) {
      case NodeKind::kWord:
      case NodeKind::kPhrase:
        return Exact(node) ? ExactValue(node) : Words(node);
      case NodeKind::kPrefix:
        return Prefix(node);
      case NodeKind::kRange:
        return node.field->type == FieldType::kAmount ? Amount(node.bounds) : Seen(node.bounds);
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
    const std::string value = node.field->name == "url" ? CanonicalUrl(node.text) : node.text;
    return Unranked(Query(ExactTerm(*node.field, value)));
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
      query = Query(std::string(kStemPrefix) + prefix + words[0].stem);
    } else {
      query = Query(prefix + words[0].term);
    }
    return Ranks(node) ? query : Unranked(query);
  }

  Result<Query> Prefix(const Node& node) {
    std::string start;
    if (Exact(node)) {
      start = std::string(node.field->prefix) + FoldValue(node.text);
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

  [[nodiscard]] Query Amount(const Bounds& bounds) const {
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    ColumnRange range{.column = columns::Column::kPrice};
    if (bounds.from)
      range.low = bounds.from_excluded ? std::nextafter(*bounds.from, kInfinite) : *bounds.from;
    if (bounds.to) range.high = bounds.to_included ? *bounds.to : std::nextafter(*bounds.to, -kInfinite);
    Query query = ColumnQuery(columns_, {range});
    if (!bounds.currency.empty()) query &= Query(ExactTerm(Field("price"), bounds.currency));
    return Unranked(query);
  }

  // Versions whose span of observations meets [from, to).
  [[nodiscard]] Query Seen(const Bounds& bounds) const {
    std::vector<ColumnRange> span;
    if (bounds.from) span.push_back({.column = columns::Column::kLastSeen, .low = *bounds.from});
    if (bounds.to) span.push_back({.column = columns::Column::kFirstSeen, .high = *bounds.to - 1});
    return Unranked(ColumnQuery(columns_, std::move(span)));
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
};

}  // namespace

Result<Query> Compile(const Node& node, std::string_view text, std::shared_ptr<columns::Snapshot> columns) {
  ASSIGN_OR_RETURN(Query query, Compiler(text, std::move(columns)).Build(node));
  if (Names(node, "class")) return query;
  return Query(Query::OP_AND_NOT, query, Query(std::string(kNoContentTerm)));
}

}  // namespace nightjar::query
