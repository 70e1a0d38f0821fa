// SPDX-License-Identifier: Apache-2.0
// What a person or a clock needs to get past a wall: the pictures it asks about, and when it wants to be
// asked again.
#pragma once

#include <vector>

#include "base/url.h"
#include "sandbox/parse/page.h"
#include "sandbox/wire/facts.h"

namespace nightjar::extract {

// Pictures inside forms and those that call themselves a captcha, in order, at most wire::kMaxPictures. A
// data: URL counts where it is base64 (RFC 2397).
[[nodiscard]] std::vector<wire::Picture> ReadWallPictures(const parse::Tree& tree, const Url& base);

// Of the Refresh field or the first meta refresh; wire::kNoRefresh without either.
[[nodiscard]] std::uint32_t ReadRefreshSeconds(const parse::Page& page);

}  // namespace nightjar::extract
