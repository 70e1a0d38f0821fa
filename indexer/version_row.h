// SPDX-License-Identifier: Apache-2.0
// What a page version puts into the index's columns: all that facets, sorts and ranges read.
#pragma once

#include <functional>
#include <vector>

#include "indexer/columns/writer.h"
#include "indexer/observation.h"

namespace nightjar::indexer {

// The row of a version seen for the first time. Times and captures: Observe().
[[nodiscard]] Status WriteRow(const Observation& observation, columns::DocumentNumber document,
                              columns::Writer& columns);

// Widens the span of observation by one more capture, in any order. False for one that is known.
[[nodiscard]] Result<bool> Observe(CaptureNumber number, UtcTime when, columns::DocumentNumber document,
                                   columns::Writer& columns);

// After an erasure: the row as these captures alone would have made it.
[[nodiscard]] Status ObserveOnly(const std::vector<CaptureNumber>& captures,
                                 const std::function<Result<UtcTime>(CaptureNumber)>& ended,
                                 columns::DocumentNumber document, columns::Writer& columns);

// As columns hold times: Unix seconds, at least 1.
[[nodiscard]] std::uint32_t ColumnTime(UtcTime time);

}  // namespace nightjar::indexer
