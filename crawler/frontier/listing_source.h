// SPDX-License-Identifier: Apache-2.0
// One snapshot of a frontier's tables, for the lists of listing.h. For the files of this folder only.
#pragma once

#include <map>

#include "crawler/frontier/listing.h"

namespace nightjar::frontier {

struct LaneRange {  // [first, end)
  LaneNumber first = 0;
  LaneNumber end = 0;
};

struct ListingSource {
  [[nodiscard]] static Result<ListingSource> Open(const std::string& folder, const Clock& clock);
  ListingSource(store::ReadTxn snapshot, UtcTime epoch) : txn(std::move(snapshot)), epoch_(epoch) {}

  struct Lane {
    LaneNumber number = 0;
    LaneRow row;
    const JobCounts* job = nullptr;
    std::string host;
  };
  [[nodiscard]] Result<Lane> LaneAt(ByteView key, ByteView value) const;
  // Where to look for the lanes that fit.
  [[nodiscard]] Result<LaneRange> LanesOf(const ListFilter& filter) const;
  [[nodiscard]] static bool Fits(const ListFilter& filter, const Lane& lane);
  [[nodiscard]] UtcTime UtcOf(Moment moment) const { return epoch_ + moment.time_since_epoch(); }

  store::ReadTxn txn;
  std::map<JobNumber, JobCounts> jobs;

 private:
  UtcTime epoch_;  // of the timeline, as this machine's clock has it now
};

// The key that a page ended at. kInvalidInput: `after` is no page's `next`.
[[nodiscard]] Result<Bytes> ReadPlace(const std::string& after, std::size_t size);

}  // namespace nightjar::frontier
