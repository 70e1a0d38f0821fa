// SPDX-License-Identifier: Apache-2.0
// report.html: one file, no script, nothing from elsewhere.
#pragma once

#include "search/report/content.h"

namespace nightjar::report {

[[nodiscard]] Bytes Page(const Content& content);

}  // namespace nightjar::report
