// SPDX-License-Identifier: Apache-2.0
// A forum's pages: the posts of a thread and the threads of a board, as rows of the same shape.
#pragma once

#include <vector>

#include "sandbox/extract/field_list.h"
#include "sandbox/extract/rows.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Items of kind "post": author (a profile's link), posted_at, edited_at, number, and text apart from
// quotations (post_text.h). At least one, with a date each.
[[nodiscard]] std::vector<wire::Item> ReadPosts(const Surroundings& at, const std::vector<RowGroup>& groups);

// Items of kind "thread": title, link, author, replies, views, last_post. Rows without money.
[[nodiscard]] std::vector<wire::Item> ReadThreads(const Surroundings& at,
                                                  const std::vector<RowGroup>& groups);

// Fields of a page that shows one thread: title and board ("Workshop > Kilns").
void ReadThreadPage(const Surroundings& at, FieldList& fields);

}  // namespace nightjar::extract
