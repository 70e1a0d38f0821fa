// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/extract.h"

#include "base/url.h"
#include "sandbox/entities/entities.h"
#include "sandbox/extract/fold.h"
#include "sandbox/extract/identify.h"
#include "sandbox/extract/links.h"
#include "sandbox/extract/marks.h"
#include "sandbox/extract/page_class.h"
#include "sandbox/extract/prints.h"
#include "sandbox/extract/propose.h"
#include "sandbox/extract/tree_reading.h"
#include "sandbox/extract/wall.h"
#include "sandbox/extract/words.h"
#include "sandbox/fingerprint/dom_hash.h"
#include "sandbox/parse/page.h"

namespace nightjar::extract {
namespace {

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

std::string ReadWithoutTree(const parse::Page& page, std::string_view own_host, wire::Facts& facts) {
  const bool plain = page.media == parse::Media::kPlainText;
  facts.title = page.linear.title;
  facts.text = WithoutMarks(plain ? FoldedLines(page.text.utf8) : page.linear.text, facts.marks);
  facts.entities = Identify(page, facts.text, own_host);
  Classed classed = DecideClass({page, nullptr, facts.title, facts.text, facts.forms, nullptr});
  facts.page_class = classed.page_class;
  facts.decision = std::move(classed.decision);
  return facts.text;
}

}  // namespace

void Prepare() {
  parse::PrepareConverters();
  fingerprint::PrepareDomHash();
  entities::PrepareEntities();
  (void)ReadLanguages("The quick brown fox jumps over the lazy dog");
}

wire::Facts ReadDocument(const wire::Document& document, const Profiles& profiles) {
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
    main_text = ReadTree(*page, *own, profiles, facts);
    if (document.mode == wire::ReadMode::kPropose) {
      match::Selection selection(*page->tree);
      Propose(*page, selection, facts);
    }
  } else {
    if (own) facts.links = ReadLinks(*page, *own, nullptr);
    main_text = ReadWithoutTree(*page, own ? own->host() : std::string(), facts);
  }
  facts.folded_text = FoldLookAlikes(facts.text);
  facts.languages = ReadLanguages(main_text);
  facts.fingerprints = ReadFingerprints(document, *page, main_text);
  wire::HoldCaps(facts);
  return facts;
}

}  // namespace nightjar::extract
