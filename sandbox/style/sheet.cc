// SPDX-License-Identifier: Apache-2.0
#include "sandbox/style/sheet.h"

#include <algorithm>

#include "sandbox/parse/ascii.h"
#include "sandbox/style/scan.h"

namespace nightjar::style {
namespace {

// "(min-width: 600px)", without its brackets.
bool FeatureHolds(std::string_view feature) {
  const std::size_t colon = feature.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view name = parse::Trim(feature.substr(0, colon));
  const double asked = PixelsOf(ParseLength(parse::Trim(feature.substr(colon + 1))), kRootFont, -1);
  if (asked < 0) return false;
  if (name == "min-width") return kViewWidth >= asked;
  if (name == "max-width") return kViewWidth <= asked;
  if (name == "min-height") return kViewHeight >= asked;
  if (name == "max-height") return kViewHeight <= asked;
  return false;
}

// "screen and (min-width: 600px) and (...)".
bool OneQueryHolds(std::string_view query) {
  query = parse::Trim(query);
  if (query.starts_with("only ")) query = parse::Trim(query.substr(5));
  for (bool first = true;; first = false) {
    const std::size_t end = std::min(FindOutside(query, " \t\r\n\f"), query.size());
    const std::string_view word = query.substr(0, end);
    if (word.starts_with('(')) {
      if (!word.ends_with(')') || !FeatureHolds(word.substr(1, word.size() - 2))) return false;
    } else if (!first || (word != "screen" && word != "all")) {
      return false;
    }
    query = parse::Trim(query.substr(end));
    if (query.empty()) return true;
    if (!query.starts_with("and")) return false;
    query = parse::Trim(query.substr(3));
  }
}

bool AtRuleCounts(std::string_view prelude) {
  const std::string lower = parse::Lower(prelude);
  const std::string_view text(lower);
  if (text.starts_with("@media")) return MediaHolds(text.substr(6));
  if (text.starts_with("@supports")) return text.find("not") == std::string_view::npos;
  return text.starts_with("@layer");
}

class Reader final {
 public:
  explicit Reader(Sheet& sheet) : sheet_(sheet) {}

  // At-rules that count are opened in place: what closes them is passed over like any stray brace.
  void Read(std::string_view rest) {
    int nesting = 0;
    while (!rest.empty() && !sheet_.cut) {
      const std::size_t end = FindOutside(rest, "{};");
      if (end == std::string_view::npos) return;
      const std::string_view prelude = parse::Trim(rest.substr(0, end));
      const char mark = rest[end];
      rest.remove_prefix(end + 1);
      if (mark == '}') nesting -= nesting > 0 ? 1 : 0;
      if (mark != '{') continue;
      if (prelude.starts_with('@') && nesting < kMostNesting && AtRuleCounts(prelude)) {
        ++nesting;
        continue;
      }
      const std::size_t past = BlockEnd(rest, 0);
      const std::size_t close = past > 0 && rest[past - 1] == '}' ? past - 1 : past;
      if (!prelude.starts_with('@')) AddRules(prelude, rest.substr(0, close));
      rest.remove_prefix(past);
    }
  }

 private:
  void AddRules(std::string_view selectors, std::string_view block) {
    const auto first = static_cast<std::uint32_t>(sheet_.declarations.size());
    ParseDeclarations(block, sheet_.declarations);
    const auto past = static_cast<std::uint32_t>(sheet_.declarations.size());
    if (first == past) return;
    while (!selectors.empty()) {
      const std::size_t comma = std::min(FindOutside(selectors, ","), selectors.size());
      if (sheet_.rules.size() == kMostRules) {
        sheet_.cut = true;
        return;
      }
      if (auto selector = css::ParseSheetSelector(selectors.substr(0, comma))) {
        sheet_.rules.push_back({std::move(*selector), first, past});
      }
      selectors.remove_prefix(std::min(comma + 1, selectors.size()));
    }
  }

  Sheet& sheet_;
};

}  // namespace

bool MediaHolds(std::string_view query) {
  const std::string lower = parse::Lower(parse::Trim(query));
  std::string_view rest(lower);
  if (rest.empty()) return true;
  while (!rest.empty()) {
    const std::size_t comma = std::min(FindOutside(rest, ","), rest.size());
    if (OneQueryHolds(rest.substr(0, comma))) return true;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return false;
}

void ReadSheet(std::string_view text, Sheet& sheet) { Reader(sheet).Read(WithoutComments(text)); }

}  // namespace nightjar::style
