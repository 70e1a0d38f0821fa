// SPDX-License-Identifier: Apache-2.0
// What the index role has learned of each site's repeated lines (repetition/), and how it lasts: one row of
// the index's columns for each site ("lines/" + site), written with the cursor, so that the two can
// never disagree. A kill loses neither; the same archive in the same order gives the same rows, and so the
// same documents.
//
// A site is the host, or the site profile that read the page: mirrors of one profile teach each other.
#pragma once

#include <set>

#include "indexer/columns/writer.h"
#include "indexer/observation.h"
#include "indexer/repetition/repetition.h"

namespace nightjar::indexer {

// One thread at a time.
class SiteMemory final {
 public:
  // A damaged row is logged and left out: its site is learned anew.
  [[nodiscard]] static Result<SiteMemory> Load(columns::Writer& store);
  // Writes the rows that changed since Load() or the last Save().
  [[nodiscard]] Status Save(columns::Writer& store);

  // Once for each capture, in capture order.
  void Learn(const Observation& observation);

  // Ranges of the page's text that its site repeats, as known now.
  [[nodiscard]] std::vector<wire::Span> Repeated(const Observation& observation) const;

  // An erasure took pages of this host: what was learned from them goes, and with it what all sites read by a
  // profile have taught, for their rows do not say from which host a line came.
  void ForgetHost(std::string_view host);

 private:
  repetition::Repetition lines_;
  std::set<std::string> profiles_;  // sites that are not hosts
};

// Both in order; ranges that overlap or meet at a line's end become one. At most wire::kMaxFurniture.
[[nodiscard]] std::vector<wire::Span> JoinRanges(const std::vector<wire::Span>& a,
                                                 const std::vector<wire::Span>& b);

}  // namespace nightjar::indexer
