// SPDX-License-Identifier: Apache-2.0
// A bundle that others attested: its log changed its key once and says of one
// capture that it was erased and of another that it is held, a witness cosigned the checkpoint, an
// authority stamped it. Made once, with the commands of tests/world/time_authority.py.
#pragma once

#include <string>

#include "archive/bundle/bundle.h"

namespace nightjar::contract {

struct AttestedBundle {
  std::string path;
  bundle::ExportSummary summary;
  std::string first_vkey;  // of the log, before its key was replaced
  std::string newest_vkey;
  std::string witness_vkey;
  std::string root_path;  // certificates of the authority
  std::string root;
};
[[nodiscard]] const AttestedBundle& TheAttestedBundle();

}  // namespace nightjar::contract
