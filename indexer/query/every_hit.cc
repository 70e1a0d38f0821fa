// SPDX-License-Identifier: Apache-2.0
#include "indexer/query/every_hit.h"

#include <algorithm>

namespace nightjar::query {
namespace {

constexpr std::uint32_t kAtOnce = 1000;

}  // namespace

Status EveryHit(const Searcher& searcher, Request request, const std::function<Status(const Hit&)>& take) {
  ASSIGN_OR_RETURN(const std::uint64_t cursor, searcher.Cursor());
  const std::uint64_t end = std::min(cursor, request.first_capture_to);
  request.order = Order::kByCapture;
  request.offset = 0;
  request.limit = std::clamp(request.limit, 1U, kAtOnce);
  std::uint64_t window = request.limit;
  std::uint64_t at = request.first_capture_from;
  while (at < end) {
    request.first_capture_from = at;
    request.first_capture_to = std::min(end, at + std::min(window, end - at));
    ASSIGN_OR_RETURN(const Answer answer, searcher.Search(request));
    if (answer.total > answer.hits.size() &&
        window > 1) {  // a window of one capture holds one version at most
      window = std::max<std::uint64_t>(1, window / 2);
      continue;
    }
    for (const Hit& hit : answer.hits) RETURN_IF_ERROR(take(hit));
    at = request.first_capture_to;
    if (answer.hits.size() < request.limit / 2) window *= 2;
  }
  return {};
}

}  // namespace nightjar::query
