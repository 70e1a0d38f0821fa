// SPDX-License-Identifier: Apache-2.0
// A forum's pages: the posts of a thread and the threads of a board, as rows of the same shape.
#pragma once

#include <vector>

#include "sandbox/extract/rows.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Items of kind "post": author (a profile's link), posted_at, text, number. At least one, with a date each.
[[nodiscard]] std::vector<wire::Item> ReadPosts(const Surroundings& at, const std::vector<RowGroup>& groups);

// Items of kind "thread": title, link, author, replies, last_post. Rows without money.
[[nodiscard]] std::vector<wire::Item> ReadThreads(const Surroundings& at,
                                                  const std::vector<RowGroup>& groups);

}  // namespace nightjar::extract
