// SPDX-License-Identifier: Apache-2.0
// The archive's writer for verbs that add to it while no crawl runs.
#pragma once

#include <memory>
#include <vector>

#include "archive/captures/archive.h"
#include "config/settings.h"

namespace nightjar::cli {

// With the log's own key, which must be the one in <data>/keys, and what witness and notary attested. A crawl
// that runs is kUnavailable, with what to do.
[[nodiscard]] Result<std::unique_ptr<captures::Writer>> OpenArchiveWriter(const config::Settings& settings,
                                                                          std::vector<VerifyKey> fetchers);

}  // namespace nightjar::cli
