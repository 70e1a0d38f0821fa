// SPDX-License-Identifier: Apache-2.0
// What sort of page this is, by the shape of its matter: one offer, many offers, a profile, a thread.
#pragma once

#include "base/url.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// What was found in rows.
struct Counted {
  std::size_t offers = 0, posts = 0, threads = 0;
  bool feedback = false;  // some, or a table for it
};

[[nodiscard]] wire::PageKind DecideKind(const Surroundings& at, const Url& own, const Counted& counted);

}  // namespace nightjar::extract
