// SPDX-License-Identifier: Apache-2.0
// The first wall, in front of libcurl: only http(s) URLs on v3 onion hosts whose checksum holds, without
// credentials, written the one normalised way. The role checked all this before; the fetcher believes nobody.
#pragma once

#include "base/result.h"
#include "base/url.h"

namespace nightjar::fetcher {

[[nodiscard]] Result<Url> PassGate(const std::string& untrusted_url);

}  // namespace nightjar::fetcher
