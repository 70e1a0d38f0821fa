// SPDX-License-Identifier: Apache-2.0
// One capture as the indexer sees it: what was fetched, and what the jail read out of it.
#pragma once

#include <functional>

#include "archive/captures/record.h"
#include "base/ids.h"
#include "sandbox/wire/document.h"
#include "sandbox/wire/facts.h"

namespace nightjar::indexer {

struct Observation {
  CaptureNumber number;
  captures::Record record;
  wire::Facts facts;
  std::vector<wire::Span> repeated{};  // ranges of facts.text that the site repeats on most of its pages
};

// Reads a document in the jail. Blocking, called by several threads at once; what a hostile page does is a
// verdict inside the facts, an error means that the jail itself cannot be had.
using ReadInJail = std::function<Result<wire::Facts>(const wire::Document&)>;

}  // namespace nightjar::indexer
