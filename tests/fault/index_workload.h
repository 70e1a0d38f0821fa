// SPDX-License-Identifier: Apache-2.0
// An archive whose indexing is worth interrupting, and all that an index says of it as text.
#pragma once

#include <string>

namespace nightjar {

// A WARC file: `pages` listings of one shop, captured `rounds` times; prices and stock change, some pages go.
[[nodiscard]] std::string ShopArchive(int pages, int rounds);

// Every document with its terms, places of words, data and row, and every change of an item: equal texts mean
// equal indexes. Nobody may be writing it.
[[nodiscard]] std::string Told(const std::string& index_folder);

}  // namespace nightjar
