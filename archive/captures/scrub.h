// SPDX-License-Identifier: Apache-2.0
// Reads everything the archive holds and checks it: every capture with all its digests, its seal, its
// commitment and its fetcher's signature; every node of the tree against the leaves; every checkpoint against
// the tree and the log's key; checkpoints.log against them, line by line. Before that, the structure of all
// pages of the database (archive/store/page_check.h): where that is damaged nothing more is read, for LMDB
// would crash on it, and the report names the pages. Changes nothing. LMDB has no
// checksums and a disk may rot for years unread: run it monthly.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "archive/captures/archive.h"

namespace nightjar::captures {

struct ScrubReport {
  struct Problem {
    std::string where;  // "capture 17", "checkpoint of 400 leaves", ...
    std::string text;
  };
  static constexpr std::size_t kMostProblems = 1000;

  std::uint64_t captures = 0;  // read, rejections among them
  std::uint64_t rejected = 0;
  std::uint64_t erased = 0;      // and the log says so
  std::uint64_t log_leaves = 0;  // that are no captures: rotations of the key, erasures
  std::uint64_t bytes = 0;       // of requests and responses
  std::uint64_t nodes = 0;
  std::uint64_t checkpoints = 0;
  std::uint64_t problems_found = 0;
  std::vector<Problem> problems;  // the first of them
};

// Of all captures there were when it began; others may be added meanwhile. `progress` is told after each
// capture how many of how many are read, and ends the scrub by returning false. An error is one that kept it
// from reading on; damage is in the report.
[[nodiscard]] Result<ScrubReport> Scrub(const ArchivePaths& paths,
                                        const std::function<bool(std::uint64_t, std::uint64_t)>& progress);

}  // namespace nightjar::captures
