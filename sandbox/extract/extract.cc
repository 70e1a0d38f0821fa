// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/extract.h"

#include "base/url.h"
#include "sandbox/extract/content.h"
#include "sandbox/extract/forms.h"
#include "sandbox/extract/links.h"
#include "sandbox/extract/page_class.h"
#include "sandbox/extract/pairs.h"
#include "sandbox/extract/title.h"
#include "sandbox/extract/wall.h"
#include "sandbox/extract/words.h"
#include "sandbox/parse/page.h"

namespace nightjar::extract {
namespace {

void Classify(const ClassSigns& signs, wire::Facts& facts) {
  Classed classed = DecideClass(signs);
  facts.page_class = classed.page_class;
  facts.decision = std::move(classed.decision);
}

// What the page says of itself and of the things it shows, by generic rules.
void ReadMatter(const parse::Page& page, const Layout& layout, const Url& own, wire::Facts& facts) {
  const std::vector<Pair> pairs = FindPairs(*page.tree, layout);
  const LineMoney money = FindLineMoney(layout);
  ReadContent({page, layout, pairs, facts.title, money, FindHabits(layout)}, own, facts);
}

void ReadTree(const parse::Page& page, const Url& own, wire::Facts& facts) {
  const Visibility visibility(*page.tree);
  Layout layout = LayOut(*page.tree, visibility);
  facts.links = ReadLinks(page, own, &visibility);
  facts.title = PageTitle(*page.tree);
  facts.forms = ReadForms(*page.tree, BaseOf(page, own));
  Classify({page, &layout, facts.title, layout.text, facts.forms, &own}, facts);
  if (facts.page_class == wire::PageClass::kContent) {
    ReadMatter(page, layout, own, facts);
  } else if (wire::IsWall(facts.page_class)) {
    facts.wall_pictures = ReadWallPictures(*page.tree, BaseOf(page, own));
  }
  facts.text = std::move(layout.text);
  facts.hidden_text = std::move(layout.hidden);
}

// Lines kept, white space folded within them.
std::string FoldedLines(std::string_view text) {
  std::string folded;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    AppendFolded(folded, text.substr(0, end));
    while (folded.ends_with(' ')) folded.pop_back();
    if (!folded.empty() && !folded.ends_with('\n')) folded.push_back('\n');
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (folded.ends_with('\n')) folded.pop_back();
  return folded;
}

void ReadWithoutTree(const parse::Page& page, wire::Facts& facts) {
  facts.title = page.linear.title;
  facts.text = page.media == parse::Media::kPlainText ? FoldedLines(page.text.utf8) : page.linear.text;
  Classify({page, nullptr, facts.title, facts.text, facts.forms, nullptr}, facts);
}

}  // namespace

wire::Facts ReadDocument(const wire::Document& document) {
  const std::unique_ptr<const parse::Page> page = parse::ReadPage(document);
  wire::Facts facts;
  facts.extractor = wire::kExtractor;
  facts.verdict = page->verdict;
  facts.reason = page->reason;
  facts.charset = page->charset;
  facts.decoded_size = page->decoded_size;
  facts.refresh_seconds = ReadRefreshSeconds(*page);
  const auto own = Url::Parse(document.url);
  if (page->tree != nullptr && own) {
    ReadTree(*page, *own, facts);
  } else {
    if (own) facts.links = ReadLinks(*page, *own, nullptr);
    ReadWithoutTree(*page, facts);
  }
  wire::HoldCaps(facts);
  return facts;
}

}  // namespace nightjar::extract
