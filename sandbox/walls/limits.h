// SPDX-License-Identifier: Apache-2.0
// Wall: resource limits (setrlimit(2)), hard and soft alike: no core file with page content in it, no new
// process, no file growth, bounded memory, processor time and descriptors.
#pragma once

#include "base/result.h"
#include "sandbox/walls/jail.h"

namespace nightjar::walls {

[[nodiscard]] Status LimitParser(const ParserLimits& limits);

// Bounds memory, processes, core files and descriptors; not file size, for its standard error may be a log
// file, and not time, for it lives as long as the crawl.
[[nodiscard]] Status LimitFetcher();

}  // namespace nightjar::walls
