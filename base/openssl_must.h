// SPDX-License-Identifier: Apache-2.0
// Calls into OpenSSL that fail for want of memory only, given what Nightjar gives them. For the files of this
// folder that use OpenSSL.
#pragma once

#include <new>

namespace nightjar {

// Throws std::bad_alloc where `done` does not hold, so that nothing is stored in the clear, unsigned or with
// a wrong digest, and the role ends as it does for any other want of memory.
inline void Must(bool done) {
  if (!done) throw std::bad_alloc();
}

}  // namespace nightjar
