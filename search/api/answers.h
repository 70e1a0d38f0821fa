// SPDX-License-Identifier: Apache-2.0
// Answers as JSON: what /api/v1 sends and what `nightjar search --json` prints. Pure functions.
// Names are snake_case; times RFC 3339 in UTC; absent values are left out.
#pragma once

#include "base/json.h"
#include "indexer/query/query.h"
#include "search/api/capture_view.h"
#include "search/api/health.h"

namespace nightjar::api {

[[nodiscard]] json::value ToJson(const query::Request& request, const query::Answer& answer);
[[nodiscard]] json::value ToJson(const query::Hit& hit);
[[nodiscard]] json::value ToJson(const CaptureView& view);
[[nodiscard]] json::value ToJson(const Health& health);
[[nodiscard]] json::value ToJson(const Error& error);  // {"code", "text", "where"}

}  // namespace nightjar::api
