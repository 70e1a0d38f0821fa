// SPDX-License-Identifier: Apache-2.0
// What a search request asks for, from a query string, a form or JSON: names q, offset, limit.
#pragma once

#include <string_view>

#include "base/result.h"
#include "indexer/query/query.h"
#include "search/http/message.h"

namespace nightjar::http {

// kInvalidInput: unknown names, numbers out of bounds, a body of another type. Without q the text is empty.
[[nodiscard]] Result<query::Request> ReadAsked(const Request& request, std::string_view url_query,
                                               std::uint32_t default_limit);

}  // namespace nightjar::http
