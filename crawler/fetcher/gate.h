// SPDX-License-Identifier: Apache-2.0
// The first wall, in front of libcurl: only http(s) URLs on hosts of the fetcher's own route class (v3 onions
// whose checksum holds; I2P names, http only; named hosts of the clear net), without credentials, written the
// one normalised way. The role checked all this before; the fetcher believes nobody.
#pragma once

#include "base/result.h"
#include "base/site_host.h"
#include "base/url.h"

namespace nightjar::fetcher {

[[nodiscard]] Result<Url> PassGate(const std::string& untrusted_url, RouteClass route);

}  // namespace nightjar::fetcher
