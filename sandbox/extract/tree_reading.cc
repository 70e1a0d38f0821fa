// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/tree_reading.h"

#include "sandbox/extract/by_profile.h"
#include "sandbox/extract/content.h"
#include "sandbox/extract/forms.h"
#include "sandbox/extract/identify.h"
#include "sandbox/extract/links.h"
#include "sandbox/extract/outline.h"
#include "sandbox/extract/page_class.h"
#include "sandbox/extract/pairs.h"
#include "sandbox/extract/statements.h"
#include "sandbox/extract/title.h"
#include "sandbox/extract/wall.h"

namespace nightjar::extract {
namespace {

void Classify(const ClassSigns& signs, wire::Facts& facts) {
  Classed classed = DecideClass(signs);
  facts.page_class = classed.page_class;
  facts.decision = std::move(classed.decision);
}

// What the page says of itself and of the things it shows, by generic rules.
void ReadMatter(const parse::Page& page, const Layout& layout, const Stated& stated, const Url& own,
                wire::Facts& facts) {
  const std::vector<Pair> pairs = FindPairs(*page.tree, layout);
  const LineMoney money = FindLineMoney(layout);
  ReadContent({page, layout, pairs, facts.title, money, FindHabits(layout), stated}, own, facts);
}

// What the site's own profile says. Generic rules have decided the class already.
ProfileReading ReadAsSite(const parse::Page& page, const Layout& layout, const Url& own,
                          const Profiles& profiles, wire::Facts& facts) {
  if (profiles.empty()) return {};
  match::Selection selection(*page.tree);
  const SiteRules* site = profiles.Choose(own, selection);
  if (site == nullptr) return {};
  RuleReader reader(*site, page, layout, selection);
  ProfileReading reading = ReadByProfile(*site, own, reader);
  facts.profile = site->name();
  Overrule(reading, SuspectedProxy(*site, own, reading.fields), facts);
  return reading;
}

// What the page shows besides its matter. Ranges of text that the caps cut off are left out.
void ReadAppearance(const parse::Page& page, const Layout& layout, const Url& base, wire::Facts& facts) {
  facts.headings = ReadHeadings(*page.tree, layout);
  facts.images = ReadImages(*page.tree, base);
  facts.marks = layout.marks;
  facts.furniture = FurnitureOf(layout);
  std::erase_if(facts.furniture, [](const wire::Span& span) { return span.end > wire::kMaxText; });
}

}  // namespace

std::string ReadTree(const parse::Page& page, const Url& own, const Profiles& profiles, wire::Facts& facts) {
  const Visibility visibility(*page.tree);
  Layout layout = LayOut(*page.tree, visibility);
  const Url base = BaseOf(page, own);
  facts.links = ReadLinks(page, own, &visibility);
  facts.title = PageTitle(*page.tree);
  facts.forms = ReadForms(*page.tree, base);
  Classify({page, &layout, facts.title, layout.text, facts.forms, &own}, facts);
  Stated stated = ReadStatements(*page.tree);
  ProfileReading reading = ReadAsSite(page, layout, own, profiles, facts);
  if (facts.page_class == wire::PageClass::kContent && (!reading.page_kind || reading.wants_generic))
    ReadMatter(page, layout, stated, own, facts);
  facts.statements = std::move(stated.all);
  Merge(std::move(reading), facts);
  if (wire::IsWall(facts.page_class)) facts.wall_pictures = ReadWallPictures(*page.tree, base);
  std::string main_text = MainText(layout);
  ReadAppearance(page, layout, base, facts);
  facts.entities = Identify(page, layout, visibility, own.host());
  facts.text = std::move(layout.text);
  facts.hidden_text = std::move(layout.hidden);
  return main_text;
}

}  // namespace nightjar::extract
