// SPDX-License-Identifier: Apache-2.0
// From what captures show to items: keeps the item store in step with the index, and tells each observation
// what it is an observation of (its site, its item, what changed with it), which its document is asked by.
//
// The store is durable before the documents. After a kill it may know captures that the index does not: what
// changed with them is read back from its log, so that the same archive gives the same documents.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "config/site_profile.h"
#include "indexer/items/item_store.h"
#include "indexer/read_ahead.h"

namespace nightjar::indexer {

// Which hosts are one site: those that a site profile lists. By onion address, without sub-domain.
class SiteNames final {
 public:
  SiteNames() = default;
  explicit SiteNames(const std::vector<config::SiteProfile>& profiles);

  // The profile's name; empty for a host that no profile lists: it is a site of its own. That a page can be
  // read by a profile makes its host no mirror: copies that lie are made to be read like their model.
  [[nodiscard]] std::string NameOf(const std::string& host) const;

 private:
  std::map<std::string, std::string> names_;  // by host
};

// One thread. What it is given is lent and outlives it.
class ItemKeeper final {
 public:
  ItemKeeper(items::ItemStore& store, const SiteNames& sites) : store_(store), sites_(sites) {}

  // Captures below were taken.
  [[nodiscard]] Result<std::uint64_t> Cursor() const { return store_.Cursor(); }

  // Readings in the order of captures. Durable when it returns; those below Cursor() change nothing.
  [[nodiscard]] Status Take(std::span<Reading> readings);

 private:
  [[nodiscard]] Status Tell(Observation& observation, const items::PageSights& sights) const;

  items::ItemStore& store_;
  const SiteNames& sites_;
};

}  // namespace nightjar::indexer
