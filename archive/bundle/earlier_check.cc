// SPDX-License-Identifier: Apache-2.0
#include "archive/bundle/earlier_check.h"

#include <fmt/format.h>

#include "archive/bundle/layout.h"

namespace nightjar::bundle {

Result<std::string> CheckEarlier(const evidence::Checkpoint& kept, const evidence::Checkpoint& here,
                                 const std::optional<evidence::Checkpoint>& proved) {
  const auto broken = [](std::string_view member, const char* what) {
    return Fail(Code::kCorrupt, what, std::string(member));
  };
  if (kept.size > here.size) return broken(kCheckpoint, "is of a smaller log than the earlier bundle's");
  if (kept.size == here.size) {
    if (kept.root != here.root)
      return broken(kCheckpoint,
                    "is of another log than the earlier bundle's, of the same size: one was rewritten");
    return fmt::format("the earlier bundle has the same log ({} leaves)", kept.size);
  }
  const std::string member = ConsistencyName(kept.size);
  if (!proved || proved->size != kept.size)
    return broken(
        member, "is missing: nothing here shows that the earlier bundle's log is the beginning of this one");
  if (proved->root != kept.root)
    return broken(member, "is about another log than the earlier bundle's: the log was rewritten in between");
  return fmt::format("the log of the earlier bundle ({} leaves) is the beginning of this one", kept.size);
}

}  // namespace nightjar::bundle
