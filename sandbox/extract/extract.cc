// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/extract.h"

#include "base/url.h"
#include "sandbox/extract/fold.h"
#include "sandbox/extract/forms.h"
#include "sandbox/extract/links.h"
#include "sandbox/extract/listing.h"
#include "sandbox/extract/marks.h"
#include "sandbox/extract/outline.h"
#include "sandbox/extract/page_class.h"
#include "sandbox/extract/page_kind.h"
#include "sandbox/extract/pairs.h"
#include "sandbox/extract/prints.h"
#include "sandbox/extract/statements.h"
#include "sandbox/extract/title.h"
#include "sandbox/extract/wall.h"
#include "sandbox/extract/words.h"
#include "sandbox/fingerprint/dom_hash.h"
#include "sandbox/parse/page.h"

namespace nightjar::extract {
namespace {

void ReadItem(const Surroundings& at, const Url& own, wire::Facts& facts) {
  facts.page_kind = DecideKind(at, own);
  FieldList fields(at.page, at.layout);
  if (facts.page_kind == wire::PageKind::kListing) ReadListing(at, fields);
  facts.fields = fields.Take();
}

// What the page shows besides its matter. Ranges of text that the caps cut off are left out.
void ReadAppearance(const parse::Page& page, const Layout& layout, const Url& base, wire::Facts& facts) {
  facts.headings = ReadHeadings(*page.tree, layout);
  facts.images = ReadImages(*page.tree, base);
  facts.statements = ReadStatements(*page.tree);
  facts.marks = layout.marks;
  facts.furniture = FurnitureOf(layout);
  std::erase_if(facts.furniture, [](const wire::Span& span) { return span.end > wire::kMaxText; });
}

// Returns the main text.
std::string ReadTree(const parse::Page& page, const Url& own, wire::Facts& facts) {
  const Visibility visibility(*page.tree);
  Layout layout = LayOut(*page.tree, visibility);
  facts.links = ReadLinks(page, own, &visibility);
  facts.title = PageTitle(*page.tree);
  facts.forms = ReadForms(*page.tree, BaseOf(page, own));
  facts.page_class = DecideClass({page, &layout, facts.title, layout.text, facts.forms});
  if (facts.page_class == wire::PageClass::kContent) {
    const std::vector<Pair> pairs = FindPairs(*page.tree, layout);
    ReadItem({page, layout, pairs, facts.title}, own, facts);
  } else if (wire::IsWall(facts.page_class)) {
    facts.wall_pictures = ReadWallPictures(*page.tree, BaseOf(page, own));
  }
  std::string main_text = MainText(layout);
  ReadAppearance(page, layout, BaseOf(page, own), facts);
  facts.text = std::move(layout.text);
  facts.hidden_text = std::move(layout.hidden);
  return main_text;
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

std::string ReadWithoutTree(const parse::Page& page, wire::Facts& facts) {
  const bool plain = page.media == parse::Media::kPlainText;
  facts.title = page.linear.title;
  facts.text = WithoutMarks(plain ? FoldedLines(page.text.utf8) : page.linear.text, facts.marks);
  facts.page_class = DecideClass({page, nullptr, facts.title, facts.text, facts.forms});
  return facts.text;
}

}  // namespace

void Prepare() {
  parse::PrepareConverters();
  fingerprint::PrepareDomHash();
  (void)Sha256("");  // libcrypto reads its configuration when first used
  (void)ReadLanguages("The quick brown fox jumps over the lazy dog");
}

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
  std::string main_text;
  if (page->tree != nullptr && own) {
    main_text = ReadTree(*page, *own, facts);
  } else {
    if (own) facts.links = ReadLinks(*page, *own, nullptr);
    main_text = ReadWithoutTree(*page, facts);
  }
  facts.folded_text = FoldLookAlikes(facts.text);
  facts.languages = ReadLanguages(main_text);
  facts.fingerprints = ReadFingerprints(document, *page, main_text);
  wire::HoldCaps(facts);
  return facts;
}

}  // namespace nightjar::extract
