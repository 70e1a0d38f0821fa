// SPDX-License-Identifier: Apache-2.0
// report.pdf: the same content on paper.
#pragma once

#include "search/report/content.h"

namespace nightjar::report {

[[nodiscard]] Result<Bytes> Print(const Content& content);

}  // namespace nightjar::report
