// SPDX-License-Identifier: Apache-2.0
// What would become of a URL: for people who ask before they order, and to explain what a crawl left out.
#pragma once

#include <map>
#include <string>

#include "archive/blocklist/blocklist.h"
#include "base/url.h"
#include "crawler/jobs/host_rules.h"
#include "crawler/jobs/job.h"

namespace nightjar::crawler {

struct Verdict {
  enum class Kind {
    kInScope,   // the job fetches it when it is found
    kAllowed,   // no job was named, and nothing speaks against it
    kOutside,   // not among the job's hosts
    kExcluded,  // by the job's own rules
    kBlocked,   // by a person's rule for the host
    kRefused,   // by what no job may do
  };
  Kind kind = Kind::kRefused;
  std::string reason;     // one sentence
  std::string name;       // what is asked for and kept, by the job's rules; empty without a job
  std::string onion;      // "<56>.onion", or empty
  std::string onion_key;  // the service's Ed25519 key in hex: what the address is made of
};
[[nodiscard]] std::string_view VerdictName(Verdict::Kind kind);  // "in-scope", "refused", ...

// `job` may be null. Depth and quotas depend on the crawl and are not judged. The blocklist, where one is
// given, has the last word.
[[nodiscard]] Verdict JudgeUrl(const Url& url, const jobs::Job* job,
                               const std::map<std::string, jobs::HostRule>& rules,
                               const blocklist::Blocklist* blocked = nullptr);

}  // namespace nightjar::crawler
