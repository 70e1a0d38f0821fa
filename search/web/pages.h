// SPDX-License-Identifier: Apache-2.0
// The pages people see: pure functions from what is known to HTML, through the templates beside this file.
// Everything from a captured page is escaped by the template library and passes MakeVisible() first; no page
// needs script, and none names another host.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/query/query.h"
#include "search/api/capture_view.h"
#include "search/api/health.h"

namespace nightjar::web {

inline constexpr std::uint32_t kPageSize = 20;

[[nodiscard]] std::string HomePage(const api::Health& health, const std::vector<query::Hit>& latest);
[[nodiscard]] std::string ResultsPage(const query::Request& request, const query::Answer& answer);

// The results page of a query that cannot be answered: a mistake in it is pointed at.
[[nodiscard]] std::string ResultsPage(const query::Request& request, const Error& error);
[[nodiscard]] std::string CapturePage(const api::CaptureView& view);
[[nodiscard]] std::string ErrorPage(std::string_view heading, const Error& error);

[[nodiscard]] std::string_view StyleSheet();

// Changes when the style sheet does: part of its address, so that it may be cached for long.
[[nodiscard]] const std::string& StyleVersion();

}  // namespace nightjar::web
