// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/packed.h"

#include <algorithm>
#include <cstring>

#include "base/codec.h"

namespace nightjar::frontier {
namespace {

constexpr std::size_t kHashSize = sizeof(NameHash);
constexpr std::size_t kEntrySize = kHashSize + 1 + 2 + 4;  // hash, exclusion, depth, seq

NameHash HashAt(ByteView bucket, std::size_t at) {
  NameHash hash = 0;
  std::memcpy(&hash, bucket.data() + at, sizeof hash);
  return hash;
}

std::size_t Find(ByteView bucket, NameHash hash) {
  for (std::size_t at = 0; at + kEntrySize <= bucket.size(); at += kEntrySize)
    if (HashAt(bucket, at) == hash) return at;
  return bucket.size();
}

// Of the row that begins at `at`: its bytes, without the length before it.
Result<ByteView> RowFrom(ByteView block, std::size_t at) {
  std::uint32_t size = 0;
  if (at > block.size() || block.size() - at < sizeof size)
    return Fail(Code::kCorrupt, "a block of URLs in the frontier is cut short");
  std::memcpy(&size, block.data() + at, sizeof size);
  at += sizeof size;
  if (block.size() - at < size) return Fail(Code::kCorrupt, "a URL in the frontier is cut short");
  return block.substr(at, size);
}

// Where the row of this index begins, or would.
Result<std::size_t> PlaceInBlock(ByteView block, Seq index) {
  std::size_t at = 0;
  for (Seq i = 0; i < index; ++i) {
    ASSIGN_OR_RETURN(const ByteView row, RowFrom(block, at));
    at += sizeof(std::uint32_t) + row.size();
  }
  return at;
}

}  // namespace

Status CheckBucket(ByteView bucket) {
  if (bucket.size() % kEntrySize == 0) return {};
  return Fail(Code::kCorrupt, "a bucket of names in the frontier is cut short");
}

Result<std::optional<KnownRow>> FindName(ByteView bucket, NameHash hash) {
  const std::size_t at = Find(bucket, hash);
  if (at == bucket.size()) return std::nullopt;
  KnownRow row;
  std::uint16_t depth = 0;
  const auto excluded = static_cast<std::uint8_t>(bucket[at + kHashSize]);
  std::memcpy(&depth, bucket.data() + at + kHashSize + 1, sizeof depth);
  std::memcpy(&row.seq, bucket.data() + at + kHashSize + 3, sizeof row.seq);
  if (excluded >= scope::kExclusions)
    return Fail(Code::kCorrupt, "a name in the frontier is left out for no known reason");
  row.excluded = static_cast<scope::Exclusion>(excluded);
  row.depth = depth;
  return row;
}

void PutName(Bytes& bucket, NameHash hash, const KnownRow& row) {
  const std::size_t at = Find(bucket, hash);
  if (at == bucket.size()) bucket.resize(at + kEntrySize);
  const auto depth = static_cast<std::uint16_t>(std::min<std::uint32_t>(row.depth, UINT16_MAX));
  std::memcpy(bucket.data() + at, &hash, kHashSize);
  bucket[at + kHashSize] = static_cast<char>(row.excluded);
  std::memcpy(bucket.data() + at + kHashSize + 1, &depth, sizeof depth);
  std::memcpy(bucket.data() + at + kHashSize + 3, &row.seq, sizeof row.seq);
}

std::pair<Bytes, Bytes> SplitBucket(ByteView bucket, unsigned bit) {
  std::pair<Bytes, Bytes> halves;
  for (std::size_t at = 0; at + kEntrySize <= bucket.size(); at += kEntrySize) {
    const bool is_high = (HashAt(bucket, at) >> bit & 1) != 0;
    (is_high ? halves.second : halves.first).append(bucket.substr(at, kEntrySize));
  }
  return halves;
}

Result<UrlRow> RowOfBlock(ByteView block, Seq index) {
  ASSIGN_OR_RETURN(const std::size_t at, PlaceInBlock(block, index));
  ASSIGN_OR_RETURN(const ByteView row, RowFrom(block, at));
  return DecodeUrlRow(row);
}

Status PutRow(Bytes& block, Seq index, const UrlRow& row) {
  const Bytes encoded = Encode(row);
  ASSIGN_OR_RETURN(const std::size_t at, PlaceInBlock(block, index));
  std::size_t former = 0;
  if (at < block.size()) {
    ASSIGN_OR_RETURN(const ByteView there, RowFrom(block, at));
    former = sizeof(std::uint32_t) + there.size();
  }
  block.replace(at, former, Encoder().Str(encoded).Take());
  return {};
}

}  // namespace nightjar::frontier
