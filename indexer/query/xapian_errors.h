// SPDX-License-Identifier: Apache-2.0
// Where Xapian's exceptions stop. Only files of indexer/ and indexer/query/ include this.
#pragma once

#include <xapian.h>

#include <string>
#include <type_traits>
#include <utility>

#include "base/result.h"

namespace nightjar::query {

// The Nightjar error for a Xapian one. A full disk arrives as DatabaseError with the system's sentence in it
// (measured, reference/hostile.md 4.1) and becomes kFull.
[[nodiscard]] Error FromXapian(const Xapian::Error& error, const std::string& where);

// Runs `work`, which returns a Result or Status, and turns a Xapian exception into an error of it.
template <typename Work>
[[nodiscard]] std::invoke_result_t<Work> Guarded(const std::string& where, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const Xapian::Error& error) {
    return tl::unexpected<Error>(FromXapian(error, where));
  }
}

}  // namespace nightjar::query
