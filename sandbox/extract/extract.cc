// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/extract.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/url.h"
#include "sandbox/extract/by_profile.h"
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

constexpr std::uint8_t kSure = 95;

// A profile knows its site better than generic rules do.
void Overrule(const ProfileReading& reading, std::string proxy_suspect, wire::Facts& facts) {
  if (!proxy_suspect.empty()) facts.decision.proxy_suspect = std::move(proxy_suspect);
  if (!reading.page_class) return;
  facts.page_class = *reading.page_class;
  facts.decision.by = wire::FoundBy::kProfile;
  facts.decision.confidence = kSure;
  facts.decision.reasons = {reading.reason};
}

// By generic rules.
void ReadItem(const Surroundings& at, const Url& own, wire::Facts& facts) {
  facts.page_kind = DecideKind(at, own);
  FieldList fields(at.page, at.layout);
  if (facts.page_kind == wire::PageKind::kListing) ReadListing(at, fields);
  facts.fields = fields.Take();
}

// Where the profile decides, generic rules only add what it left open and asked for.
void MergeGeneric(const Surroundings& at, const Url& own, ProfileReading& reading, bool wanted,
                  wire::Facts& facts) {
  if (!reading.page_kind || wanted) ReadItem(at, own, facts);
  if (reading.page_kind) facts.page_kind = *reading.page_kind;
  std::erase_if(facts.fields, [&](const wire::Field& generic) {
    return std::ranges::any_of(reading.fields, [&](const auto& field) { return field.name == generic.name; });
  });
  std::set<std::string_view> kinds;
  for (const wire::Item& item : reading.items) kinds.insert(item.kind);
  std::erase_if(facts.items, [&](const wire::Item& generic) { return kinds.contains(generic.kind); });
  facts.fields.insert(facts.fields.begin(), std::make_move_iterator(reading.fields.begin()),
                      std::make_move_iterator(reading.fields.end()));
  facts.items.insert(facts.items.begin(), std::make_move_iterator(reading.items.begin()),
                     std::make_move_iterator(reading.items.end()));
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
std::string ReadTree(const parse::Page& page, const Url& own, const Profiles& profiles, wire::Facts& facts) {
  const Visibility visibility(*page.tree);
  Layout layout = LayOut(*page.tree, visibility);
  facts.links = ReadLinks(page, own, &visibility);
  facts.title = PageTitle(*page.tree);
  facts.forms = ReadForms(*page.tree, BaseOf(page, own));
  facts.page_class = DecideClass({page, &layout, facts.title, layout.text, facts.forms});
  ProfileReading reading;
  bool wanted = true;
  if (!profiles.empty()) {
    Selection selection(*page.tree);
    if (const SiteRules* site = profiles.Choose(own, selection)) {
      RuleReader reader(*site, page, layout, selection);
      reading = ReadByProfile(*site, own, reader);
      facts.profile = site->name();
      wanted = site->rules().generic;
      Overrule(reading, SuspectedProxy(*site, own, reading.fields), facts);
    }
  }
  if (facts.page_class == wire::PageClass::kContent) {
    const std::vector<Pair> pairs = FindPairs(*page.tree, layout);
    MergeGeneric({page, layout, pairs, facts.title}, own, reading, wanted, facts);
  } else {
    facts.fields = std::move(reading.fields);
    facts.items = std::move(reading.items);
  }
  if (wire::IsWall(facts.page_class)) {
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
