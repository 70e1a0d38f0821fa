// SPDX-License-Identifier: Apache-2.0
// What sort of page this is, by the shape of its matter: one offer, many offers, a profile, a thread.
#pragma once

#include "base/url.h"
#include "sandbox/extract/surroundings.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

[[nodiscard]] wire::PageKind DecideKind(const Surroundings& at, const Url& own);

}  // namespace nightjar::extract
