// SPDX-License-Identifier: Apache-2.0
#include "sandbox/extract/content.h"

#include "sandbox/extract/bulk_prices.h"
#include "sandbox/extract/feedback.h"
#include "sandbox/extract/forum.h"
#include "sandbox/extract/listing.h"
#include "sandbox/extract/machine.h"
#include "sandbox/extract/offers.h"
#include "sandbox/extract/page_kind.h"
#include "sandbox/extract/pagination.h"
#include "sandbox/extract/profile.h"
#include "sandbox/extract/rows.h"
#include "sandbox/extract/shipping.h"

namespace nightjar::extract {
namespace {

using wire::PageKind;

void Append(std::vector<wire::Item> items, wire::Facts& facts) {
  std::move(items.begin(), items.end(), std::back_inserter(facts.items));
}

void ReadSubject(const Surroundings& at, PageKind kind, FieldList& fields) {
  if (kind == PageKind::kListing) ReadListing(at, fields);
  if (kind == PageKind::kVendor || kind == PageKind::kFeedback) ReadProfile(at, fields);
  if (kind == PageKind::kThread) ReadThreadPage(at, fields);
  if (kind != PageKind::kListing) ReadPagination(at, fields);
}

// An offer that is sold by quantities only costs what the first of them costs.
void PriceOfLeast(const std::vector<wire::Item>& steps, FieldList& fields) {
  if (steps.empty() || fields.Has("price")) return;
  for (wire::Field field : steps.front().fields) {
    if (field.name != "price") continue;
    field.confidence = 50;
    fields.Add(std::move(field));
  }
}

}  // namespace

void ReadContent(const Surroundings& at, const Url& own, wire::Facts& facts) {
  const std::vector<RowGroup> groups = FindRows(*at.page.tree, at.layout);
  std::vector<wire::Item> offers = ReadOffers(at, groups);
  FeedbackFound feedback = ReadFeedback(at, groups);
  std::vector<wire::Item> posts = offers.empty() ? ReadPosts(at, groups) : std::vector<wire::Item>{};
  std::vector<wire::Item> threads =
      offers.empty() && posts.empty() ? ReadThreads(at, groups) : std::vector<wire::Item>{};
  facts.page_kind = DecideKind(at, own,
                               {.offers = offers.size(),
                                .posts = posts.size(),
                                .threads = threads.size(),
                                .feedback = feedback.headed || !feedback.items.empty()});
  FieldList fields(at.page, at.layout);
  ReadSubject(at, facts.page_kind, fields);
  if (facts.page_kind == PageKind::kListing) {
    std::vector<wire::Item> steps = ReadBulkPrices(at, groups);
    PriceOfLeast(steps, fields);
    Append(std::move(steps), facts);
    Append(ReadShipping(at, groups), facts);
    AddStated(at.page, at.stated, fields);
    if (feedback.items.empty()) feedback.items = StatedFeedback(at.page, at.stated);
  }
  facts.fields = fields.Take();
  if (facts.page_kind == PageKind::kThread) Append(std::move(posts), facts);
  if (facts.page_kind == PageKind::kBoard || facts.page_kind == PageKind::kOther ||
      facts.page_kind == PageKind::kMain)
    Append(std::move(threads), facts);
  Append(std::move(offers), facts);
  Append(std::move(feedback.items), facts);
}

}  // namespace nightjar::extract
