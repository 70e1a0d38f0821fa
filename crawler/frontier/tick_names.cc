// SPDX-License-Identifier: Apache-2.0
// The packed rows of a tick: read when first needed, changed in memory, written once.
#include "base/codec.h"
#include "crawler/frontier/packed.h"
#include "crawler/frontier/tick_work.h"

namespace nightjar::frontier {
namespace {

constexpr std::size_t kMostPacked = 50'000;  // values that a tick keeps at hand, about 1 KB each

std::uint64_t CacheKey(LaneNumber lane, std::uint32_t number) { return std::uint64_t{lane} << 32 | number; }

std::uint32_t BucketOf(NameHash hash, std::uint8_t bits) {
  return bits == 0 ? 0 : static_cast<std::uint32_t>(hash >> (64 - bits));
}

}  // namespace

Result<Tick::Work::Packed*> Tick::Work::PackedAt(PackedCache& cache, store::Table table, LaneNumber lane,
                                                 std::uint32_t number) {
  const auto [place, is_new] = cache.try_emplace(CacheKey(lane, number));
  if (!is_new) return &place->second;
  ASSIGN_OR_RETURN(const auto stored, txn.Get(table, Key().U32(lane).U32(number)));
  if (stored) place->second.bytes = *stored;
  return &place->second;
}

Status Tick::Work::FlushPacked(PackedCache& cache, store::Table table) {
  for (const auto& [place, packed] : cache) {
    const Key key = Key().U64(place);
    if (packed.changed) RETURN_IF_ERROR(txn.Put(table, key, packed.bytes));
  }
  cache.clear();
  return {};
}

Result<Tick::Work::Packed*> Tick::Work::BucketAt(LaneNumber lane, std::uint32_t number) {
  ASSIGN_OR_RETURN(Packed * bucket, PackedAt(buckets, kKnown, lane, number));
  RETURN_IF_ERROR(CheckBucket(bucket->bytes));
  return bucket;
}

Result<std::optional<KnownRow>> Tick::Work::KnownAt(LaneNumber number, NameHash hash) {
  if (buckets.size() > kMostPacked) RETURN_IF_ERROR(FlushPacked(buckets, kKnown));
  ASSIGN_OR_RETURN(const Touched* lane, Lane(number));
  ASSIGN_OR_RETURN(const Packed* bucket, BucketAt(number, BucketOf(hash, lane->state.name_bits)));
  return FindName(bucket->bytes, hash);
}

Status Tick::Work::PutKnown(LaneNumber number, NameHash hash, const KnownRow& row) {
  ASSIGN_OR_RETURN(Touched * lane, Lane(number));
  ASSIGN_OR_RETURN(Packed * bucket, BucketAt(number, BucketOf(hash, lane->state.name_bits)));
  const std::size_t before = bucket->bytes.size();
  PutName(bucket->bytes, hash, row);
  bucket->changed = true;
  if (bucket->bytes.size() == before) return {};
  lane->changed = true;
  ++lane->state.names;
  return lane->state.names > std::uint64_t{kNamesPerBucket} << lane->state.name_bits ? SplitNames(number)
                                                                                     : Status();
}

// Twice as many buckets. From the last one down, for the halves of bucket b are buckets 2b and 2b + 1.
Status Tick::Work::SplitNames(LaneNumber number) {
  ASSIGN_OR_RETURN(Touched * lane, Lane(number));
  const std::uint8_t bits = lane->state.name_bits++;
  for (std::uint32_t b = 1U << bits; b-- > 0;) {
    ASSIGN_OR_RETURN(const Packed* whole, BucketAt(number, b));
    auto [low, high] = SplitBucket(whole->bytes, 63U - bits);
    buckets[CacheKey(number, 2 * b)] = {std::move(low), true};
    buckets[CacheKey(number, 2 * b + 1)] = {std::move(high), true};
  }
  return {};
}

Result<UrlRow> Tick::Work::RowAt(const UrlPlace& place) {
  const Seq block = BlockOf(place.seq);
  if (const auto cached = blocks.find(CacheKey(place.lane, block)); cached != blocks.end())
    return RowOfBlock(cached->second.bytes, IndexOf(place.seq));
  ASSIGN_OR_RETURN(const auto stored, txn.Get(kUrls, PlaceKey({place.lane, block})));
  if (!stored) return Fail(Code::kCorrupt, "a URL's row is missing", state.options.folder);
  return RowOfBlock(*stored, IndexOf(place.seq));
}

Status Tick::Work::PutUrl(const UrlPlace& place, const UrlRow& row) {
  if (blocks.size() > kMostPacked) RETURN_IF_ERROR(FlushPacked(blocks, kUrls));
  ASSIGN_OR_RETURN(Packed * block, PackedAt(blocks, kUrls, place.lane, BlockOf(place.seq)));
  block->changed = true;
  return PutRow(block->bytes, IndexOf(place.seq), row);
}

}  // namespace nightjar::frontier
