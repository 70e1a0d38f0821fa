// SPDX-License-Identifier: Apache-2.0
// One capture as the indexer sees it: what was fetched, and what the jail read out of it.
#pragma once

#include <functional>

#include "archive/captures/record.h"
#include "base/ids.h"
#include "indexer/rates/rate_table.h"
#include "indexer/words/category_map.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::indexer {

struct Observation {
  CaptureNumber number;
  captures::Record record;
  wire::Facts facts;
  std::vector<wire::Span> repeated{};  // ranges of facts.text that the site repeats on most of its pages

  // What the page is an observation of. Empty where nobody has said: then the page stands for itself.
  std::string site{};                  // the name under which all mirrors of the host are known
  std::string item{};                  // raw id of the item it shows (items::ItemId)
  std::vector<std::string> changes{};  // names of what changed with this capture, as `changed:` asks for them

  // What the installation adds to a page's own words. Null: nothing. The owner outlives the observation.
  const rates::RateTable* rates = nullptr;
  const words::CategoryMap* categories = nullptr;
};

// Reads a document in the jail. Blocking, called by several threads at once; what a hostile page does is a
// verdict inside the facts, an error means that the jail itself cannot be had.
using ReadInJail = std::function<Result<wire::Facts>(const wire::Document&)>;

}  // namespace nightjar::indexer
