// SPDX-License-Identifier: Apache-2.0
#include "crawler/frontier/timeline.h"

#include <algorithm>

namespace nightjar::frontier {

Timeline::Timeline(const Clock& clock, std::string boot_id, const std::optional<TimeMark>& last)
    : clock_(&clock),
      boot_id_(std::move(boot_id)),
      start_mono_(clock.Mono()),
      start_(clock.Utc().time_since_epoch()) {
  if (!last) return;
  const bool same_boot = last->boot_id == boot_id_ && start_mono_ >= last->mono;
  start_ = same_boot ? last->at + (start_mono_ - last->mono) : std::max(start_, last->at);
}

TimeMark Timeline::MarkNow() const {
  const MonoTime mono = clock_->Mono();
  return {start_ + (mono - start_mono_), mono, boot_id_};
}

}  // namespace nightjar::frontier
