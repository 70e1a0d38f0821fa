// SPDX-License-Identifier: Apache-2.0
#include "base/build_info.h"

#include "build_revision.h"  // made by CMake

namespace nightjar {

std::string_view BuildId() { return "nightjar/0.1.0 (" NIGHTJAR_REVISION ")"; }

}  // namespace nightjar
