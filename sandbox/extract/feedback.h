// SPDX-License-Identifier: Apache-2.0
// What buyers say: rows of the same shape that have two of a date or an age, a score,
// and a masked name.
#pragma once

#include <vector>

#include "sandbox/extract/rows.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

struct FeedbackFound {
  std::vector<wire::Item> items;  // of kind "feedback", in page order: date or age, score, text, author,
                                  // amount, link and item_title
  bool headed = false;            // a table with feedback's columns stands on the page, even an empty one
};

[[nodiscard]] FeedbackFound ReadFeedback(const Surroundings& at, const std::vector<RowGroup>& groups);

// "D...e", "T . . . p", "b***9": a name with its middle taken out, as printed.
[[nodiscard]] bool IsMaskedName(std::string_view text);

}  // namespace nightjar::extract
