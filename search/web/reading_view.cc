// SPDX-License-Identifier: Apache-2.0
#include "search/web/reading_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.h"
#include "base/url.h"

namespace nightjar::web {
namespace {

// The reasons of sandbox/extract/visibility.h.
std::string_view InPlainWords(std::string_view reason) {
  static constexpr std::array kWords = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"hidden-attribute", "marked as hidden"},
      {"display-none", "not displayed"},
      {"invisible", "made invisible"},
      {"transparent", "transparent"},
      {"tiny", "too small to read"},
      {"no-size", "in a box without size"},
      {"off-screen", "outside the screen"},
      {"clipped", "cut away"},
      {"transformed", "moved or shrunk out of sight"},
      {"same-colour", "in the colour of its background"},
      {"covered", "covered by something else"},
      {"style-unread", "more may be hidden: not all style rules were read"},
  });
  const auto* const known =
      std::ranges::find(kWords, reason, &std::pair<std::string_view, std::string_view>::first);
  return known == kWords.end() ? reason : known->second;
}

// "display-none: buy here", a line each.
View HiddenLines(std::string_view hidden) {
  View rows(View::type::list);
  while (!hidden.empty()) {
    const std::string_view line = hidden.substr(0, hidden.find('\n'));
    hidden.remove_prefix(std::min(line.size() + 1, hidden.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    View row;
    SetText(row, "why", InPlainWords(line.substr(0, colon)));
    SetText(row, "words", line.substr(std::min(colon + 2, line.size())));
    rows.push_back(row);
  }
  return rows;
}

// How many, and of what.
std::string Count(std::uint32_t count, std::string_view what) {
  return fmt::format("{} {} character{}", count, what, count == 1 ? "" : "s");
}

std::string MarksText(const wire::Marks& marks) {
  if (marks.zero_width == 0 && marks.bidi == 0) return {};
  std::string text;
  if (marks.zero_width > 0) text = Count(marks.zero_width, "zero-width");
  if (marks.bidi > 0) text += (text.empty() ? "" : " and ") + Count(marks.bidi, "direction-changing");
  const bool one = marks.zero_width + marks.bidi == 1;
  return fmt::format(
      "{} {} taken out of the text. Such characters often stand inside words to keep searches from finding "
      "them.",
      text, one ? "was" : "were");
}

View Reasons(const std::vector<std::string>& reasons) {
  View rows(View::type::list);
  for (const std::string& reason : reasons) {
    View row;
    SetText(row, "reason", reason);
    rows.push_back(row);
  }
  return rows;
}

View ReadingOf(const wire::Facts& facts) {
  View reading;
  SetText(reading, "page_class", wire::PageClassName(facts.page_class));
  reading.set("confidence", std::to_string(facts.decision.confidence));
  reading.set("by", std::string(facts.decision.by == wire::FoundBy::kProfile ? "the site’s profile"
                                                                             : "rules for any site"));
  reading.set("reasons", Reasons(facts.decision.reasons));
  SetText(reading, "marks", MarksText(facts.marks));
  reading.set("any_hidden", !facts.hidden_text.empty());
  reading.set("hidden", HiddenLines(Utf8Prefix(facts.hidden_text, kShownHidden)));
  reading.set("hidden_cut", facts.hidden_text.size() > kShownHidden);
  return reading;
}

// The text in pieces, of which some are furniture.
View Pieces(std::string_view text, const std::vector<wire::Span>& furniture) {
  View pieces(View::type::list);
  const auto add = [&](std::size_t begin, std::size_t end, bool is_furniture) {
    if (begin >= end) return;
    View piece;
    SetText(piece, "words", text.substr(begin, end - begin));
    piece.set("furniture", is_furniture);
    pieces.push_back(piece);
  };
  std::size_t at = 0;
  for (const wire::Span& range : furniture) {
    const std::size_t begin = std::clamp<std::size_t>(range.begin, at, text.size());
    const std::size_t end = std::clamp<std::size_t>(range.end, begin, text.size());
    add(at, begin, false);
    add(begin, end, true);
    at = end;
  }
  add(at, text.size(), false);
  return pieces;
}

std::string SuspectText(const wire::Facts& facts, std::string_view url) {
  if (facts.decision.proxy_suspect.empty()) return {};
  const auto own = Url::Parse(url);
  return fmt::format(
      "This page says that it is {}, but it was fetched from {}: it may be a copy that stands between a site "
      "and "
      "its visitors.",
      facts.decision.proxy_suspect, own ? own->host() : std::string(url));
}

}  // namespace

void SetReading(View& view, const wire::Facts& facts, std::string_view url) {
  const std::string_view text = Utf8Prefix(facts.text, kShownText);
  view.set("reading", ReadingOf(facts));
  SetText(view, "suspect", SuspectText(facts, url));
  view.set("any_text", !text.empty());
  view.set("text", Pieces(text, facts.furniture));
  view.set("has_furniture", !facts.furniture.empty());
  view.set("cut", facts.text.size() > kShownText);
}

}  // namespace nightjar::web
