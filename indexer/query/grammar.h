// SPDX-License-Identifier: Apache-2.0
// The query language: text to a tree. No Xapian here, so the grammar can be tested and fuzzed alone. What
// each construct means, with an example, stands in QUERY.md; the rules:
//
//   query   := or
//   or      := and { "OR" and }
//   and     := not { ["AND"] not }
//   not     := ("NOT" | "-") not | near
//   near    := atom { "NEAR" ["/" number] atom }
//   atom    := "(" or ")" | [field ":"] value
//   value   := '"' words '"' | word | letters "*" | range        (ranges only after fields of numbers and
//   times)
//
// AND, OR, NOT and NEAR are operators in capitals only. Every mistake is kInvalidInput; Error::where is
// "character N" (from 1), and the text says what to write instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "indexer/query/schema.h"

namespace nightjar::query {

// Limits on what one query may cost (hostile.md section 5).
inline constexpr std::size_t kMaxQueryBytes = 1000;
inline constexpr std::size_t kMaxTerms = 64;
inline constexpr std::size_t kMaxDepth = 20;
inline constexpr std::size_t kMinWildcardBytes = 2;  // letters before a star
inline constexpr std::uint32_t kMaxNear = 100;
inline constexpr std::uint32_t kDefaultNear = 10;

enum class NodeKind { kWord, kPhrase, kPrefix, kRange, kNear, kAnd, kOr, kNot };

// Half open, in the field's unit (numbers: as printed, seen: and asof: Unix seconds); an absent end is open.
struct Bounds {
  std::optional<double> from = {};
  std::optional<double> to = {};
  bool from_excluded = false;
  bool to_included = false;
  std::string currency = {};  // lower case, or empty for any
};

struct Node {
  NodeKind kind = NodeKind::kWord;
  const FieldRow* field = nullptr;  // null: words of title and text
  std::string text = {};            // kWord, kPhrase, kPrefix (without the star)
  Bounds bounds = {};               // kRange
  std::uint32_t distance = 0;       // kNear: words in between, at most
  std::size_t at = 0;               // byte offset in the query text
  std::vector<Node> children = {};  // kNear, kAnd, kOr, kNot
};

[[nodiscard]] Result<Node> Parse(std::string_view text);

// True if some part of the query names the field, so that a default for it does not apply.
[[nodiscard]] bool Names(const Node& node, std::string_view field);

// kInvalidInput pointing at a byte of the query. Shared with the compiler, which finds some mistakes later.
[[nodiscard]] tl::unexpected<Error> Mistake(std::string_view query, std::size_t at, const std::string& text);

}  // namespace nightjar::query
