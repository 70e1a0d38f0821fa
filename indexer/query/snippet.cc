// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/snippet.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.h"
#include "indexer/query/query.h"

namespace nightjar::query {
namespace {

// Xapian looks at every word of the text for every hit shown; a match further in is simply not highlighted.
constexpr std::size_t kLongestScanned = 128 << 10;

// MSet::snippet writes for HTML; ours is plain text until the web room escapes it.
std::string Unescaped(std::string_view html) {
  static constexpr std::array<std::pair<std::string_view, char>, 3> kEntities{
      {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}}};
  std::string text;
  while (!html.empty()) {
    const auto entity =
        std::ranges::find_if(kEntities, [&](const auto& e) { return html.starts_with(e.first); });
    if (entity == kEntities.end()) {
      text.push_back(html.front());
      html.remove_prefix(1);
    } else {
      text.push_back(entity->second);
      html.remove_prefix(entity->first.size());
    }
  }
  return text;
}

// No page may bring marks of its own.
std::string WithoutControls(std::string_view text) {
  std::string plain(text);
  std::ranges::replace_if(
      plain, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return plain;
}

// Menus and footers are short lines; the longest line is mostly what a page has to say.
std::string_view LongestLine(std::string_view text) {
  std::string_view longest;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > longest.size()) longest = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

// The text without menus, side bars and footers.
std::string Matter(const wire::Facts& facts) {
  const std::string_view text = facts.text;
  std::string matter;
  std::size_t at = 0;
  for (const wire::Span& range : facts.furniture) {
    if (range.begin > text.size() || range.begin < at) continue;
    matter += text.substr(at, range.begin - at);
    at = range.end;
  }
  if (at < text.size()) matter += text.substr(at);
  return matter;
}

std::string Opening(const wire::Facts& facts) {
  const std::string matter = Matter(facts);
  const auto description = std::ranges::find(facts.fields, "description", &wire::Field::name);
  const std::string_view text = description == facts.fields.end()
                                    ? LongestLine(matter.empty() ? facts.text : matter)
                                    : description->value;
  std::string opening = WithoutControls(Utf8Prefix(text, kSnippetBytes));
  if (opening.size() < text.size()) opening += "…";
  return opening;
}

// Empty where no word of the text matches.
std::string CutFrom(const Xapian::MSet& hits, std::string_view text) {
  const std::string plain = WithoutControls(Utf8Prefix(text, kLongestScanned));
  const Xapian::Stem stemmer("en");  // one per call: a stemmer must not be shared between threads
  // No background model: it would look up the frequency of every word of the text in the index.
  return hits.snippet(plain, kSnippetBytes, stemmer, Xapian::MSet::SNIPPET_EMPTY_WITHOUT_MATCH,
                      std::string(1, kMatchBegin), std::string(1, kMatchEnd), "…");
}

}  // namespace

std::string CutSnippet(const Xapian::MSet& hits, const wire::Facts& facts) {
  std::string matched = CutFrom(hits, Matter(facts));
  if (matched.empty() && !facts.furniture.empty()) matched = CutFrom(hits, facts.text);
  return matched.empty() ? Opening(facts) : Unescaped(matched);
}

}  // namespace nightjar::query
