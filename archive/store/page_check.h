// SPDX-License-Identifier: Apache-2.0
// Whether the pages of an LMDB 0.9 file fit together, before LMDB trusts them: it has no checksums, and on a
// page whose header or offsets are damaged it aborts, reads outside of the page or runs in a circle. Reads
// every page that the newest snapshot uses once, and nothing through LMDB but the snapshot itself.
//
// While it reads, the snapshot's pages are not used anew, so a store that is being written grows meanwhile.
// Memory: a bit for each page of the file.
//
// Source of the layout: mdb.c of LMDB 0.9.24 (MDB_page, MDB_node, MDB_db, MDB_meta), for 64-bit little-endian
// machines and files in their own page size.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "archive/store/store.h"

namespace nightjar::store {

struct PageDamage {
  std::string where;  // "page 17 of table bodies"
  std::string text;
};

struct PageReport {
  std::uint64_t pages = 0;          // in use
  std::vector<PageDamage> damages;  // the first kMostDamages
  static constexpr std::size_t kMostDamages = 100;
};

// Of the store in `folder`, which another process may be writing; opens no table of it. `seen` is told each
// page in use. An error is one that kept it from reading on (kNotFound, kIo, kCorrupt where not even the
// snapshot can be found); damage is in the report.
[[nodiscard]] Result<PageReport> CheckPages(const Options& options,
                                            const std::function<void(std::uint64_t page)>& seen = {});

}  // namespace nightjar::store
