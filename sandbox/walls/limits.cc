// SPDX-License-Identifier: Apache-2.0
#include "sandbox/walls/limits.h"

#include <sys/resource.h>

#include <initializer_list>

namespace nightjar::walls {
namespace {

struct Limit {
  __rlimit_resource_t resource;
  rlim_t most;
  const char* name;
};

Status Apply(std::initializer_list<Limit> limits) {
  for (const Limit& limit : limits) {
    rlimit now{};
    ::getrlimit(limit.resource, &now);
    const rlim_t most = std::min(limit.most, now.rlim_max);  // an outer limit that is stricter stays
    const rlimit wanted{most, most};
    if (::setrlimit(limit.resource, &wanted) != 0)
      return FailErrno("cannot limit the jailed process", limit.name);
  }
  return {};
}

}  // namespace

Status LimitParser(const ParserLimits& limits) {
  // Eleven descriptors: the two pipes, and room for what the remaining walls open and close again.
  return Apply({{RLIMIT_AS, limits.memory_bytes, "memory"},
                {RLIMIT_CPU, limits.cpu_seconds, "processor time"},
                {RLIMIT_NOFILE, 11, "descriptors"},
                {RLIMIT_NPROC, 0, "processes"},
                {RLIMIT_FSIZE, 0, "file size"},
                {RLIMIT_CORE, 0, "core file"}});
}

Status LimitFetcher() {
  return Apply({{RLIMIT_AS, 1ULL << 30, "memory"},
                {RLIMIT_NOFILE, 1024, "descriptors"},
                {RLIMIT_NPROC, 0, "processes"},
                {RLIMIT_CORE, 0, "core file"}});
}

}  // namespace nightjar::walls
