// SPDX-License-Identifier: Apache-2.0
#include "crawler/jobs/blocked.h"

#include "base/digest.h"
#include "base/url.h"

namespace nightjar::jobs {

Status RefuseBlocked(const Job& job, const blocklist::Blocklist& list) {
  std::vector<std::string> hosts = job.hosts;
  for (const auto& seed : job.seeds) {
    ASSIGN_OR_RETURN(const Url url, Url::Parse(seed));
    hosts.push_back(url.host());
  }
  for (const auto& host : hosts) {
    if (!list.Blocks(host)) continue;
    return Fail(Code::kRefused, "the job names a host that is on the blocklist; nothing of it may be crawled",
                "host with SHA-256 " + Sha256(host).Hex());
  }
  return {};
}

}  // namespace nightjar::jobs
