// SPDX-License-Identifier: Apache-2.0
#include "indexer/items/sighting.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/digest.h"
#include "indexer/items/field_role.h"

namespace nightjar::items {
namespace {

using wire::Facts;
using wire::Field;
using wire::PageKind;

constexpr std::string_view kOwnNumbers[] = {"item_id", "listing_id", "thread_id"};
constexpr std::size_t kTitleOfPost = 80;  // bytes

const Field* Find(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() || found->value.empty() ? nullptr : &*found;
}

ItemKind KindOf(const Facts& facts) {
  switch (facts.page_kind) {
    case PageKind::kListing:
      return ItemKind::kListing;
    case PageKind::kVendor:
      return ItemKind::kVendor;
    case PageKind::kThread:
      return ItemKind::kThread;
    case PageKind::kFeedback:  // a tab of the vendor's page, or of the listing's
      if (Find(facts.fields, "item_id") != nullptr) return ItemKind::kListing;
      return Find(facts.fields, "vendor") != nullptr ? ItemKind::kVendor : ItemKind::kPage;
    default:
      return ItemKind::kPage;
  }
}

std::string LocalName(ItemKind kind, const std::vector<Field>& fields, const std::string& address) {
  if (kind == ItemKind::kVendor) {
    if (const Field* name = Find(fields, "vendor")) return "name:" + AccountName(name->value);
  } else if (kind == ItemKind::kListing || kind == ItemKind::kThread) {
    for (const std::string_view number : kOwnNumbers)
      if (const Field* found = Find(fields, number)) return "id:" + found->value;
  }
  return "at:" + address;
}

std::string Shortened(const std::string& value) {
  if (value.size() <= kLongestValue) return value;
  return std::string(Utf8Prefix(value, kLongestValue)) + "... sha256:" + Sha256(value).Hex();
}

void AddValues(const std::vector<Field>& fields, std::vector<Value>& values) {
  for (const Field& field : fields) {
    if (values.size() == kMostValues) return;
    if (RoleOf(field.name) != Role::kPassing)
      values.push_back({field.name, Shortened(field.value), field.unit});
  }
}

// A key block's armour may be wrapped anew; its fingerprint is what it is.
void AddKeys(const Facts& facts, std::vector<Value>& values) {
  std::set<std::string> fingerprints;
  for (const wire::Entity& entity : facts.entities)
    if (entity.kind == "pgp_key" && !entity.hidden) fingerprints.insert(entity.value);
  if (fingerprints.empty()) return;
  std::erase_if(values, [](const Value& value) { return value.name == "pgp"; });
  for (const std::string& fingerprint : fingerprints)
    if (values.size() < kMostValues) values.push_back({"pgp_key", fingerprint, {}});
}

// Without menus, side bars and footers, whose counters change by themselves.
std::string MainText(const Facts& facts) {
  std::string text;
  std::size_t from = 0;
  for (const wire::Span& furniture : facts.furniture) {
    if (furniture.begin > from && furniture.begin <= facts.text.size())
      text.append(facts.text, from, furniture.begin - from);
    from = std::max<std::size_t>(from, furniture.end);
  }
  if (from < facts.text.size()) text.append(facts.text, from);
  return text;
}

Sighting OwnItem(const ItemKey& page, const std::string& address, const Facts& facts) {
  Sighting own{page, facts.title, {}};
  own.key.kind = KindOf(facts);
  own.key.local = LocalName(own.key.kind, facts.fields, address);
  if (own.key.kind == ItemKind::kPage) {
    own.values = {{"title", Shortened(facts.title), {}},
                  {"text", "sha256:" + Sha256(MainText(facts)).Hex(), {}}};
    return own;
  }
  AddValues(facts.fields, own.values);
  if (own.key.kind == ItemKind::kVendor) AddKeys(facts, own.values);
  const Field* name = Find(facts.fields, own.key.kind == ItemKind::kVendor ? "vendor" : "title");
  if (name != nullptr) own.title = name->value;
  return own;
}

// A post without a number of its own is known by who wrote it when; the second of the same minute by its
// rank.
std::string LocalNameOfPost(const wire::Item& row, const std::string& thread,
                            std::map<std::string, int>& seen) {
  if (const Field* number = Find(row.fields, "post_id")) return "id:" + number->value;
  const Field* author = Find(row.fields, "author");
  const Field* posted = Find(row.fields, "posted_at");
  if (author == nullptr || posted == nullptr) return {};
  std::string name = "of:" + thread + " " + AccountName(author->value) + " " + posted->value;
  const int rank = seen[name]++;
  return rank == 0 ? name : name + " " + std::to_string(rank + 1);
}

void AddPosts(const Facts& facts, const Sighting& thread, std::vector<Sighting>& sightings) {
  std::map<std::string, int> seen;
  std::set<std::string> told;
  for (const wire::Item& row : facts.items) {
    if (row.kind != "post") continue;
    Sighting post{thread.key, {}, {}};
    post.key.kind = ItemKind::kPost;
    post.key.local = LocalNameOfPost(row, thread.key.local, seen);
    if (post.key.local.empty() || !told.insert(post.key.local).second) continue;
    AddValues(row.fields, post.values);
    post.values.push_back({"thread", thread.key.local, {}});
    const Field* text = Find(row.fields, "text");
    post.title = text == nullptr ? thread.title : std::string(Utf8Prefix(text->value, kTitleOfPost));
    sightings.push_back(std::move(post));
  }
}

}  // namespace

PageSights ReadSights(const std::string& case_id, const std::string& site, const std::string& url,
                      const Facts& facts) {
  if (facts.verdict != wire::Verdict::kOk) return {};
  PageSights sights{.address = AddressOf(url)};
  if (facts.page_class == wire::PageClass::kNotFound) {
    sights.absent = true;
    return sights;
  }
  if (facts.page_class != wire::PageClass::kContent) return {};
  sights.sightings.push_back(OwnItem({case_id, site, ItemKind::kPage, {}}, sights.address, facts));
  if (sights.sightings.front().key.kind == ItemKind::kThread) {
    const Sighting thread = sights.sightings.front();
    AddPosts(facts, thread, sights.sightings);
  }
  return sights;
}

bool Lacks(const PageSights& sights, const ItemKey& item) {
  if (sights.absent) return true;
  if (sights.sightings.empty()) return false;
  const ItemKey& own = sights.sightings.front().key;
  if (item.kind == ItemKind::kPost)
    return own.kind == ItemKind::kThread && sights.sightings.size() > 1;  // some posts were found
  return own.kind == item.kind && own.local != item.local && !own.local.starts_with("at:");
}

}  // namespace nightjar::items
