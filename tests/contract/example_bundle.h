// SPDX-License-Identifier: Apache-2.0
// The bundle all suites of this folder look at, exported once.
#pragma once

#include <string>

#include "archive/bundle/bundle.h"
#include "base/bytes.h"

namespace nightjar::contract {

// Captures 0, 2, 4, 5, 6 and 7 of bundle::EveryKindOfExchange(), with every member that a bundle can have.
struct ExampleBundle {
  std::string path;
  Bytes bytes;
  bundle::ExportSummary summary;
  std::string log_vkey;
};
[[nodiscard]] const ExampleBundle& TheBundle();

}  // namespace nightjar::contract
