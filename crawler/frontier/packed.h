// SPDX-License-Identifier: Apache-2.0
// Many small rows in one value. A page's links are of one host and come at once, so what is looked up and
// written together lies together: 50 links are then a handful of B-tree operations, not 150, and touch half
// the disk pages.
//
//   bucket: the names known at a lane whose hashes begin alike, 15 bytes each, in no order
//   block:  kUrlsPerBlock URL rows that follow each other, each with its length before it
#pragma once

#include <optional>
#include <utility>

#include "crawler/frontier/rows.h"

namespace nightjar::frontier {

// Names of a lane, on average, when its buckets are split: so a bucket stays below the size at which LMDB
// moves a value to pages of its own.
inline constexpr std::uint32_t kNamesPerBucket = 64;

[[nodiscard]] Status CheckBucket(ByteView bucket);  // kCorrupt: not whole entries. The others need that.
[[nodiscard]] Result<std::optional<KnownRow>> FindName(ByteView bucket, NameHash hash);
void PutName(Bytes& bucket, NameHash hash, const KnownRow& row);  // added, or replaced
// Those whose hash has a 0, and those with a 1, in bit `bit` (63 is the first).
[[nodiscard]] std::pair<Bytes, Bytes> SplitBucket(ByteView bucket, unsigned bit);

inline constexpr Seq kUrlsPerBlock = 16;
[[nodiscard]] inline Seq BlockOf(Seq seq) { return seq / kUrlsPerBlock; }
[[nodiscard]] inline Seq IndexOf(Seq seq) { return seq % kUrlsPerBlock; }

[[nodiscard]] Result<UrlRow> RowOfBlock(ByteView block, Seq index);  // kCorrupt: it has none there
// At the end of the block, or instead of the row there.
[[nodiscard]] Status PutRow(Bytes& block, Seq index, const UrlRow& row);

}  // namespace nightjar::frontier
